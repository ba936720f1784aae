// What is none has one word, what must be something another (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(provider_id(if_null = ""), plan_id(also_none = "")))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
