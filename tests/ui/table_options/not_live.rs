// Nothing is live.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic, columns(status(labels(canceled = 0, expired = 1))))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
