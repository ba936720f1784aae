// Two values of one row can be read, and not written.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "prices", columns(
    name(column = "product", via(table = "products", stores = "id", reads = "name")),
    description(column = "product", via(table = "products", stores = "id", reads = "about")),
))]
struct Plans {
    pool: sqlx::PgPool,
}

fn main() {}
