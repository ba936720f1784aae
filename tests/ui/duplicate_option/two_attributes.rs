// Several attributes add up, so this is the same option again.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic)]
#[store(atomic)]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
