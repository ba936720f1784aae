// A set is opened at its end, and no other list is (3 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", absent(metadata, ..))]
#[store(columns(status(labels(active, .., canceled = "gone")), plan_id(as = char(36, ..))))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
