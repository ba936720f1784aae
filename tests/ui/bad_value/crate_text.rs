// Text is read as a path, and this is none.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", crate = "not a path")]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
