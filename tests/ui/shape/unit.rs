// Nothing holds a pool.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions")]
struct Subscriptions;

fn main() {}
