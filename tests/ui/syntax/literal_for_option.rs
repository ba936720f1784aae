// A table is given by `table = ..`, not by a string alone.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store("subscriptions")]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
