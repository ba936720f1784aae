// A slip of the pen: the field that was meant is named (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(plan = "price_id", subscriberid = "user_id"))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
