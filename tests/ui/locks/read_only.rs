// Where nothing is written, nothing is locked.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", read_only, atomic(lock))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
