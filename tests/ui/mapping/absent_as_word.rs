// `absent` names the fields that have no column.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", absent)]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
