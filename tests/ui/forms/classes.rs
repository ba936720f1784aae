// What can be said of all ids and of all times (4 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs")]
#[store(columns(ids = "uuid", times(column = "at"), times(as = timestamp(6))))]
#[store(lossy(times, times))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
