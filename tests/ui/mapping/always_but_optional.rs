// What is always none is absent.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", always(canceled_at = "1970-01-01T00:00:00Z"))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
