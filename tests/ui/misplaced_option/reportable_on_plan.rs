// A plan is not reported to anyone.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", reportable)]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
