// The ids are those of the caller.

use store_core::{Plan, PlanStore, SqlPlanStore};

#[derive(PlanStore)]
#[store(table = "plans")]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {
    let _ = |plans: Plans, plan: Plan| drop(plans.insert_plan(&plan));
}
