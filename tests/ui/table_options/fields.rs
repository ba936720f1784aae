// A field of the struct is for a column (5 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs")]
struct Subscriptions {
    #[store(scope, scope = "org")]
    org: i64,
    #[store(insert(type = "uuid"))]
    by: String,
    #[store(write(usage = "at"))]
    at: i64,
    #[store(scop = "tenant")]
    tenant: i64,
    pool: sqlx::PgPool,
}

fn main() {}
