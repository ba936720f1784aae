// The name says SQLite, the type doesn't.

use store_core::SubscriptionStore;

type SqlitePool = sqlx::PgPool;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions")]
struct Subscriptions {
    pool: SqlitePool,
}

fn main() {}
