// One subscriber would stand in the way of another (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic, collation = "utf8mb4_unicode_ci")]
struct Subscriptions {
    pool: sqlx::MySqlPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic, columns(subscriber_id(type = "citext")))]
struct Caseless {
    pool: sqlx::PgPool,
}

fn main() {}
