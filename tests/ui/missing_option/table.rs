// No table is named.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(atomic)]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
