//! A package for subscriptions of anything (MariaDB and MySQL, `rinvex.sql`): money as decimals, texts in JSON by language, an owner of
//! any class, rows that are marked as deleted, and a collation that knows no case.
//!
//! What can't be mapped, and why:
//!
//! - features and limits are rows of a table beside it, whose value is a text for both;
//! - nothing has metadata, a subscription neither `trial_start` nor `paused_at`;
//! - usage is a counter for each feature, not a record of what was used.
//!
//! Waiting:
//!
//! - `path`: name and description of a plan are read from a view in one language, and not written. A new plan has no name;
//! - `with`: plans whose trial is counted in months are left out (by `scope`) until a codec can refuse them one by one.

use store_core::{PlanStore, SubscriptionStore};

#[derive(PlanStore)]
#[store(table = "plans", read_from = "plans_in_english", collation = "utf8mb4_unicode_ci")]
#[store(key("id"), scope("trial_interval" = "day"), soft_delete(column = "deleted_at"))]
#[store(absent(features, limits, metadata), lossy(times), insert("name" = "{\"en\": \"\"}"))]
#[store(columns(
    ids(as = u32),
    times(as = timestamp(0)),
    provider_id(column = "slug", not_null),
    name(view_only),
    description(view_only, if_null = ""),
    amount(column = "price", as = decimal(8, 2)),
    currency(as = char(3)),
    interval = "invoice_interval",
    interval_count(column = "invoice_period", as = u16),
    trial_days(column = "trial_period", as = u16),
    active = "is_active",
    created_at(if_null = "1970-01-01T00:00:01Z"),
    updated_at(if_null = created_at),
))]
pub(crate) struct Plans {
    pub(crate) pool: sqlx::MySqlPool,
}

/// The subscriptions of users; other classes may have some too. Their times say what status they have. No key keeps a user to one that is
/// live: the store locks his row. `name` is a document by language, which is written once.
#[derive(SubscriptionStore)]
#[store(table = "plan_subscriptions", key("id"), scope("subscriber_type" = "App\\Models\\User"))]
#[store(atomic(lock(table = "users", column = "id")), soft_delete(column = "deleted_at", as = timestamp(0)))]
#[store(absent(trial_start, paused_at, metadata), lossy(times), insert("name" = "{\"en\": \"main\"}"))]
#[store(collation = "utf8mb4_unicode_ci")]
#[store(columns(
    ids(as = u32),
    times(as = datetime(0)),
    provider_id(column = "slug", not_null),
    subscriber_id(as = u64),
    status(case(
        canceled = "canceled_at IS NOT NULL",
        expired = "ends_at <= UTC_TIMESTAMP()",
        trialing = "trial_ends_at > UTC_TIMESTAMP()",
        active,
    )),
    current_period_start(column = "starts_at", if_null = created_at),
    current_period_end(column = "ends_at", if_null = "9999-12-31T23:59:59Z"),
    trial_end = "trial_ends_at",
    created_at(as = timestamp(0), if_null = "1970-01-01T00:00:01Z"),
    updated_at(as = timestamp(0), if_null = created_at),
))]
pub(crate) struct Subscriptions {
    pub(crate) pool: sqlx::MySqlPool,
}

pub(crate) mod tests;
