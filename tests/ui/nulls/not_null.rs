// What is never NULL, and has a meaning all the same (5 mistakes)

use store_core::{PlanStore, SubscriptionStore};

#[derive(PlanStore)]
#[store(table = "plans", columns(
    name(not_null, if_null = ""),
    provider_id(also_none = "", not_null),
    active(as = is_null, not_null),
))]
struct Plans {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", columns(status(not_null, labels(active = null, canceled))))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(provider_id(not_null = true)))]
struct Offers {
    pool: sqlx::PgPool,
}

fn main() {}
