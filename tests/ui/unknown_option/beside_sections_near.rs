// Every derive of the struct sees this slip, and it is told once.

use store_core::{PlanStore, UsageStore};

#[derive(PlanStore, UsageStore)]
#[store(plan(table = "plans"), usge(table = "usage"))]
struct Billing {
    pool: sqlx::SqlitePool,
}

fn main() {}
