// These words stand alone (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", read_only = true, columns(provider_id(repeats = true)))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
