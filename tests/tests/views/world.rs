//! Records, and what is expected of a refusal.

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{Plan, PlanInterval, StoreError, Subscription, SubscriptionStatus, UsageRecord};

pub(crate) fn at(hours: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hours)
}

pub(crate) fn plan(id: &str) -> Plan {
    Plan { created_at: at(1), updated_at: at(2), ..Plan::new(id, "Pro", 1_900, "EUR", PlanInterval::Month) }
}

pub(crate) fn with_features(id: &str, features: &[&str]) -> Plan {
    Plan { features: features.iter().map(|&feature| feature.to_owned()).collect(), ..plan(id) }
}

pub(crate) fn subscription(id: &str, subscriber: &str) -> Subscription {
    Subscription {
        created_at: at(1),
        updated_at: at(2),
        ..Subscription::new(id, subscriber, "pro", SubscriptionStatus::Active, at(0)..at(720))
    }
}

pub(crate) fn usage(id: &str) -> UsageRecord {
    UsageRecord::new(id, "sub_1", "calls", 1, at(1))
}

pub(crate) fn note() -> std::collections::BTreeMap<String, String> {
    [("note".to_owned(), "of the table beside".to_owned())].into()
}

/// The field that a refusal is about.
#[track_caller]
pub(crate) fn refused<T: std::fmt::Debug>(outcome: store_core::Result<T>) -> (Option<&'static str>, String) {
    match outcome {
        Err(StoreError::InvalidInput { field, reason, .. }) => (field, reason),
        other => panic!("it is not refused as invalid: {other:?}"),
    }
}

#[track_caller]
pub(crate) fn is_absent<T: std::fmt::Debug>(outcome: store_core::Result<T>) {
    assert!(matches!(outcome, Err(StoreError::NotFound { .. })), "{outcome:?}");
}

/// Runs a script on a pool.
macro_rules! run {
    ($pool:expr, $sql:expr) => {
        sqlx::raw_sql(sqlx::AssertSqlSafe($sql)).execute(&$pool).await?
    };
}
