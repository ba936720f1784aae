// Rows of other tenants are none, in whatever table (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", insert("currency" = plan_id(via(table = "plans", stores = "currency", reads = "id"))))]
#[store(columns(plan_id(via(table = "plans", stores = "key", reads = "id"))))]
struct Subscriptions {
    pool: sqlx::PgPool,
    #[store(scope = "org")]
    org: i64,
}

fn main() {}
