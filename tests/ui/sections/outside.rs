// With sections every table stands in one; the mistake is told once.

use store_core::{PlanStore, UsageStore};

#[derive(PlanStore, UsageStore)]
#[store(plan(table = "plans"), table = "usage")]
struct Billing {
    pool: sqlx::SqlitePool,
}

fn main() {}
