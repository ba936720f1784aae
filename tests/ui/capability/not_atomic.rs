// The store is asked for what it was not declared to have.

use store_core::SubscriptionStore;

fn sign_up(_: &impl store_core::AtomicSubscriptionStore) {}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions")]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {
    let _ = |subscriptions: Subscriptions| sign_up(&subscriptions);
}
