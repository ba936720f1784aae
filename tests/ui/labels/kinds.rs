// Labels of one column are of one kind, and of that of its form (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(status(labels(active = 1, canceled = "gone"))))]
#[store(insert("state" = status(as = i32, labels(active = "on"))))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
