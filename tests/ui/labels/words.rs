// Words of the contract are no texts (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(status(labels("active" = 1, cancelled = 2))))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
