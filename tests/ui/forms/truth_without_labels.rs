// A text does not say what is true.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", columns(active(as = char(1))))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
