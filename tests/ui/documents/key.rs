// A key holds columns

use store_core::UsageStore;

#[derive(UsageStore)]
#[store(table = "events", key("id", "properties"))]
#[store(columns(quantity(column = "properties", path = "value")))]
struct Usage {
    pool: sqlx::PgPool,
}

fn main() {}
