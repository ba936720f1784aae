// A field has one option only.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions")]
struct Subscriptions {
    #[store(primary)]
    pool: sqlx::SqlitePool,
}

fn main() {}
