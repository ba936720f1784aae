// A copy has the form of its own column (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", insert("state" = status(as = i32), "day" = created_at(column = "d")))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
