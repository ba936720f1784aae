// No such database.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", database = oracle)]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
