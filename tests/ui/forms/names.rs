// Names of types and collations are text (4 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", collation = binary)]
#[store(columns(status(type = state), plan_id(collation = nocase), subscriber_id(as = uuid, collation = "C")))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
