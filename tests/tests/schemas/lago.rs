//! A billing engine for many organizations (Postgres, `lago.sql`): UUIDs, statuses and intervals as numbers, times without a zone,
//! rows that are marked as deleted, and an `organization_id` everywhere.
//!
//! What can't be mapped, and why:
//!
//! - features and limits of a plan are rows of other tables, two joins away; its metadata is a row of a table that many kinds of
//!   owners share. A view could read them (`view_only`);
//! - the current period is computed from an anchor: the nearest columns are the start and the end of the whole subscription;
//! - `trial_start`, `paused_at` and the metadata of a subscription have no column;
//! - a terminated subscription is the contract's expired one; there is no number for trialing, past due or paused;
//! - each metric names the property of an event that is its quantity: here all of them call it `value`, and it is a whole number. An
//!   event without one, as a metric that only counts has them, is `Corrupt`;
//! - the time and the subscription of an event take NULL in the table: one without them is usage of no subscription, or of no time, and is
//!   passed over;
//! - what was reported of usage has no column.

use sqlx::types::Uuid;
use store_core::{PlanStore, SubscriptionStore, UsageStore};

/// The plans of the catalogue of one organization. A row with a parent is the copy of a plan for one customer: no plan of its own.
#[derive(PlanStore)]
#[store(table = "plans", key("id"), scope("parent_id" = null), soft_delete(column = "deleted_at"))]
#[store(absent(features, limits, metadata), insert("pay_in_advance" = false))]
#[store(columns(
    ids(as = uuid),
    times(as = timestamp(6)),
    provider_id(column = "code", not_null),
    description(if_null = ""),
    amount = "amount_cents",
    currency = "amount_currency",
    interval(as = i32, labels(week = 0, month = 1, year = 2, month * 3 = 3, month * 6 = 4)),
    trial_days(column = "trial_period", as = f64(0), if_null = 0),
    active(column = "pending_deletion", labels(true = false, false = true)),
))]
pub(crate) struct Plans {
    pub(crate) pool: sqlx::PgPool,
    #[store(scope = "organization_id")]
    pub(crate) organization: Uuid,
}

/// The subscriptions of one organization. No key of the table keeps a customer to one that is active: the store locks him by name, so
/// that of its own writers one wins; what the engine itself writes meanwhile is not kept out.
#[derive(SubscriptionStore)]
#[store(table = "subscriptions", key("id"), atomic(lock), absent(trial_start, paused_at, metadata))]
#[store(columns(
    ids(as = uuid),
    times(as = timestamp(6)),
    provider_id(column = "external_id", not_null, repeats),
    subscriber_id = "customer_id",
    status(as = i32, labels("pending" = 0, active = 1, expired = 2, canceled = 3, "incomplete" = 4)),
    current_period_start(column = "started_at", if_null = created_at),
    current_period_end(column = "ending_at", if_null = "9999-12-31T23:59:59Z"),
    trial_end = "trial_ended_at",
))]
pub(crate) struct Subscriptions {
    pub(crate) pool: sqlx::PgPool,
    #[store(scope = "organization_id")]
    pub(crate) organization: Uuid,
}

/// The events of one organization, by the id that its application gives to a subscription. One that is sent again counts once, also
/// after it was deleted.
#[derive(UsageStore)]
#[store(table = "events", key("organization_id", "external_subscription_id", "transaction_id"))]
#[store(soft_delete(column = "deleted_at", as = timestamp(6)), absent(provider_reported_at))]
#[store(insert("created_at" = sql("now() AT TIME ZONE 'UTC'"), "updated_at" = sql("now() AT TIME ZONE 'UTC'")))]
#[store(columns(
    id = "transaction_id",
    subscription_id = "external_subscription_id",
    metric = "code",
    quantity(column = "properties", path = "value"),
    recorded_at(column = "timestamp", as = timestamp(6)),
    metadata(as = json(any)),
))]
pub(crate) struct Usage {
    pub(crate) pool: sqlx::PgPool,
    #[store(scope = "organization_id")]
    pub(crate) organization: Uuid,
}
