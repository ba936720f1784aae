//! A starter kit for a shop with logins (Postgres, `vercel.sql`): products, prices and subscriptions are copies of what the
//! payment provider has, written by a webhook.
//!
//! What can't be mapped, and why:
//!
//! - a plan is a price and its product, so it is read from a view; the webhook alone writes it. No table has times of a plan;
//! - `paused_at` has no column, nor has `updated_at`, which reads as `created`;
//! - usage is not kept.

use store_core::{PlanStore, SubscriptionStore};

/// Prices with their products, those that recur.
#[derive(PlanStore)]
#[store(table = "plans", read_only, scope("type" = "recurring"), absent(features, limits))]
#[store(always(created_at = "1970-01-01T00:00:00Z", updated_at = "1970-01-01T00:00:00Z"))]
#[store(columns(
    provider_id = "id",
    description(if_null = ""),
    amount = "unit_amount",
    interval(type = "pricing_plan_interval", labels(day, week, month, year)),
    interval_count(as = i32, if_null = 1),
    trial_days(column = "trial_period_days", as = i32, if_null = 0),
    metadata(if_null = {}),
))]
pub(crate) struct Plans {
    pub(crate) pool: sqlx::PgPool,
}

/// One column is the id here and at the provider. The table lacks the unique index behind `atomic`, which `verify` prints. Both columns
/// of `insert` are unset by whoever makes a row: their default is the time of now, by which a new subscription would have ended.
/// Price and status may be NULL there, so each says what that is.
#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic, absent(paused_at), lossy(updated_at))]
#[store(insert("ended_at" = null, "cancel_at" = null))]
#[store(columns(
    provider_id = "id",
    subscriber_id(column = "user_id", as = uuid),
    plan_id(column = "price_id", if_null = ""),
    status(type = "subscription_status", if_null = "unset", labels(
        trialing, active, past_due, paused, canceled, "incomplete", "incomplete_expired", "unpaid",
    )),
    metadata(if_null = {}),
    created_at = "created",
    updated_at = "created",
))]
pub(crate) struct Subscriptions {
    pub(crate) pool: sqlx::PgPool,
}
