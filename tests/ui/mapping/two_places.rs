// A field that has a column is not absent (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs")]
#[store(columns(paused_at = "paused"), absent(paused_at))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
