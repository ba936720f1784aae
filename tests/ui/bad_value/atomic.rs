// `atomic` is a word and has no value.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic = true)]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
