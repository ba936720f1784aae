// No database has a table without a name.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "")]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
