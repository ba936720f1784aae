// A key is a list of columns (4 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", key(id))]
#[store(atomic(key("user", "user", where = active, where = "true", where = "false")))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
