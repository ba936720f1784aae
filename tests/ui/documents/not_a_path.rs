// What is no way into a document (4 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(
    name(column = "data", path = "a..b"),
    description(column = "data", path = en),
    currency(column = "data", path = "a[x]"),
    metadata(column = "data", path = "a\\b"),
))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
