// `columns` is a list, not a name.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns = "price_id")]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
