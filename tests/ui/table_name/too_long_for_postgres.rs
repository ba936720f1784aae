// Postgres would cut this name to 63 bytes without a word.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss")]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
