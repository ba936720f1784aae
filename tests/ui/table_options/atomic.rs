// What can make it atomic.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(unique("subscriber_id")))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
