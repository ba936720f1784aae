//! A package for subscriptions of anything (MariaDB and MySQL, `rinvex.sql`): money as decimals, texts in JSON by language, an owner of
//! any class, rows that are marked as deleted, and a collation that knows no case.
//!
//! What can't be mapped, and why:
//!
//! - features and limits are rows of a table beside it, whose value is a text for both;
//! - nothing has metadata, a subscription neither `trial_start` nor `paused_at`;
//! - a trial may be counted in hours, weeks or months: only one in days is read, since it must be the same once it is saved
//!   back. A row with another is `Corrupt`, by itself and in a list;
//! - texts are read and written in English, and stay as they are in other languages: a name that is not in English is `Corrupt`, a
//!   description that is not is empty;
//! - usage is a counter for each feature, not a record of what was used.

use store_core::{BoxError, Codec, PlanStore, SubscriptionStore};

/// A trial in days: its length, and the word for its unit.
pub(crate) struct TrialDays;

impl Codec<u32> for TrialDays {
    type Columns = (u16, String);

    fn encode(days: &u32) -> Result<(u16, String), BoxError> {
        let period = u16::try_from(*days).map_err(|_| "a trial has 65535 days at most")?;
        Ok((period, "day".to_owned()))
    }

    fn decode((period, unit): (u16, String)) -> Result<u32, BoxError> {
        match unit.as_str() {
            "day" => Ok(period.into()),
            other => Err(format!("a trial by the {other} is not counted in days").into()),
        }
    }

    fn example(number: u32) -> Option<u32> {
        Some(number % 65_536)
    }
}

/// Name and description are documents by language: the store has what is in English, and leaves the rest.
#[derive(PlanStore)]
#[store(table = "plans", key("id"), soft_delete(column = "deleted_at"), collation = "utf8mb4_unicode_ci")]
#[store(absent(features, limits, metadata), lossy(times))]
#[store(columns(
    ids(as = u32),
    times(as = timestamp(0)),
    provider_id(column = "slug", not_null),
    name(path = "en"),
    description(path = "en", if_null = ""),
    amount(column = "price", as = decimal(8, 2)),
    currency(as = char(3)),
    interval = "invoice_interval",
    interval_count(column = "invoice_period", as = u16),
    trial_days(over("trial_period", "trial_interval"), with = TrialDays),
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
