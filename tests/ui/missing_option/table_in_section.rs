// The section names no table.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(subscription(atomic))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
