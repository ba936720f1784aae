// The column has no place for these (3 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs")]
#[store(columns(status(as = u8, labels(active = 1, canceled = 256, expired = -1))))]
#[store(insert("state" = status(as = char(2), labels(active = "act"))))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
