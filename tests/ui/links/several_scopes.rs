// Nobody knows which of the two the column holds.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs")]
#[store(columns(plan_id(via(table = "plans", stores = "key", reads = "id", scope = "org"))))]
struct Subscriptions {
    pool: sqlx::PgPool,
    #[store(scope = "org")]
    org: i64,
    #[store(scope = "region")]
    region: i64,
}

fn main() {}
