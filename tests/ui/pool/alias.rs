// The alias does not tell its database.

use store_core::SubscriptionStore;

type Connections = sqlx::SqlitePool;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions")]
struct Subscriptions {
    pool: Connections,
}

fn main() {}
