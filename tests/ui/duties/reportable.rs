// The store is to write it.

use store_core::UsageStore;

#[derive(UsageStore)]
#[store(table = "usage", reportable, columns(provider_reported_at(generated)))]
struct Store {
    pool: sqlx::PgPool,
}

fn main() {}
