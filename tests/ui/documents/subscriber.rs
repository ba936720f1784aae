// The key behind `atomic` is one of whole columns

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic, columns(subscriber_id(column = "data", path = "user")))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
