// MySQL has no names of more than 64 characters.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss")]
struct Subscriptions {
    pool: sqlx::MySqlPool,
}

fn main() {}
