// No database takes this letter in a name.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(plan_id = "a\0b"))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
