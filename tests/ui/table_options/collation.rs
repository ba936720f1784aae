// One subscriber would stand in the way of another.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic, collation = "utf8mb4_unicode_ci")]
struct Subscriptions {
    pool: sqlx::MySqlPool,
}

fn main() {}
