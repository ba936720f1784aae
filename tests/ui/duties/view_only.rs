// No view is read.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(metadata(view_only)))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
