// A table's name is text.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = subscriptions)]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
