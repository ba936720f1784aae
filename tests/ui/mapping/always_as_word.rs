// `always` says what the fields always are.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", always = true)]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
