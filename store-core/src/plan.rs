//! Plans: the record, its filter and its store.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use store_model::contract::interval;

use crate::error::Result;
use crate::time::to_micros;
use crate::word::words;

/// What is sold: a price at an interval, and what it comes with.
///
/// ```
/// use store_core::{Plan, PlanInterval};
///
/// let mut pro = Plan::new("pro", "Pro", 1_900, "EUR", PlanInterval::Month);
/// pro.trial_days = 14;
/// pro.limits.insert("seats".into(), 5);
/// assert!(pro.active);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Plan {
    /// The id, chosen by the caller; compared byte for byte.
    pub id: String,
    /// The payment provider's id of this plan; belongs to one plan of a store.
    pub provider_id: Option<String>,
    /// The name that customers see.
    pub name: String,
    /// What it is, in words.
    pub description: String,
    /// The price of one interval, in the smallest unit of the currency.
    pub amount: i64,
    /// The currency, as ISO 4217 writes it (`EUR`).
    pub currency: String,
    /// The unit of the billing period.
    pub interval: PlanInterval,
    /// How many units make a billing period.
    pub interval_count: u32,
    /// Days of trial before the first charge; 0 for none.
    pub trial_days: u32,
    /// What it comes with, in the order in which it is shown.
    pub features: Vec<String>,
    /// How much of each metric it includes; 0 is unlimited.
    pub limits: BTreeMap<String, i64>,
    /// The caller's own notes.
    pub metadata: BTreeMap<String, String>,
    /// Whether it can be bought.
    pub active: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed; the caller sets it.
    pub updated_at: DateTime<Utc>,
}

impl Plan {
    /// An active plan, made now, of one `interval` at a time, without trial, features or limits.
    #[must_use]
    pub fn new(
        id: impl Into<String>,
        name: impl Into<String>,
        amount: i64,
        currency: impl Into<String>,
        interval: PlanInterval,
    ) -> Self {
        let now = to_micros(Utc::now());
        Self {
            id: id.into(),
            provider_id: None,
            name: name.into(),
            description: String::new(),
            amount,
            currency: currency.into(),
            interval,
            interval_count: 1,
            trial_days: 0,
            features: Vec::new(),
            limits: BTreeMap::new(),
            metadata: BTreeMap::new(),
            active: true,
            created_at: now,
            updated_at: now,
        }
    }
}

words! {
    /// The unit of a billing period.
    ///
    /// Any text round-trips: a word that is not listed here is kept as [`Other`](Self::Other).
    ///
    /// ```
    /// use store_core::PlanInterval;
    ///
    /// assert_eq!(PlanInterval::new("month"), PlanInterval::Month);
    /// assert_eq!(PlanInterval::new("quarter").as_str(), "quarter");
    /// ```
    PlanInterval {
        /// `day`
        Day = interval::DAY,
        /// `week`
        Week = interval::WEEK,
        /// `month`
        Month = interval::MONTH,
        /// `year`
        Year = interval::YEAR,
    }
}

/// Which plans to list; the default is all.
///
/// ```
/// use store_core::PlanFilter;
///
/// assert!(!PlanFilter::default().active_only);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanFilter {
    /// Only plans that can be bought.
    pub active_only: bool,
}

/// A store of plans.
///
/// # Contract
///
/// - What is saved is what is read, in every field, times cut by [`to_micros`].
/// - Ids and provider ids are compared byte for byte: `BOB`, `bob` and `bob ` are three.
/// - A provider id belongs to one plan; a second is
///   [`AlreadyExists`](crate::StoreError::AlreadyExists) with [`ProviderId`](crate::Conflict::ProviderId).
/// - A value that the store can't hold is [`InvalidInput`](crate::StoreError::InvalidInput); nothing is changed and
///   nothing truncated. A stored value that can't be read is [`Corrupt`](crate::StoreError::Corrupt).
/// - Each call happens whole or not at all, also when its future is dropped halfway.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), store_core::StoreError> {
/// use store_core::{Plan, PlanFilter, PlanInterval, PlanStore};
///
/// let plans = store_memory::MemoryPlanStore::new();
/// plans.save_plan(&Plan::new("pro", "Pro", 1_900, "EUR", PlanInterval::Month)).await?;
/// assert_eq!(plans.list_plans(&PlanFilter { active_only: true }).await?.len(), 1);
/// # Ok(())
/// # }
/// ```
#[async_trait]
pub trait PlanStore: Send + Sync {
    /// Creates or replaces the plan with this id, and touches no other.
    ///
    /// # Errors
    /// `AlreadyExists` if another plan has its provider id; `InvalidInput` if a value can't be held.
    async fn save_plan(&self, plan: &Plan) -> Result<()>;

    /// The plan with this id.
    ///
    /// # Errors
    /// `NotFound` if there is none; `Corrupt` if its row can't be read.
    async fn get_plan(&self, id: &str) -> Result<Plan>;

    /// The plans that the filter lets through, by `(created_at, id)`, ids by their bytes.
    ///
    /// # Errors
    /// `Corrupt` if one of the rows can't be read.
    async fn list_plans(&self, filter: &PlanFilter) -> Result<Vec<Plan>>;

    /// Removes the plan with this id.
    ///
    /// # Errors
    /// `NotFound` if there is none.
    async fn delete_plan(&self, id: &str) -> Result<()>;
}
