// Options stand in parentheses, each under its own name.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store = "subscriptions"]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
