// SQL is made before anyone chooses a database.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions")]
struct Subscriptions<DB: sqlx::Database> {
    pool: sqlx::Pool<DB>,
}

fn main() {}
