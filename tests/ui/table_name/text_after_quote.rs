// A quoted part is the whole of its part.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "\"billing\"x.subscriptions")]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
