use chrono::{DateTime, Utc};
use store_core::mapping::Constant;
use store_core::{
    AtomicSubscriptionStore, Conflict, Entity, Result, StoreError, Subscription, SubscriptionFilter,
    SubscriptionStatus, SubscriptionStore, async_trait,
};

use super::{Broken, Narrow, Narrowed, Said};
use crate::subscriptions::Atomic;

const STATUSES: &[&str] = &["active", "canceled"];

impl Narrowed for Subscription {
    const ALWAYS: (&'static str, &'static str) = ("plan_id", "membership");
    const WORDS: Option<(&'static str, &'static [&'static str])> = Some(("status", STATUSES));
    const NUMBER: Option<&'static str> = None;
    const TIMES: [&'static str; 2] = ["created_at", "updated_at"];
    const NONE: (&'static str, Constant<'static>) = ("provider_id", Constant::Text(""));
    const SHARED: (&'static str, &'static str) = ("provider_id", "id");
    const DROPPED: (&'static str, Option<&'static str>) = ("canceled_at", None);
    const DECIDED: Option<&'static str> = Some("status");

    fn always(&mut self) -> &mut String {
        &mut self.plan_id
    }

    fn number(&mut self) -> Option<&mut i64> {
        None
    }

    fn cut(&mut self) -> &mut DateTime<Utc> {
        &mut self.created_at
    }

    fn exact(&mut self) -> Option<&mut DateTime<Utc>> {
        Some(&mut self.updated_at)
    }

    fn is_none_value(&self) -> bool {
        self.provider_id.as_deref() == Some("")
    }

    fn set_none(&mut self) {
        self.provider_id = None;
    }

    fn is_missing(&self) -> bool {
        self.provider_id.is_none()
    }

    fn is_shared(&self) -> bool {
        self.provider_id.as_deref() == Some(&self.id)
    }

    fn share(&mut self) {
        self.provider_id = Some(self.id.clone());
    }

    fn drop_time(&mut self) -> bool {
        self.canceled_at.take().is_some()
    }

    fn made(&mut self) -> &mut DateTime<Utc> {
        &mut self.updated_at
    }

    fn agree(&mut self) -> bool {
        let time = self.canceled_at.unwrap_or(self.updated_at);
        let canceled_at = (self.status == SubscriptionStatus::Canceled).then_some(time);
        std::mem::replace(&mut self.canceled_at, canceled_at) != canceled_at
    }
}

impl Narrow<Atomic> {
    async fn others(&self, new: &Subscription) -> Result<Vec<Subscription>> {
        let mut listed = self.store.list_subscriptions(&SubscriptionFilter::default()).await?;
        listed.retain(|one| one.id != new.id);
        Ok(listed)
    }

    /// What beside the sound store's own rules stands in the way of a record.
    async fn check(&self, new: &Subscription) -> Result<()> {
        let others = self.others(new).await?;
        let second = others.iter().any(|one| one.subscriber_id == new.subscriber_id);
        let taken = new.provider_id.is_some() && others.iter().any(|one| one.provider_id == new.provider_id);
        if self.said == Said::OneEach && taken {
            return Err(super::provider_id_is_taken::<Subscription>());
        }
        if self.said == Said::OneEach && second && !self.is(Broken::SecondIsTaken) {
            return Err(StoreError::AlreadyExists { entity: Entity::Subscription, conflict: Conflict::Live });
        }
        if self.is(Broken::RepeatIsRefused) && taken {
            return Err(super::provider_id_is_taken::<Subscription>());
        }
        Ok(())
    }

    async fn half_done(&self, new: &Subscription) -> Result<()> {
        if !self.is(Broken::RefusedReplacementIsHalfDone) {
            return Ok(());
        }
        let Ok(old) = self.store.get_subscription(&new.id).await else { return Ok(()) };
        self.store
            .save_subscription(&Subscription { subscriber_id: new.subscriber_id.clone() + "7", ..old })
            .await
    }
}

#[async_trait]
impl SubscriptionStore for Narrow<Atomic> {
    async fn save_subscription(&self, subscription: &Subscription) -> Result<()> {
        match self.taken_in(subscription) {
            Ok(subscription) => {
                self.check(&subscription).await?;
                self.store.save_subscription(&subscription).await
            }
            Err(error) => {
                self.half_done(subscription).await?;
                Err(error)
            }
        }
    }

    async fn get_subscription(&self, id: &str) -> Result<Subscription> {
        self.key::<Subscription>(id)?;
        self.store.get_subscription(id).await
    }

    async fn get_subscription_by_provider_id(&self, provider_id: &str) -> Result<Subscription> {
        let mut listed = self.store.list_subscriptions(&SubscriptionFilter::default()).await?;
        listed.retain(|one| one.provider_id.as_deref() == Some(provider_id));
        if self.is(Broken::RepeatFindsTheOldest) {
            listed.reverse();
        }
        listed.sort_by_key(|one| one.status.is_live() && !self.is(Broken::RepeatFindsTheOldest));
        let not_found = || StoreError::NotFound { entity: Entity::Subscription, key: provider_id.into() };
        listed.pop().ok_or_else(not_found)
    }

    async fn get_active_subscription(&self, subscriber_id: &str) -> Result<Subscription> {
        self.store.get_active_subscription(subscriber_id).await
    }

    async fn list_subscriptions(&self, filter: &SubscriptionFilter) -> Result<Vec<Subscription>> {
        let mut filter = filter.clone();
        let is_unknown = filter.status.as_ref().is_some_and(|status| !STATUSES.contains(&status.as_str()));
        if is_unknown && self.is(Broken::UnknownStatusListsAll) {
            filter.status = None;
        }
        Ok(self.sorted(self.store.list_subscriptions(&filter).await?))
    }

    async fn delete_subscription(&self, id: &str) -> Result<()> {
        self.store.delete_subscription(id).await?;
        self.delete(id);
        Ok(())
    }

    fn as_atomic(&self) -> Option<&dyn AtomicSubscriptionStore> {
        Some(self)
    }
}

#[async_trait]
impl AtomicSubscriptionStore for Narrow<Atomic> {
    async fn create_subscription_if_not_active(&self, subscription: &Subscription) -> Result<()> {
        if self.is(Broken::CreateChecksNothing) {
            return self.store.create_subscription_if_not_active(subscription).await;
        }
        let subscription = self.taken_in(subscription)?;
        if self.store.get_subscription(&subscription.id).await.is_err() {
            self.check(&subscription).await?;
        }
        self.store.create_subscription_if_not_active(&subscription).await
    }
}
