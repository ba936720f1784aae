//! The store of subscriptions.

use std::collections::BTreeMap;
use std::sync::Arc;

use store_core::{
    AtomicSubscriptionStore, Conflict, Entity, Result, StoreError, Subscription, SubscriptionFilter,
    SubscriptionStore, async_trait, to_micros,
};

use crate::index::{Index, Key};
use crate::packed::Packed;
use crate::shared::Shared;

/// Subscriptions in memory, at most one of them live for each subscriber; a clone is a handle to the same subscriptions.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), store_core::StoreError> {
/// use chrono::{TimeDelta, Utc};
/// use store_core::{Subscription, SubscriptionStatus, SubscriptionStore};
/// use store_memory::MemorySubscriptionStore;
///
/// let subscriptions = MemorySubscriptionStore::new();
/// let month = Utc::now()..Utc::now() + TimeDelta::days(30);
/// let mut subscription = Subscription::new("sub_1", "user_1", "pro", SubscriptionStatus::Active, month);
/// subscriptions.save_subscription(&subscription).await?;
///
/// subscription.status = SubscriptionStatus::Canceled;
/// subscriptions.save_subscription(&subscription).await?;
/// assert!(subscriptions.get_active_subscription("user_1").await.unwrap_err().is_not_found());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct MemorySubscriptionStore {
    state: Shared<State>,
}

impl MemorySubscriptionStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

#[async_trait]
impl SubscriptionStore for MemorySubscriptionStore {
    async fn save_subscription(&self, subscription: &Subscription) -> Result<()> {
        let subscription = as_stored(subscription);
        self.state.write().save(subscription)
    }

    async fn get_subscription(&self, id: &str) -> Result<Subscription> {
        get(&self.state.read().by_id, id)
    }

    async fn get_subscription_by_provider_id(&self, provider_id: &str) -> Result<Subscription> {
        get(&self.state.read().by_provider_id, provider_id)
    }

    async fn get_active_subscription(&self, subscriber_id: &str) -> Result<Subscription> {
        get(&self.state.read().live_by_subscriber, subscriber_id)
    }

    async fn list_subscriptions(&self, filter: &SubscriptionFilter) -> Result<Vec<Subscription>> {
        Ok(self.state.read().list(filter))
    }

    async fn delete_subscription(&self, id: &str) -> Result<()> {
        self.state.write().remove(id).map(drop).ok_or_else(|| not_found(id))
    }

    fn as_atomic(&self) -> Option<&dyn AtomicSubscriptionStore> {
        Some(self)
    }
}

#[async_trait]
impl AtomicSubscriptionStore for MemorySubscriptionStore {
    async fn create_subscription_if_not_active(&self, subscription: &Subscription) -> Result<()> {
        let subscription = as_stored(subscription);
        self.state.write().create(subscription)
    }
}

/// Every index leads to the record itself, so that each look-up is one step.
#[derive(Default)]
struct State {
    by_id: Index<Id>,
    by_provider_id: Index<ProviderId>,
    live_by_subscriber: Index<LiveSubscriber>,
    by_subscriber_and_id: BTreeMap<(String, String), Arc<Packed>>,
}

struct Id;
impl Key for Id {
    fn of(subscription: &Packed) -> Option<&str> {
        Some(subscription.id())
    }
}

struct ProviderId;
impl Key for ProviderId {
    fn of(subscription: &Packed) -> Option<&str> {
        subscription.provider_id()
    }
}

struct LiveSubscriber;
impl Key for LiveSubscriber {
    fn of(subscription: &Packed) -> Option<&str> {
        subscription.status.is_live().then(|| subscription.subscriber_id())
    }
}

impl State {
    fn save(&mut self, subscription: Subscription) -> Result<()> {
        self.refuse_second_provider_id(&subscription)?;
        if subscription.status.is_live() {
            self.refuse_second_live(&subscription)?;
        }
        self.remove(&subscription.id);
        self.insert(subscription);
        Ok(())
    }

    fn create(&mut self, subscription: Subscription) -> Result<()> {
        if self.by_id.get(&subscription.id).is_some() {
            return Err(refused(Conflict::Id));
        }
        self.refuse_second_provider_id(&subscription)?;
        self.refuse_second_live(&subscription)?;
        self.insert(subscription);
        Ok(())
    }

    fn refuse_second_provider_id(&self, subscription: &Subscription) -> Result<()> {
        let owner =
            subscription.provider_id.as_ref().and_then(|provider_id| self.by_provider_id.get(provider_id));
        match owner {
            Some(owner) if owner.id() != subscription.id => Err(refused(Conflict::ProviderId)),
            _ => Ok(()),
        }
    }

    fn refuse_second_live(&self, subscription: &Subscription) -> Result<()> {
        match self.live_by_subscriber.get(&subscription.subscriber_id) {
            Some(live) if live.id() != subscription.id => Err(refused(Conflict::Live)),
            _ => Ok(()),
        }
    }

    fn list(&self, filter: &SubscriptionFilter) -> Vec<Subscription> {
        let mut subscriptions: Vec<_> = match &filter.subscriber_id {
            Some(subscriber_id) => {
                self.of_subscriber(subscriber_id).filter(|found| matches(filter, found)).collect()
            }
            None => self.by_id.iter().filter(|found| matches(filter, found)).collect(),
        };
        subscriptions.sort_unstable_by_key(|found| (found.created_at, found.id()));
        subscriptions.into_iter().map(|found| found.unpack()).collect()
    }

    fn of_subscriber(&self, subscriber_id: &str) -> impl Iterator<Item = &Arc<Packed>> {
        self.by_subscriber_and_id
            .range((subscriber_id.to_owned(), String::new())..)
            .map(|(_, subscription)| subscription)
            .take_while(move |subscription| subscription.subscriber_id() == subscriber_id)
    }

    // Only these two change the indexes.

    fn insert(&mut self, subscription: Subscription) {
        let subscription = Arc::new(Packed::new(subscription));
        self.by_id.insert(&subscription);
        self.by_provider_id.insert(&subscription);
        self.live_by_subscriber.insert(&subscription);
        self.by_subscriber_and_id.insert(subscriber_and_id(&subscription), subscription);
    }

    fn remove(&mut self, id: &str) -> Option<()> {
        let subscription = self.by_id.get(id).cloned()?;
        self.by_id.remove(&subscription);
        self.by_provider_id.remove(&subscription);
        self.live_by_subscriber.remove(&subscription);
        self.by_subscriber_and_id.remove(&subscriber_and_id(&subscription));
        Some(())
    }
}

fn get<K: Key>(index: &Index<K>, key: &str) -> Result<Subscription> {
    index.get(key).map(|found| found.unpack()).ok_or_else(|| not_found(key))
}

fn matches(filter: &SubscriptionFilter, subscription: &Packed) -> bool {
    filter.plan_id.as_ref().is_none_or(|plan_id| plan_id == subscription.plan_id())
        && filter.status.as_ref().is_none_or(|status| *status == subscription.status)
}

fn subscriber_and_id(subscription: &Packed) -> (String, String) {
    (subscription.subscriber_id().to_owned(), subscription.id().to_owned())
}

fn as_stored(subscription: &Subscription) -> Subscription {
    Subscription {
        current_period_start: to_micros(subscription.current_period_start),
        current_period_end: to_micros(subscription.current_period_end),
        trial_start: subscription.trial_start.map(to_micros),
        trial_end: subscription.trial_end.map(to_micros),
        canceled_at: subscription.canceled_at.map(to_micros),
        paused_at: subscription.paused_at.map(to_micros),
        created_at: to_micros(subscription.created_at),
        updated_at: to_micros(subscription.updated_at),
        ..subscription.clone()
    }
}

fn not_found(key: &str) -> StoreError {
    StoreError::NotFound { entity: Entity::Subscription, key: key.to_owned() }
}

fn refused(conflict: Conflict) -> StoreError {
    StoreError::AlreadyExists { entity: Entity::Subscription, conflict }
}
