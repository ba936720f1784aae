// The key can't hold what the table has not.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", read_from = "all_subs", atomic, columns(status(view_only)))]
struct Store {
    pool: sqlx::SqlitePool,
}

fn main() {}
