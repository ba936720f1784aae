// No database has a column without a name.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(plan_id = ""))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
