// Usage that is saved again is known by its id.

use store_core::UsageStore;

#[derive(UsageStore)]
#[store(table = "usage", columns(id(generated)))]
struct Usage {
    pool: sqlx::PgPool,
}

fn main() {}
