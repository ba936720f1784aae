// `pool` marks a field.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", pool)]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
