//! Random operations, held against a model that a reader sees through at once.

use std::collections::BTreeMap;

use crate::contract::every::{Editable, Keeper};
use crate::contract::rule::Outcome;
use crate::contract::samples::{ALIKE, Random, at};
use crate::contract::seen::Refusal;
use crate::error::Conflict;
use crate::subscription::{Subscription, SubscriptionFilter, SubscriptionStatus};

use super::look_up::selected;
use super::{SubscriptionSubject, of};

const FEW: &[&str] = &["a", "A", "b"];
const STATUSES: &[&str] = &["active", "trialing", "paused", "canceled", "ACTIVE"];

struct Model {
    atomic: bool,
    records: BTreeMap<String, Subscription>,
}

pub(super) async fn random_operations_agree_with_a_model(subscriptions: SubscriptionSubject) -> Outcome {
    let mut model = Model { atomic: subscriptions.atomic.is_some(), records: BTreeMap::new() };
    let mut random = Random::new();
    for _ in 0..subscriptions.scale.operations {
        let (id, key) = (random.pick(ALIKE), random.pick(FEW));
        match random.below(10) {
            0..3 => {
                let subscription = any(id, &mut random);
                subscriptions.save(&subscription).await.agrees(&model.save(subscription))?;
            }
            3..5 if model.atomic => {
                let subscription = any(id, &mut random);
                subscriptions.create(&subscription).await.agrees(&model.create(subscription))?;
            }
            5 => {
                let expected = model.records.remove(id).map(drop);
                subscriptions.delete(id).await.agrees(&expected.ok_or(Refusal::NotFound))?;
            }
            6 => subscriptions.get(id).await.agrees(&found(model.records.get(id)))?,
            7 => {
                let expected = model.records.values().find(|one| one.provider_id.as_deref() == Some(key));
                subscriptions.by_provider_id(key).await.agrees(&found(expected))?;
            }
            8 => subscriptions.active(key).await.agrees(&found(model.active(key)))?,
            _ => {
                let filter = SubscriptionFilter {
                    subscriber_id: random.pick(&[None, Some(key)]).map(String::from),
                    plan_id: random.pick(&[None, Some("a")]).map(String::from),
                    status: random.pick(&[None, Some("paused"), Some("active")]).map(SubscriptionStatus::new),
                };
                let expected = selected(model.records.values(), &filter);
                subscriptions.list(&filter).await.is(&expected)?;
            }
        }
    }
    let expected = selected(model.records.values(), &SubscriptionFilter::default());
    subscriptions.all().await.is(&expected)
}

fn found(subscription: Option<&Subscription>) -> Result<Subscription, Refusal> {
    subscription.cloned().ok_or(Refusal::NotFound)
}

fn any(id: &str, random: &mut Random) -> Subscription {
    let mut subscription = of(id, random.pick(FEW), SubscriptionStatus::new(random.pick(STATUSES)));
    subscription.provider_id = random.pick(&[None, Some("a"), Some("A"), Some("b")]).map(String::from);
    subscription.plan_id = (random.pick(FEW)).into();
    subscription.created_at = at(random.below(3) as i64);
    subscription
}

impl Model {
    fn save(&mut self, new: Subscription) -> Result<(), Refusal> {
        self.check_provider_id(&new)?;
        if self.atomic && new.status.is_live() {
            self.check_live(&new)?;
        }
        self.records.insert(new.id.clone(), new);
        Ok(())
    }

    fn create(&mut self, new: Subscription) -> Result<(), Refusal> {
        if self.records.contains_key(&new.id) {
            return Err(Refusal::AlreadyExists(Conflict::Id));
        }
        self.check_provider_id(&new)?;
        self.check_live(&new)?;
        self.records.insert(new.id.clone(), new);
        Ok(())
    }

    fn check_provider_id(&self, new: &Subscription) -> Result<(), Refusal> {
        let taken = |one: &Subscription| one.provider_id == new.provider_id && one.id != new.id;
        if new.provider_id.is_some() && self.records.values().any(taken) {
            return Err(Refusal::AlreadyExists(Conflict::ProviderId));
        }
        Ok(())
    }

    fn check_live(&self, new: &Subscription) -> Result<(), Refusal> {
        let rival = |one: &Subscription| {
            one.status.is_live() && one.subscriber_id == new.subscriber_id && one.id != new.id
        };
        if self.records.values().any(rival) {
            return Err(Refusal::AlreadyExists(Conflict::Live));
        }
        Ok(())
    }

    fn active(&self, subscriber_id: &str) -> Option<&Subscription> {
        let live = |one: &&Subscription| one.status.is_live() && one.subscriber_id == subscriber_id;
        self.records.values().filter(live).max_by_key(|one| (one.created_at, &one.id))
    }
}
