// The annotation says another database than the pool.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic, database = postgres)]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
