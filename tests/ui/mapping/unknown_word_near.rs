// A slip of the pen: the word that was meant is named.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", always(interval = months))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
