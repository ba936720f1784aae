// Rows are found by it (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", absent(subscriber_id), always(status = active))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
