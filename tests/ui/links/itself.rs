// A field that is kept in the store's own table.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(plan_id(column = "parent", via(table = "subs", stores = "id", reads = "plan"))))]
struct Subscriptions {
    pool: sqlx::MySqlPool,
}

fn main() {}
