// A section has a list.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(plan)]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
