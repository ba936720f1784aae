// Nothing separates the two options.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions" atomic)]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
