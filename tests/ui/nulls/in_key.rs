// Unique keys hold no two NULLs for the same (4 mistakes)

use store_core::{PlanStore, SubscriptionStore, UsageStore};

#[derive(PlanStore)]
#[store(table = "plans", columns(id(if_null = "")))]
struct Plans {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic, columns(subscriber_id(if_null = "nobody")))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "seats", atomic(key("user_id")), columns(subscriber_id(column = "user_id", if_null = "nobody")))]
struct Seats {
    pool: sqlx::PgPool,
}

#[derive(UsageStore)]
#[store(table = "usage", key("subscription_id", "id"), columns(subscription_id(if_null = "none")))]
struct Usage {
    pool: sqlx::PgPool,
}

fn main() {}
