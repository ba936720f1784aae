// The database is that of all derives.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(plan(table = "plans", database = sqlite))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
