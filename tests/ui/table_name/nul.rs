// No database takes a NUL in a name.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs\0criptions")]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
