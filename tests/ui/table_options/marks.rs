// Marks are values, and differ.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", soft_delete(column = "gone", marked_live = 0, deleted = 0))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
