// A document is one column

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", columns(interval(path = "every", over("a", "b"))))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
