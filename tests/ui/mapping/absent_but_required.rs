// A plan without amount can not be read.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", absent(amount))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
