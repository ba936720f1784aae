// A slip in a label is not a store without live rows as well.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic, columns(status(labels(activ))))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
