// Only times lose something.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", lossy = times)]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
