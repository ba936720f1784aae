//! A subscription as it lies in memory.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use store_core::{Subscription, SubscriptionStatus};

/// A subscription whose ids lie together in one text.
///
/// Most of a look-up is waiting for memory, so what is small and together is found sooner: with a `String` for each id, as
/// the caller gets them, a look-up takes a quarter longer.
pub(crate) struct Packed {
    /// Its own, the subscriber's, the plan's and the provider's, one after the other.
    ids: Box<str>,
    id_end: usize,
    subscriber_id_end: usize,
    plan_id_end: usize,
    has_provider_id: bool,
    pub(crate) status: SubscriptionStatus,
    current_period_start: DateTime<Utc>,
    current_period_end: DateTime<Utc>,
    trial_start: Option<DateTime<Utc>>,
    trial_end: Option<DateTime<Utc>>,
    canceled_at: Option<DateTime<Utc>>,
    paused_at: Option<DateTime<Utc>>,
    metadata: BTreeMap<String, String>,
    pub(crate) created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl Packed {
    pub(crate) fn new(subscription: Subscription) -> Self {
        let Subscription { id, subscriber_id, plan_id, provider_id, .. } = &subscription;
        let id_end = id.len();
        let subscriber_id_end = id_end + subscriber_id.len();
        let plan_id_end = subscriber_id_end + plan_id.len();
        Self {
            // Without a provider id nothing follows, as with an empty one: the flag tells.
            ids: [id, subscriber_id, plan_id, provider_id.as_deref().unwrap_or_default()].concat().into(),
            id_end,
            subscriber_id_end,
            plan_id_end,
            has_provider_id: provider_id.is_some(),
            status: subscription.status,
            current_period_start: subscription.current_period_start,
            current_period_end: subscription.current_period_end,
            trial_start: subscription.trial_start,
            trial_end: subscription.trial_end,
            canceled_at: subscription.canceled_at,
            paused_at: subscription.paused_at,
            metadata: subscription.metadata,
            created_at: subscription.created_at,
            updated_at: subscription.updated_at,
        }
    }

    pub(crate) fn unpack(&self) -> Subscription {
        Subscription {
            id: self.id().to_owned(),
            provider_id: self.provider_id().map(str::to_owned),
            subscriber_id: self.subscriber_id().to_owned(),
            plan_id: self.plan_id().to_owned(),
            status: self.status.clone(),
            current_period_start: self.current_period_start,
            current_period_end: self.current_period_end,
            trial_start: self.trial_start,
            trial_end: self.trial_end,
            canceled_at: self.canceled_at,
            paused_at: self.paused_at,
            metadata: self.metadata.clone(),
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }

    pub(crate) fn id(&self) -> &str {
        &self.ids[..self.id_end]
    }

    pub(crate) fn subscriber_id(&self) -> &str {
        &self.ids[self.id_end..self.subscriber_id_end]
    }

    pub(crate) fn plan_id(&self) -> &str {
        &self.ids[self.subscriber_id_end..self.plan_id_end]
    }

    pub(crate) fn provider_id(&self) -> Option<&str> {
        self.has_provider_id.then(|| &self.ids[self.plan_id_end..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_out_as_it_went_in() {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        let mut subscription = Subscription::new("id", "", "plan \u{e9}", "unheard of".into(), at(1)..at(2));
        subscription.trial_start = Some(at(3));
        subscription.trial_end = Some(at(4));
        subscription.canceled_at = Some(at(5));
        subscription.paused_at = Some(at(6));
        subscription.created_at = at(7);
        subscription.updated_at = at(8);
        subscription.metadata = [("key".into(), "value".into())].into();
        for provider_id in [None, Some(""), Some("\u{1f600}")] {
            subscription.provider_id = provider_id.map(str::to_owned);
            assert_eq!(Packed::new(subscription.clone()).unpack(), subscription);
        }
    }
}
