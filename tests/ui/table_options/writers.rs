// A column has one writer (3 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", scope("org" = 1, "plan_id" = "x"), soft_delete(column = "status"), write("org" = 2))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
