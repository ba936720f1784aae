// SQLite has no row to lock.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(lock(table = "customers", column = "id")))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
