// The schema is named, the table is not.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "billing.")]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
