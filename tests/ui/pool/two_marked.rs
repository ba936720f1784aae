// Two fields are marked.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions")]
struct Subscriptions {
    #[store(pool)]
    reader: sqlx::SqlitePool,
    #[store(pool)]
    writer: sqlx::SqlitePool,
}

fn main() {}
