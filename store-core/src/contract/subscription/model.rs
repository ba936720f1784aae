//! Random operations, held against a model that a reader sees through at once.

use std::collections::BTreeMap;

use store_model::mapping::Weaker;

use crate::contract::every::{Editable, Keeper};
use crate::contract::rule::Outcome;
use crate::contract::samples::{ALIKE, Random, unlike};
use crate::contract::seen::Refusal;
use crate::error::Conflict;
use crate::subscription::{Subscription, SubscriptionFilter, SubscriptionStatus};

use super::SubscriptionSubject;

const FEW: &[&str] = &["a", "A", "b"];
const STATUSES: &[&str] = &["active", "trialing", "paused", "canceled", "ACTIVE"];

struct Model {
    atomic: bool,
    repeats: bool,
    one_each: bool,
    /// Ids of what was deleted, where they stay, with the provider ids.
    deleted: Option<BTreeMap<String, Option<String>>>,
    records: BTreeMap<String, Subscription>,
}

pub(super) async fn random_operations_agree_with_a_model(subscriptions: SubscriptionSubject) -> Outcome {
    let fit = subscriptions.fit();
    let mut model = Model {
        atomic: subscriptions.atomic.is_some(),
        repeats: fit.is(&Weaker::ProviderIdRepeats),
        one_each: fit.is(&Weaker::OnePerSubscriber),
        deleted: fit.is(&Weaker::DeletedIdsStay).then(BTreeMap::new),
        records: BTreeMap::new(),
    };
    let (ids, keys) =
        (unlike(ALIKE, fit.folds("id")), unlike(FEW, fit.folds("provider_id") || fit.folds("subscriber_id")));
    let mut random = Random::new();
    for _ in 0..subscriptions.scale.operations {
        let (name, key) = (random.pick(&ids), random.pick(&keys));
        let id = &subscriptions.key(name);
        let (subscriber, provider) = (&subscriptions.subscriber(key), &subscriptions.provider(key));
        match random.below(10) {
            0..3 => {
                let subscription = any(&subscriptions, id, &mut random);
                if model.is_held(&subscription) {
                    continue;
                }
                subscriptions.save(&subscription).await.agrees(&model.save(subscription))?;
            }
            3..5 if model.atomic => {
                let subscription = any(&subscriptions, id, &mut random);
                if model.is_held(&subscription) {
                    continue;
                }
                subscriptions.create(&subscription).await.agrees(&model.create(subscription))?;
            }
            5 => {
                subscriptions.delete(id).await.agrees(&model.delete(id))?;
            }
            6 => subscriptions.get(id).await.agrees(&found(model.records.get(id)))?,
            7 => {
                subscriptions.by_provider_id(provider).await.agrees(&found(model.provided(provider)))?;
            }
            8 => subscriptions.active(subscriber).await.agrees(&found(model.active(subscriber)))?,
            _ => {
                let filter = subscriptions.filter(SubscriptionFilter {
                    subscriber_id: random.pick(&[None, Some(key)]).map(String::from),
                    plan_id: random.pick(&[None, Some("a")]).map(String::from),
                    status: random.pick(&[None, Some("paused"), Some("active")]).map(SubscriptionStatus::new),
                });
                let expected = subscriptions.selected(model.records.values(), &filter);
                subscriptions.list(&filter).await.is(&expected)?;
            }
        }
    }
    let expected = subscriptions.selected(model.records.values(), &SubscriptionFilter::default());
    subscriptions.all().await.is(&expected)
}

fn found(subscription: Option<&Subscription>) -> Result<Subscription, Refusal> {
    subscription.cloned().ok_or(Refusal::NotFound)
}

fn any(subscriptions: &SubscriptionSubject, id: &str, random: &mut Random) -> Subscription {
    let fit = subscriptions.fit();
    let subscribers = unlike(FEW, fit.folds("subscriber_id"));
    let provider_ids = unlike(FEW, fit.folds("provider_id")).into_iter().map(Some);
    let provider_ids: Vec<_> = [None].into_iter().chain(provider_ids).collect();
    let subscription =
        subscriptions.of(id, random.pick(&subscribers), SubscriptionStatus::new(random.pick(STATUSES)));
    subscriptions.changed(subscription, |subscription| {
        subscription.provider_id = random.pick(&provider_ids).map(String::from);
        subscription.plan_id = (random.pick(FEW)).into();
        subscription.created_at = subscriptions.at(random.below(3) as i64);
    })
}

impl Model {
    fn delete(&mut self, id: &str) -> Result<(), Refusal> {
        let removed = self.records.remove(id).ok_or(Refusal::NotFound)?;
        if let Some(deleted) = &mut self.deleted {
            deleted.insert(removed.id, removed.provider_id);
        }
        Ok(())
    }

    fn is_deleted(&self, id: &str) -> bool {
        self.deleted.as_ref().is_some_and(|deleted| deleted.contains_key(id))
    }

    /// Whether a deleted row has the provider id, which a key may hold for taken, or not.
    fn is_held(&self, new: &Subscription) -> bool {
        let mut deleted = self.deleted.iter().flatten().map(|(_, provider_id)| provider_id);
        let may_be_taken = !self.repeats && !self.is_deleted(&new.id);
        new.provider_id.is_some() && may_be_taken && deleted.any(|it| *it == new.provider_id)
    }

    fn save(&mut self, new: Subscription) -> Result<(), Refusal> {
        if self.is_deleted(&new.id) {
            return Err(Refusal::AlreadyExists(Conflict::Id));
        }
        self.check_provider_id(&new)?;
        if self.atomic && (new.status.is_live() || self.one_each) {
            self.check_live(&new)?;
        }
        self.records.insert(new.id.clone(), new);
        Ok(())
    }

    fn create(&mut self, new: Subscription) -> Result<(), Refusal> {
        if self.records.contains_key(&new.id) || self.is_deleted(&new.id) {
            return Err(Refusal::AlreadyExists(Conflict::Id));
        }
        self.check_provider_id(&new)?;
        self.check_live(&new)?;
        self.records.insert(new.id.clone(), new);
        Ok(())
    }

    fn check_provider_id(&self, new: &Subscription) -> Result<(), Refusal> {
        let taken = |one: &Subscription| one.provider_id == new.provider_id && one.id != new.id;
        if !self.repeats && new.provider_id.is_some() && self.records.values().any(taken) {
            return Err(Refusal::AlreadyExists(Conflict::ProviderId));
        }
        Ok(())
    }

    fn check_live(&self, new: &Subscription) -> Result<(), Refusal> {
        let rival = |one: &Subscription| {
            (one.status.is_live() || self.one_each)
                && one.subscriber_id == new.subscriber_id
                && one.id != new.id
        };
        if self.records.values().any(rival) {
            return Err(Refusal::AlreadyExists(Conflict::Live));
        }
        Ok(())
    }

    /// Where several have it, the live one, then the newest.
    fn provided(&self, provider_id: &str) -> Option<&Subscription> {
        let with_it = self.records.values().filter(|one| one.provider_id.as_deref() == Some(provider_id));
        with_it.max_by_key(|one| (one.status.is_live(), one.created_at, &one.id))
    }

    fn active(&self, subscriber_id: &str) -> Option<&Subscription> {
        let live = |one: &&Subscription| one.status.is_live() && one.subscriber_id == subscriber_id;
        self.records.values().filter(live).max_by_key(|one| (one.created_at, &one.id))
    }
}
