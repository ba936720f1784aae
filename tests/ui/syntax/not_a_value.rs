// A list in braces is no value.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = { "subscriptions" })]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
