// No option is near, so all of them are listed.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", colour = "red")]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
