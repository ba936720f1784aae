//! The back office of a service (SQLite, `cloudflare.sql`). The table `subscriptions` holds plans, and `subscription_id` is the id of one.
//!
//! What can't be mapped, and why:
//!
//! - a plan has no currency, interval, trial or provider id: they are the same for all, or nowhere;
//! - features are rows of a table beside it, so a view reads them and the back office writes them;
//! - nothing has metadata, a subscription no time of a trial, a pause or a cancellation. `lossy(canceled_at)` lets one cancel
//!   all the same: the time is dropped;
//! - `updated_at` is what the triggers of the database make of it, whatever is saved;
//! - usage is not kept.

use store_core::{PlanStore, SubscriptionStore};

/// What customers can subscribe to.
#[derive(PlanStore)]
#[store(table = "subscriptions", read_from = "plans_with_features")]
#[store(absent(provider_id, limits, metadata), lossy(times))]
#[store(always(currency = "USD", interval = month, interval_count = 1, trial_days = 0, active = true))]
#[store(columns(
    ids(as = i64),
    times(as = text("%Y-%m-%d %H:%M:%S")),
    amount = "price",
    features(view_only),
    updated_at(generated),
))]
pub(crate) struct Plans {
    pub(crate) pool: sqlx::SqlitePool,
}

/// The table's own index makes it atomic: SQLite takes it only by its own words.
#[derive(SubscriptionStore)]
#[store(table = "customer_subscriptions", atomic(key("customer_id", where = "status = 'active'")))]
#[store(absent(provider_id, trial_start, trial_end, canceled_at, paused_at, metadata))]
#[store(lossy(times, canceled_at))]
#[store(columns(
    ids(as = i64),
    times(as = text("%Y-%m-%d %H:%M:%S")),
    subscriber_id = "customer_id",
    plan_id = "subscription_id",
    status(labels(active, canceled = "cancelled", expired)),
    current_period_start = "subscription_starts_at",
    current_period_end = "subscription_ends_at",
    updated_at(generated),
))]
pub(crate) struct Subscriptions {
    pub(crate) pool: sqlx::SqlitePool,
}
