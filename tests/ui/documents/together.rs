// What is in one document has places of its own (3 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(
    name(column = "data", path = "name"),
    description(column = "data", path = "name.long"),
    currency = "data",
    limits(column = "more", path = "limits"),
    metadata(column = "more", as = text(json)),
))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
