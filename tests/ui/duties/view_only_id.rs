// A row is found by it.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", read_from = "all_subs", columns(id(view_only)))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
