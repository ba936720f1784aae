// NULL can't stand for what is elsewhere, nor in what is (2 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", columns(
    name(column = "product", via(table = "products", stores = "id", reads = "name")),
    description(if_null = name),
    currency(if_null = description, via(table = "currencies", stores = "id", reads = "code")),
))]
struct Plans {
    pool: sqlx::PgPool,
}

fn main() {}
