// `UsageStore` is derived too, and has no section.

use store_core::{PlanStore, UsageStore};

#[derive(PlanStore, UsageStore)]
#[store(plan(table = "plans"))]
struct Billing {
    pool: sqlx::SqlitePool,
}

fn main() {}
