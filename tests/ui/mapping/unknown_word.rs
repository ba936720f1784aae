// The contract has no such interval.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", always(interval = fortnight))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
