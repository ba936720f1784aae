// An empty list names no table.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store()]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
