// Options stand in parentheses.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
