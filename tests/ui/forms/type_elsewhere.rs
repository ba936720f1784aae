// A type is for Postgres; one for all ids is told once (3 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", insert("origin" = plan_id(type = "citext")))]
#[store(columns(ids(type = "citext"), status(type = "state")))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
