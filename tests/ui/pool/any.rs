// `Any` is chosen at run time.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions")]
struct Subscriptions {
    pool: sqlx::AnyPool,
}

fn main() {}
