// A mark is no word (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", soft_delete(column = "gone", marked_live = no, deleted = sql("true")))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
