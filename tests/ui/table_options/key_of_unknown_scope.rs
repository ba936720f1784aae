// What is wrong with the scope is not told of the key.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", scope("org" = org_id), key("org", "id"))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
