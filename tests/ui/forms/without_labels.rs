// A number does not say which status it is.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(status(as = i32)))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
