//! The same on MySQL: collations, numbers without a sign, and a subscriber's own table to lock (6 mistakes)

use store_core::{SubscriptionStore, sqlx};

#[derive(SubscriptionStore)]
#[store(table = "members", schema = "ui/schema/legacy_mysql.sql", atomic, key("id"))]
#[store(absent(trial_start, trial_end, canceled_at, paused_at, metadata))]
#[store(columns(
    id(as = u64),
    provider_id = "stripe_id",
    subscriber_id(column = "user_id", as = u64),
    plan_id = "plan",
    current_period_start = "starts",
    current_period_end = "ends",
))]
struct Members {
    pool: sqlx::MySqlPool,
    #[store(scope = "tenant")]
    tenant: i64,
}

fn main() {}
