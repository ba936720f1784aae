// A slip of the pen: the option that was meant is named.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(tabel = "subscriptions")]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
