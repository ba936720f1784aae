// What is dropped is said, once for all times and once for each other (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs")]
#[store(columns(times(as = epoch(s)), canceled_at(as = date)))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
