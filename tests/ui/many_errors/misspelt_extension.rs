// A slip in `atomic`: the store is not told to lack it at each call as well.

use store_core::SubscriptionStore;

fn sign_up(_: &impl store_core::AtomicSubscriptionStore) {}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomc)]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {
    let _ = |subscriptions: Subscriptions| sign_up(&subscriptions);
}
