// The compiler does not expand macros in attributes.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = concat!("subs", "criptions"))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
