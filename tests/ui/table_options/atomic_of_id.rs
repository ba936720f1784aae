// No key of live rows beside one that lets a subscriber have one row (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic, columns(id = "user_id", subscriber_id = "user_id"))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(key("ID")), columns(subscriber_id = "ID"))]
struct Seats {
    pool: sqlx::MySqlPool,
}

fn main() {}
