// A store has one table.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", table = "subs")]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
