// Each stands for the other where it is NULL.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(created_at(if_null = updated_at), updated_at(if_null = created_at)))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
