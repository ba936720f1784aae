// What is advised where no table is named.

use store_core::{PlanStore, SubscriptionStore, UsageStore};

#[derive(PlanStore)]
#[store(table = "plans")]
struct Plans {
    pool: sqlx::SqlitePool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions")]
struct Subscriptions {
    pool: sqlx::PgPool,
}

#[derive(UsageStore)]
#[store(table = "usage_records")]
struct Usage {
    pool: sqlx::MySqlPool,
}

pub(crate) fn main() {}
