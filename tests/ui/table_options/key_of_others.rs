// A record is known by its id (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", scope("org" = 1), key("org", "plan_id"))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
