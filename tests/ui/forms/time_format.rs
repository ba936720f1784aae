// Times in this format are not in order (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs")]
#[store(columns(created_at(as = text("%d.%m.%Y")), updated_at(as = text)))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {}
