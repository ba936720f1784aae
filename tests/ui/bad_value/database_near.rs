// A slip of the pen in the database.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", database = sqlit)]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
