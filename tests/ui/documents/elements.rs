// Where would the second element of a new list come from?

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", columns(name(column = "data", path = "items[1].name")))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
