// Who tries would not be in the key (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(key("subscriber_id", where = "status = 'active'")))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(key("subscriber_id", where = "(state)::text = ANY (ARRAY['a', 'c'])")))]
#[store(columns(status(column = "state", labels(active = "a", trialing = "t", canceled = "c"))))]
struct Labelled {
    pool: sqlx::PgPool,
}

fn main() {}
