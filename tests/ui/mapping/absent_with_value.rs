// A field that is absent has no value.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", absent(metadata = "notes"))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
