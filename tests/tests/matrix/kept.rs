//! Records of each kind, as a store keeps them.

use std::fmt::Debug;

use chrono::{DateTime, Utc};
use store_core::contract::fields::Fields;
use store_core::{
    Plan, PlanFilter, PlanInterval, Result, Subscription, SubscriptionFilter, SubscriptionStatus, UsageRecord,
};

use crate::world::Stored;

/// A record that is saved and read.
pub(crate) trait Kept: Fields + Clone + Debug + PartialEq {
    /// A record of which every field is to be set.
    fn blank() -> Self;
    async fn save(&self, store: &dyn Stored) -> Result<()>;
    /// Every record; of usage that of the same subscription.
    async fn beside(&self, store: &dyn Stored) -> Result<Vec<Self>>;
}

impl Kept for Plan {
    fn blank() -> Self {
        Self::new("", "", 0, "", PlanInterval::Month)
    }

    async fn save(&self, store: &dyn Stored) -> Result<()> {
        store.save_plan(self).await
    }

    async fn beside(&self, store: &dyn Stored) -> Result<Vec<Self>> {
        store.list_plans(&PlanFilter::default()).await
    }
}

impl Kept for Subscription {
    fn blank() -> Self {
        let time = DateTime::UNIX_EPOCH;
        Self::new("", "", "", SubscriptionStatus::Paused, time..time)
    }

    async fn save(&self, store: &dyn Stored) -> Result<()> {
        store.save_subscription(self).await
    }

    async fn beside(&self, store: &dyn Stored) -> Result<Vec<Self>> {
        store.list_subscriptions(&SubscriptionFilter::default()).await
    }
}

impl Kept for UsageRecord {
    fn blank() -> Self {
        Self::new("", "", "", 0, DateTime::UNIX_EPOCH)
    }

    async fn save(&self, store: &dyn Stored) -> Result<()> {
        store.save_usage_record(self).await
    }

    async fn beside(&self, store: &dyn Stored) -> Result<Vec<Self>> {
        let [from, to] = ALWAYS;
        store.list_usage_records(&self.subscription_id, from, to).await
    }
}

/// All of time.
pub(crate) const ALWAYS: [DateTime<Utc>; 2] = [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC];
