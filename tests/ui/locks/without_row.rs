// What MySQL locks by name outlives a transaction, or misses it.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(lock))]
struct Subscriptions {
    pool: sqlx::MySqlPool,
}

fn main() {}
