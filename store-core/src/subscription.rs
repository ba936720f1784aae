//! Subscriptions: the record, its filter, its store and the atomic extension.

use std::collections::BTreeMap;
use std::ops::Range;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use store_model::contract::status;

use crate::error::Result;
use crate::time::to_micros;
use crate::word::words;

/// Who has bought which plan, and until when.
///
/// ```
/// use chrono::{TimeDelta, Utc};
/// use store_core::{Subscription, SubscriptionStatus};
///
/// let now = Utc::now();
/// let period = now..now + TimeDelta::days(30);
/// let subscription = Subscription::new("sub_1", "user_1", "pro", SubscriptionStatus::Active, period);
/// assert!(subscription.status.is_live());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Subscription {
    /// The id, chosen by the caller; compared byte for byte.
    pub id: String,
    /// The payment provider's id of this subscription; belongs to one subscription of a store.
    pub provider_id: Option<String>,
    /// Who has bought.
    pub subscriber_id: String,
    /// What was bought.
    pub plan_id: String,
    /// Where it stands.
    pub status: SubscriptionStatus,
    /// When the period that is paid for began.
    pub current_period_start: DateTime<Utc>,
    /// When it ends.
    pub current_period_end: DateTime<Utc>,
    /// When its trial began, if it had one.
    pub trial_start: Option<DateTime<Utc>>,
    /// When its trial ends or ended, if it had one.
    pub trial_end: Option<DateTime<Utc>>,
    /// When it was canceled, if it was.
    pub canceled_at: Option<DateTime<Utc>>,
    /// When it was paused, if it is.
    pub paused_at: Option<DateTime<Utc>>,
    /// The caller's own notes.
    pub metadata: BTreeMap<String, String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed; the caller sets it.
    pub updated_at: DateTime<Utc>,
}

impl Subscription {
    /// A subscription made now, without provider id, trial or notes.
    #[must_use]
    pub fn new(
        id: impl Into<String>,
        subscriber_id: impl Into<String>,
        plan_id: impl Into<String>,
        status: SubscriptionStatus,
        period: Range<DateTime<Utc>>,
    ) -> Self {
        let now = to_micros(Utc::now());
        Self {
            id: id.into(),
            provider_id: None,
            subscriber_id: subscriber_id.into(),
            plan_id: plan_id.into(),
            status,
            current_period_start: to_micros(period.start),
            current_period_end: to_micros(period.end),
            trial_start: None,
            trial_end: None,
            canceled_at: None,
            paused_at: None,
            metadata: BTreeMap::new(),
            created_at: now,
            updated_at: now,
        }
    }
}

words! {
    /// Where a subscription stands.
    ///
    /// Any text round-trips: a word that is not listed here is kept as [`Other`](Self::Other).
    ///
    /// ```
    /// use store_core::SubscriptionStatus;
    ///
    /// assert_eq!(SubscriptionStatus::new("past_due"), SubscriptionStatus::PastDue);
    /// assert_eq!(SubscriptionStatus::new("incomplete").as_str(), "incomplete");
    /// ```
    SubscriptionStatus {
        /// `trialing`: in its trial; live.
        Trialing = status::TRIALING,
        /// `active`: live.
        Active = status::ACTIVE,
        /// `paused`
        Paused = status::PAUSED,
        /// `past_due`
        PastDue = status::PAST_DUE,
        /// `canceled`
        Canceled = status::CANCELED,
        /// `expired`
        Expired = status::EXPIRED,
    }
}

impl SubscriptionStatus {
    /// Whether a subscriber with such a subscription has what was bought: `Active` and `Trialing` only.
    ///
    /// ```
    /// use store_core::SubscriptionStatus;
    ///
    /// assert!(SubscriptionStatus::Trialing.is_live());
    /// assert!(!SubscriptionStatus::PastDue.is_live());
    /// ```
    #[must_use]
    pub fn is_live(&self) -> bool {
        status::LIVE.contains(&self.as_str())
    }
}

/// Which subscriptions to list: those that satisfy every part that is given; the default is all.
///
/// ```
/// use store_core::{SubscriptionFilter, SubscriptionStatus};
///
/// let unpaid = SubscriptionFilter { status: Some(SubscriptionStatus::PastDue), ..Default::default() };
/// assert_eq!(unpaid.subscriber_id, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubscriptionFilter {
    /// Only this subscriber's.
    pub subscriber_id: Option<String>,
    /// Only of this plan.
    pub plan_id: Option<String>,
    /// Only in this status.
    pub status: Option<SubscriptionStatus>,
}

/// A store of subscriptions.
///
/// # Contract
///
/// - What is saved is what is read, in every field, times cut by [`to_micros`].
/// - Ids are compared byte for byte: `BOB`, `bob` and `bob ` are three.
/// - A provider id belongs to one subscription; a second is
///   [`AlreadyExists`](crate::StoreError::AlreadyExists) with [`ProviderId`](crate::Conflict::ProviderId).
/// - In a store that is [atomic](AtomicSubscriptionStore) no call, [`save_subscription`](Self::save_subscription)
///   included, leaves two live subscriptions for one subscriber.
/// - A value that the store can't hold is [`InvalidInput`](crate::StoreError::InvalidInput); nothing is changed and
///   nothing truncated. A stored value that can't be read is [`Corrupt`](crate::StoreError::Corrupt).
/// - Each call happens whole or not at all, also when its future is dropped halfway.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), store_core::StoreError> {
/// use chrono::{TimeDelta, Utc};
/// use store_core::{Subscription, SubscriptionStatus, SubscriptionStore};
///
/// let subscriptions = store_memory::MemorySubscriptionStore::new();
/// let now = Utc::now();
/// let subscription =
///     Subscription::new("sub_1", "user_1", "pro", SubscriptionStatus::Active, now..now + TimeDelta::days(30));
/// subscriptions.save_subscription(&subscription).await?;
/// assert_eq!(subscriptions.get_active_subscription("user_1").await?.id, "sub_1");
/// # Ok(())
/// # }
/// ```
#[async_trait]
pub trait SubscriptionStore: Send + Sync {
    /// Creates or replaces the subscription with this id, and touches no other.
    ///
    /// # Errors
    /// `AlreadyExists` if another subscription has its provider id or, in an atomic store, if it is live and its
    /// subscriber has another live one; `InvalidInput` if a value can't be held.
    async fn save_subscription(&self, subscription: &Subscription) -> Result<()>;

    /// The subscription with this id.
    ///
    /// # Errors
    /// `NotFound` if there is none; `Corrupt` if its row can't be read.
    async fn get_subscription(&self, id: &str) -> Result<Subscription>;

    /// The subscription with this provider id.
    ///
    /// # Errors
    /// `NotFound` if there is none; `Corrupt` if its row can't be read.
    async fn get_subscription_by_provider_id(&self, provider_id: &str) -> Result<Subscription>;

    /// The live subscription of this subscriber; of several, which only a store that is not atomic can hold, the newest
    /// by `(created_at, id)`.
    ///
    /// # Errors
    /// `NotFound` if none is live; `Corrupt` if its row can't be read.
    async fn get_active_subscription(&self, subscriber_id: &str) -> Result<Subscription>;

    /// The subscriptions that the filter lets through, by `(created_at, id)`, ids by their bytes.
    ///
    /// # Errors
    /// `Corrupt` if one of the rows can't be read.
    async fn list_subscriptions(&self, filter: &SubscriptionFilter) -> Result<Vec<Subscription>>;

    /// Removes the subscription with this id.
    ///
    /// # Errors
    /// `NotFound` if there is none.
    async fn delete_subscription(&self, id: &str) -> Result<()>;

    /// The atomic extension, if this store has it.
    ///
    /// An engine that holds a `dyn SubscriptionStore` asks once, when it is built.
    fn as_atomic(&self) -> Option<&dyn AtomicSubscriptionStore> {
        None
    }
}

/// A store of subscriptions in which two sign-ups can't both win.
///
/// # Contract
///
/// Of any number of concurrent calls of
/// [`create_subscription_if_not_active`](Self::create_subscription_if_not_active) with live records for one subscriber,
/// from any number of connections and processes, exactly one succeeds, and the others get
/// [`AlreadyExists`](crate::StoreError::AlreadyExists).
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), store_core::StoreError> {
/// use chrono::{TimeDelta, Utc};
/// use store_core::{AtomicSubscriptionStore, Conflict, Subscription, SubscriptionStatus};
///
/// let subscriptions = store_memory::MemorySubscriptionStore::new();
/// let now = Utc::now();
/// let mut subscription =
///     Subscription::new("sub_1", "user_1", "pro", SubscriptionStatus::Active, now..now + TimeDelta::days(30));
/// subscriptions.create_subscription_if_not_active(&subscription).await?;
///
/// subscription.id = "sub_2".into();
/// let refused = subscriptions.create_subscription_if_not_active(&subscription).await.unwrap_err();
/// assert_eq!(refused.conflict(), Some(&Conflict::Live));
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't create a subscription atomically",
    label = "this store is not atomic",
    note = "add `atomic` to its `#[store(..)]`, beside `table`"
)]
#[async_trait]
pub trait AtomicSubscriptionStore: SubscriptionStore {
    /// Creates the subscription unless its subscriber has a live one; also a record that is not live is refused then.
    ///
    /// # Errors
    /// `AlreadyExists` if the id or the provider id is taken, or the subscriber has a live subscription, told in this
    /// order; `InvalidInput` if a value can't be held.
    async fn create_subscription_if_not_active(&self, subscription: &Subscription) -> Result<()>;
}
