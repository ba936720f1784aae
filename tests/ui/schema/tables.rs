//! Tables that no statement makes, and one whose statement can't be read (3 mistakes)

use store_core::{PlanStore, SubscriptionStore, UsageStore, sqlx};

#[derive(PlanStore)]
#[store(table = "plan", schema = "ui/schema/tables.sql")]
struct Plans {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "abonnements", schema = "ui/schema/tables.sql")]
struct Subscriptions {
    pool: sqlx::PgPool,
}

#[derive(UsageStore)]
#[store(table = "usage_records", schema = "ui/schema/tables.sql")]
struct Usage {
    pool: sqlx::PgPool,
}

fn main() {}
