// Only times are cut, and each is named once (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", lossy(plan_id, canceled_at, canceled_at))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
