// Values of further columns (6 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", scope("tenant" = tenant_id))]
#[store(insert("rate" = 1.5, "at" = sql(now()), "by" = sql, "plan" = plan, "start" = 1 | 2))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
