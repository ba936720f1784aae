//! A lock rests on transactions, which some engines don't have (2 mistakes)

use store_core::{SubscriptionStore, sqlx};

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", schema = "ui/schema/engines.sql")]
#[store(atomic(lock(table = "customers", column = "id")))]
struct Locked {
    pool: sqlx::MySqlPool,
}

fn main() {}
