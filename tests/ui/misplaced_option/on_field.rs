// The table is the struct's, not a field's.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
struct Subscriptions {
    #[store(table = "subscriptions")]
    pool: sqlx::SqlitePool,
}

fn main() {}
