// No field of the contract has such a name.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(quantity_of_seats = "seats"))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
