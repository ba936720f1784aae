// The type of a document, which all in it have (2 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(
    name(column = "data", path = "name", type = "text"),
    currency(column = "more", path = "currency", type = "json"),
    description(column = "more", path = "about"),
))]
struct Plans {
    pool: sqlx::PgPool,
}

fn main() {}
