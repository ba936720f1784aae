// A string is text of the database, and a field is a word of the contract.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns("plan_id" = "price_id"))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
