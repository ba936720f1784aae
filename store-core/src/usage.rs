//! Metered usage: the record, its store and the reportable extension.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::error::Result;
use crate::time::to_micros;

/// One metered event.
///
/// ```
/// use chrono::Utc;
/// use store_core::UsageRecord;
///
/// let record = UsageRecord::new("evt_1", "sub_1", "api_calls", 250, Utc::now());
/// assert_eq!(record.provider_reported_at, None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UsageRecord {
    /// The id, chosen by the caller: what makes a repeated event count once.
    pub id: String,
    /// Whose usage it is.
    pub subscription_id: String,
    /// What was used.
    pub metric: String,
    /// How much; a negative quantity corrects earlier ones.
    pub quantity: i64,
    /// When it was used.
    pub recorded_at: DateTime<Utc>,
    /// The caller's own notes.
    pub metadata: BTreeMap<String, String>,
    /// When the payment provider got it, if it has it.
    pub provider_reported_at: Option<DateTime<Utc>>,
}

impl UsageRecord {
    /// A record that is not reported yet, without notes.
    #[must_use]
    pub fn new(
        id: impl Into<String>,
        subscription_id: impl Into<String>,
        metric: impl Into<String>,
        quantity: i64,
        recorded_at: DateTime<Utc>,
    ) -> Self {
        Self {
            id: id.into(),
            subscription_id: subscription_id.into(),
            metric: metric.into(),
            quantity,
            recorded_at: to_micros(recorded_at),
            metadata: BTreeMap::new(),
            provider_reported_at: None,
        }
    }
}

/// A store of metered usage, to which records are only added.
///
/// # Contract
///
/// - An id counts once: a second record with it is
///   [`AlreadyExists`](crate::StoreError::AlreadyExists), also if it is the same in every field.
/// - Ranges of time are `[from, to)`; where `from >= to` they are empty.
/// - A total is exact, in whatever order the records are added, or [`Overflow`](crate::StoreError::Overflow).
/// - What is saved is what is read, in every field, times cut by [`to_micros`]. Ids and metrics are compared byte for byte.
/// - A value that the store can't hold is [`InvalidInput`](crate::StoreError::InvalidInput); nothing is changed and
///   nothing truncated. A stored value that can't be read is [`Corrupt`](crate::StoreError::Corrupt).
/// - Each call happens whole or not at all, also when its future is dropped halfway.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), store_core::StoreError> {
/// use chrono::{TimeDelta, Utc};
/// use store_core::{UsageRecord, UsageStore};
///
/// let usage = store_memory::MemoryUsageStore::new();
/// let now = Utc::now();
/// usage.save_usage_record(&UsageRecord::new("evt_1", "sub_1", "api_calls", 250, now)).await?;
/// let sum = usage.sum_usage("sub_1", "api_calls", now - TimeDelta::hours(1), now + TimeDelta::hours(1)).await?;
/// assert_eq!(sum, 250);
/// # Ok(())
/// # }
/// ```
#[async_trait]
pub trait UsageStore: Send + Sync {
    /// Adds a record.
    ///
    /// # Errors
    /// `AlreadyExists` if its id is there; `InvalidInput` if a value can't be held.
    async fn save_usage_record(&self, record: &UsageRecord) -> Result<()>;

    /// The sum of the quantities of a metric recorded in `[from, to)`; 0 where there are none.
    ///
    /// # Errors
    /// `Overflow` if the total does not fit an `i64`.
    async fn sum_usage(
        &self,
        subscription_id: &str,
        metric: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<i64>;

    /// The records of every metric recorded in `[from, to)`, by `(recorded_at, id)`, ids by their bytes.
    ///
    /// # Errors
    /// `Corrupt` if one of the rows can't be read.
    async fn list_usage_records(
        &self,
        subscription_id: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<UsageRecord>>;

    /// The reportable extension, if this store has it.
    ///
    /// An engine that holds a `dyn UsageStore` asks once, when it is built.
    fn as_reportable(&self) -> Option<&dyn ReportableUsageStore> {
        None
    }
}

/// A store of usage that remembers what the payment provider has, so that nothing is lost in a crash between the two.
///
/// # Contract
///
/// A record is unreported until it is marked. Report it under its id and its `recorded_at`, so that the provider can
/// recognise a repeat, and mark it then: a crash in between repeats a report and loses none.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), store_core::StoreError> {
/// use chrono::Utc;
/// use store_core::{ReportableUsageStore, UsageRecord, UsageStore};
///
/// let usage = store_memory::MemoryUsageStore::new();
/// usage.save_usage_record(&UsageRecord::new("evt_1", "sub_1", "api_calls", 250, Utc::now())).await?;
/// for record in usage.list_unreported_usage(100).await? {
///     // .. hand it to the provider ..
///     usage.mark_usage_reported(&record.id, Utc::now()).await?;
/// }
/// assert!(usage.list_unreported_usage(100).await?.is_empty());
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't list what is unreported",
    label = "this store is not reportable",
    note = "add `reportable` to its `#[store(..)]`, beside `table`"
)]
#[async_trait]
pub trait ReportableUsageStore: UsageStore {
    /// At most `limit` unreported records, the oldest first by `(recorded_at, id)`; 0 gives none.
    ///
    /// # Errors
    /// `Corrupt` if one of the rows can't be read.
    async fn list_unreported_usage(&self, limit: u32) -> Result<Vec<UsageRecord>>;

    /// Marks the record with this id as reported at a time; a repeat overwrites the time.
    ///
    /// # Errors
    /// `NotFound` if there is none; `InvalidInput` if the time can't be held.
    async fn mark_usage_reported(&self, id: &str, reported_at: DateTime<Utc>) -> Result<()>;
}
