//! A subscription store that makes one mistake: a plain one, and an atomic one around it.

use std::collections::BTreeMap;
use std::sync::Mutex;

use chrono::{DateTime, Utc};
use store_core::contract::Corruptible;
use store_core::{
    AtomicSubscriptionStore, Conflict, Entity, Result, StoreError, Subscription, SubscriptionFilter,
    SubscriptionStatus, SubscriptionStore, async_trait,
};

use crate::fault::Fault;
use crate::rows::{Row, Rows, pause};

impl Row for Subscription {
    const ENTITY: Entity = Entity::Subscription;

    fn id(&self) -> &str {
        &self.id
    }

    fn set_id(&mut self, id: String) {
        self.id = id;
    }

    fn provider_id(&self) -> Option<&str> {
        self.provider_id.as_deref()
    }

    fn set_provider_id(&mut self, provider_id: Option<String>) {
        self.provider_id = provider_id;
    }

    fn metadata(&mut self) -> &mut BTreeMap<String, String> {
        &mut self.metadata
    }

    fn times(&mut self) -> Vec<&mut DateTime<Utc>> {
        let always = [
            &mut self.current_period_start,
            &mut self.current_period_end,
            &mut self.created_at,
            &mut self.updated_at,
        ];
        let perhaps =
            [&mut self.trial_start, &mut self.trial_end, &mut self.canceled_at, &mut self.paused_at];
        always.into_iter().chain(perhaps.into_iter().flatten()).collect()
    }

    fn time(&self) -> DateTime<Utc> {
        self.created_at
    }

    fn set_time(&mut self, time: DateTime<Utc>) {
        self.created_at = time;
    }

    fn word(&self) -> Option<(&str, &'static str)> {
        Some((self.status.as_str(), "expired"))
    }

    fn set_word(&mut self, word: &str) {
        self.status = SubscriptionStatus::new(word);
    }
}

pub(crate) struct Subscriptions {
    rows: Rows<Subscription>,
    /// What a look-up that is not kept up to date remembers: the first row by its provider id or subscriber.
    stale: Mutex<BTreeMap<String, String>>,
    atomic: bool,
}

impl Subscriptions {
    pub(crate) fn plain(fault: Option<Fault>) -> Self {
        Self { rows: Rows::new(fault), stale: Mutex::default(), atomic: false }
    }

    pub(crate) fn atomic(fault: Option<Fault>) -> Atomic {
        Atomic { store: Self { atomic: true, ..Self::plain(fault) }, another: Self::plain(None) }
    }

    fn has(&self, fault: Fault) -> bool {
        self.rows.has(fault)
    }

    fn is_live(&self, subscription: &Subscription) -> bool {
        let status = &subscription.status;
        match status {
            SubscriptionStatus::Trialing => !self.has(Fault::TrialingIsNotLive),
            SubscriptionStatus::PastDue => self.has(Fault::PastDueIsLive),
            SubscriptionStatus::Other(word) if self.has(Fault::LiveIsAnyCase) => {
                word.as_str().eq_ignore_ascii_case("active")
            }
            _ => status.is_live(),
        }
    }

    fn same_subscriber(&self, one: &Subscription, other: &Subscription) -> bool {
        let (one, other) = (&one.subscriber_id, &other.subscriber_id);
        one == other || self.has(Fault::CreateFoldsSubscribers) && one.eq_ignore_ascii_case(other)
    }

    /// Whether the subscriber of this one has a live subscription under another id.
    fn has_rival(&self, rows: &[Subscription], new: &Subscription) -> bool {
        rows.iter().any(|row| row.id != new.id && self.is_live(row) && self.same_subscriber(row, new))
    }

    fn check_save(&self, rows: &[Subscription], new: &Subscription) -> Result<()> {
        let own = rows.iter().find(|row| row.id == new.id);
        if self.has(Fault::ReplacingRefused) && own.is_some() {
            return self.rows.refused(Conflict::Id);
        }
        let guarded = self.atomic
            && match self.rows.fault() {
                Some(Fault::SaveUnguarded) => false,
                Some(Fault::SaveGuardsNewRecordsOnly) => own.is_none(),
                Some(Fault::SaveGuardsStatusOnly) => own.is_none_or(|own| !self.is_live(own)),
                _ => true,
            };
        let mut guarded = guarded || self.has(Fault::SaveRefusesSecondLive);
        guarded &= self.is_live(new);
        let rival = guarded
            && (self.has_rival(rows, new)
                || self.has(Fault::SaveRefusesItsOwn) && own.is_some_and(|own| self.is_live(own)));
        if rival && self.has(Fault::SaveTellsLiveFirst) {
            return self.rows.refused(Conflict::Live);
        }
        self.rows.check_provider_id(rows, new)?;
        if rival { self.rows.refused(Conflict::Live) } else { Ok(()) }
    }

    fn check_create(&self, rows: &[Subscription], new: &Subscription) -> Result<()> {
        let told = |conflict| {
            self.rows.refused(if self.has(Fault::CreateTellsIdAlways) { Conflict::Id } else { conflict })
        };
        let rival = match self.rows.fault() {
            Some(Fault::CreateUnguarded) => false,
            Some(Fault::CreateGuardsTheLiveOnly) => self.is_live(new) && self.has_rival(rows, new),
            Some(Fault::CreateGuardsTrialingApart) => rows
                .iter()
                .any(|row| self.is_live(row) && self.same_subscriber(row, new) && row.status == new.status),
            Some(Fault::CreateRefusedByTheEnded) => rows.iter().any(|row| self.same_subscriber(row, new)),
            Some(Fault::CreateRefusedByEverybody) => rows.iter().any(|row| self.is_live(row)),
            Some(Fault::CreateEndsTheOther) => false,
            _ => self.has_rival(rows, new),
        };
        if rival && self.has(Fault::CreateTellsLiveFirst) {
            return told(Conflict::Live);
        }
        if rows.iter().any(|row| self.rows.same_id(&row.id, &new.id)) && !self.has(Fault::CreateReplaces) {
            return told(Conflict::Id);
        }
        self.rows.check_provider_id(rows, new).or_else(|_| told(Conflict::ProviderId))?;
        if rival { told(Conflict::Live) } else { Ok(()) }
    }

    async fn create(&self, subscription: &Subscription) -> Result<()> {
        let mut new = self.rows.taken_in(subscription)?;
        match self.rows.fault() {
            Some(Fault::CreateLosesMetadata) => new.metadata.clear(),
            Some(Fault::CreateEndsTheOther) if self.is_live(&new) => {
                let mut rows = self.rows.lock();
                for row in rows.iter_mut().filter(|row| row.id != new.id && self.same_subscriber(row, &new)) {
                    row.status = SubscriptionStatus::Expired;
                }
            }
            Some(Fault::CreateChecksThenInserts) => {
                self.check_create(&self.rows.lock(), &new)?;
                pause().await;
                // The keys of the table still hold, only the look for a live one is too early.
                let keys = |rows: &[Subscription], new: &Subscription| match self.check_create(rows, new) {
                    Err(StoreError::AlreadyExists { conflict: Conflict::Live, .. }) => Ok(()),
                    checked => checked,
                };
                return self.rows.write(new, keys).await;
            }
            Some(Fault::CreateRefusedAfterDelete)
                if self.stale.lock().unwrap().contains_key(&new.subscriber_id) =>
            {
                return self.rows.refused(Conflict::Live);
            }
            Some(Fault::CreateFailsInARace) => {
                let before = self.rows.lock().len();
                pause().await;
                if self.rows.lock().len() != before {
                    let lost = store_core::Extent::Statement;
                    return Err(StoreError::Transient { lost, source: "deadlock".into() });
                }
            }
            Some(Fault::CreateHalfWritten) => {
                let mut half = new.clone();
                half.metadata.clear();
                self.rows.write(half, |rows, new| self.check_create(rows, new)).await?;
                pause().await;
                return self.rows.write(new, |_, _| Ok(())).await;
            }
            _ => {}
        }
        let written = self.rows.write(new, |rows, new| self.check_create(rows, new)).await;
        if self.has(Fault::CreateSwallows) { Ok(()) } else { written }
    }

    fn stale(&self, key: String, now: Option<&Subscription>) -> Option<String> {
        let mut stale = self.stale.lock().unwrap();
        if let Some(now) = now {
            stale.entry(key.clone()).or_insert_with(|| now.id.clone());
        }
        stale.get(&key).cloned()
    }
}

#[async_trait]
impl SubscriptionStore for Subscriptions {
    async fn save_subscription(&self, subscription: &Subscription) -> Result<()> {
        let new = self.rows.taken_in(subscription)?;
        if self.has(Fault::SaveChecksThenInserts) {
            self.check_save(&self.rows.lock(), &new)?;
            pause().await;
            return self.rows.write(new, |rows, new| self.rows.check_provider_id(rows, new)).await;
        }
        self.rows.write(new, |rows, new| self.check_save(rows, new)).await
    }

    async fn get_subscription(&self, id: &str) -> Result<Subscription> {
        self.rows.get(id)
    }

    async fn get_subscription_by_provider_id(&self, provider_id: &str) -> Result<Subscription> {
        let rows = self.rows.lock();
        let folded = self.has(Fault::ProviderIdFolded);
        let is_it = |id: &str| id == provider_id || folded && id.eq_ignore_ascii_case(provider_id);
        let mut row = rows.iter().find(|row| row.provider_id.as_deref().is_some_and(is_it));
        if self.has(Fault::ProviderLookUpIsStale) {
            let id = self.stale(provider_id.into(), row);
            row = rows.iter().find(|row| Some(&row.id) == id.as_ref());
        }
        self.rows.found(row, provider_id)
    }

    async fn get_active_subscription(&self, subscriber_id: &str) -> Result<Subscription> {
        let rows = self.rows.lock();
        let folded = self.has(Fault::LookUpFoldsSubscribers);
        let theirs = |row: &&Subscription| {
            row.subscriber_id == subscriber_id
                || folded && row.subscriber_id.eq_ignore_ascii_case(subscriber_id)
        };
        let theirs = rows.iter().filter(theirs);
        let live = theirs.clone().filter(|row| self.is_live(row));
        let row = match self.rows.fault() {
            Some(Fault::ActiveMindsThePeriod) => live
                .filter(|row| row.current_period_end > Utc::now())
                .max_by_key(|row| (row.created_at, &row.id)),
            Some(Fault::ActiveIsTheOldest) => live.min_by_key(|row| (row.created_at, &row.id)),
            Some(Fault::ActiveTiesAsSaved) => live.max_by_key(|row| row.created_at),
            Some(Fault::ActiveIsTheNewestOfAll) => {
                theirs.max_by_key(|row| (row.created_at, &row.id)).filter(|row| self.is_live(row))
            }
            Some(Fault::ActiveIsStale) => {
                let id = self.stale(subscriber_id.into(), live.max_by_key(|row| (row.created_at, &row.id)));
                rows.iter().find(|row| Some(&row.id) == id.as_ref())
            }
            _ => live.max_by_key(|row| (row.created_at, &row.id)),
        };
        self.rows.found(row, subscriber_id)
    }

    async fn list_subscriptions(&self, filter: &SubscriptionFilter) -> Result<Vec<Subscription>> {
        self.rows.list(|row| {
            let fold = |text: &str| {
                if self.has(Fault::FilterFoldsPlans) { text.to_lowercase() } else { text.to_owned() }
            };
            let subscriber_id = filter.subscriber_id.as_ref().map(|id| *id == row.subscriber_id);
            let plan_id = filter.plan_id.as_ref().map(|id| fold(id) == fold(&row.plan_id));
            let status = filter.status.as_ref().map(|status| {
                *status == row.status
                    || self.has(Fault::FilterActiveIsLive) && status.is_live() && row.status.is_live()
            });
            let parts = match self.rows.fault() {
                Some(Fault::FilterIgnoresSubscriber) => [None, plan_id, status],
                Some(Fault::FilterIgnoresPlan) => [subscriber_id, None, status],
                Some(Fault::FilterEmptyIsNone) if filter.plan_id.as_deref() == Some("") => {
                    [subscriber_id, None, status]
                }
                Some(Fault::FilterIgnoresStatus) => [subscriber_id, plan_id, None],
                _ => [subscriber_id, plan_id, status],
            };
            if self.has(Fault::FilterTakesAnyPart) {
                return parts.contains(&Some(true)) || parts == [None; 3];
            }
            !parts.contains(&Some(false))
        })
    }

    async fn delete_subscription(&self, id: &str) -> Result<()> {
        if self.has(Fault::CreateRefusedAfterDelete)
            && let Ok(deleted) = self.rows.get(id)
        {
            self.stale.lock().unwrap().insert(deleted.subscriber_id, deleted.id);
        }
        self.rows.remove(id)
    }

    fn as_atomic(&self) -> Option<&dyn AtomicSubscriptionStore> {
        self.has(Fault::ExtensionUnclaimed).then_some(self)
    }
}

#[async_trait]
impl AtomicSubscriptionStore for Subscriptions {
    async fn create_subscription_if_not_active(&self, subscription: &Subscription) -> Result<()> {
        self.create(subscription).await
    }
}

#[async_trait]
impl Corruptible for Subscriptions {
    async fn corrupt(&self, _: Entity, id: &str, field: &str) -> Option<String> {
        self.rows.corrupt(id, field)
    }
}

pub(crate) struct Atomic {
    store: Subscriptions,
    another: Subscriptions,
}

#[async_trait]
impl SubscriptionStore for Atomic {
    async fn save_subscription(&self, subscription: &Subscription) -> Result<()> {
        self.store.save_subscription(subscription).await
    }

    async fn get_subscription(&self, id: &str) -> Result<Subscription> {
        self.store.get_subscription(id).await
    }

    async fn get_subscription_by_provider_id(&self, provider_id: &str) -> Result<Subscription> {
        self.store.get_subscription_by_provider_id(provider_id).await
    }

    async fn get_active_subscription(&self, subscriber_id: &str) -> Result<Subscription> {
        self.store.get_active_subscription(subscriber_id).await
    }

    async fn list_subscriptions(&self, filter: &SubscriptionFilter) -> Result<Vec<Subscription>> {
        self.store.list_subscriptions(filter).await
    }

    async fn delete_subscription(&self, id: &str) -> Result<()> {
        self.store.delete_subscription(id).await
    }

    fn as_atomic(&self) -> Option<&dyn AtomicSubscriptionStore> {
        match self.store.rows.fault() {
            Some(Fault::ExtensionAbsent) => None,
            Some(Fault::ExtensionOfAnother) => Some(&self.another),
            _ => Some(self),
        }
    }
}

#[async_trait]
impl AtomicSubscriptionStore for Atomic {
    async fn create_subscription_if_not_active(&self, subscription: &Subscription) -> Result<()> {
        self.store.create(subscription).await
    }
}

#[async_trait]
impl Corruptible for Atomic {
    async fn corrupt(&self, entity: Entity, id: &str, field: &str) -> Option<String> {
        self.store.corrupt(entity, id, field).await
    }
}
