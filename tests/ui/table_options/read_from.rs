// A view is text.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", read_from = view)]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
