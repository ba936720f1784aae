// It can not write.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic, read_only)]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
