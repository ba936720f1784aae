// Beside sections there are other options than in them.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(plan(table = "plans"), colour = "red")]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
