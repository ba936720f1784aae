//! A table that was there first, mapped by its names alone (16 mistakes)

use store_core::{PlanStore, SubscriptionStore, UsageStore, sqlx};

#[derive(SubscriptionStore)]
#[store(table = "accounts", schema = "ui/schema/legacy.sql", atomic)]
#[store(absent(trial_start, trial_end, canceled_at, paused_at, metadata))]
#[store(columns(
    provider_id = "ref",
    subscriber_id = "customer",
    plan_id = "plan",
    status = "state",
    current_period_start = "starts",
    current_period_end = "ends",
    created_at = "created",
    updated_at = "changed",
))]
struct Accounts {
    pool: sqlx::PgPool,
}

#[derive(UsageStore)]
#[store(table = "calls", schema = "ui/schema/legacy.sql", absent(metadata, provider_reported_at))]
#[store(columns(id = "key", subscription_id(column = "account", as = i64), quantity = "units", recorded_at = "at"))]
struct Calls {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "prices", schema = "ui/schema/legacy.sql")]
#[store(absent(provider_id, features, limits, metadata), always(interval_count = 1, trial_days = 0))]
struct Prices {
    pool: sqlx::PgPool,
}

fn main() {}
