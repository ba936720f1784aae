// A number is no path.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", crate = 1)]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
