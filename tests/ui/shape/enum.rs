// An enum can't hold the pool in every variant's place.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions")]
enum Subscriptions {
    Here(sqlx::SqlitePool),
}

fn main() {}
