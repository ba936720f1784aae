// A database is a word.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", database = "sqlite")]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
