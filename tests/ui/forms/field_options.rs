// A field has its options, each once (5 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs")]
#[store(columns(
    id(labels(active)),
    plan_id(colum = "price_id"),
    status(column = "state", column = "status"),
    subscriber_id(via(table = "customers")),
    metadata("notes"),
))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
