// The type is not a pool, whatever the annotation says.

use store_core::SubscriptionStore;

struct Socket;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic, database = sqlite)]
struct Subscriptions {
    pool: Socket,
}

fn main() {}
