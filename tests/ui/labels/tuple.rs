// One column has one part.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(status(labels(active = ("active", true)))))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
