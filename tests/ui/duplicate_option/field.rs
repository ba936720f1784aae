// A field is marked once.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions")]
struct Subscriptions {
    #[store(pool, pool)]
    connections: sqlx::SqlitePool,
}

fn main() {}
