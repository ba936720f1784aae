// Forms are words, each for its kinds of fields (4 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs")]
#[store(columns(
    id(as = i33),
    status(as = txt, labels(active = "a")),
    subscriber_id(as = "uuid"),
    plan_id(as = sqlx::types::Uuid),
))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
