// A column is named in quotes.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(plan_id = price_id))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
