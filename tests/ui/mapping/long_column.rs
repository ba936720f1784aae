// Postgres would cut the name in silence.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(plan_id = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
