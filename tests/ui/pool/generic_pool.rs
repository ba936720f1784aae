// A parameter can be any type at all.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions")]
struct Subscriptions<P> {
    pool: P,
}

fn main() {}
