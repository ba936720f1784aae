// The option ends at its equals sign.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table =)]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
