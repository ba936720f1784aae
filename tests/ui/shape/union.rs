// A union has no field of which the compiler knows that it is the pool.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions")]
union Subscriptions {
    pool: &'static sqlx::SqlitePool,
}

fn main() {}
