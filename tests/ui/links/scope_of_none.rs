// NULL is no tenant.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", scope("parent_id" = null))]
#[store(columns(plan_id(via(table = "plans", stores = "key", reads = "id", scope = "org"))))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
