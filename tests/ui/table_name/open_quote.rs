// The quote is not closed.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "\"billing.subscriptions")]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
