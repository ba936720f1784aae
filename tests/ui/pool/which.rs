// Two fields, and none of them is called `pool`.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions")]
struct Subscriptions {
    reader: sqlx::SqlitePool,
    writer: sqlx::SqlitePool,
}

fn main() {}
