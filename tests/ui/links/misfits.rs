// Not every field can be in another table (4 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", columns(
    id(via(table = "products", stores = "id", reads = "code")),
    interval(via(table = "intervals", stores = "id", reads = "word")),
    amount(via(table = "prices", stores = "id", reads = "amount")),
    provider_id(also_none = "", via(table = "refs", stores = "id", reads = "ref")),
))]
struct Plans {
    pool: sqlx::PgPool,
}

fn main() {}
