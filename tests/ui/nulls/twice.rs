// NULL has a label already.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(status(labels(active = "on" | null), if_null = canceled)))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
