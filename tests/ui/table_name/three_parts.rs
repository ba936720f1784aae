// A database has schemas of tables and nothing above.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "main.billing.subscriptions")]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
