// A mark needs its column.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", soft_delete = "deleted_at")]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
