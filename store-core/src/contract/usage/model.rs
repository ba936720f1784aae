//! Random operations, held against a model that a reader sees through at once.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::contract::every::Keeper;
use crate::contract::rule::Outcome;
use crate::contract::samples::{ALIKE, INTEGERS, Random, unlike};
use crate::contract::seen::Refusal;
use crate::error::Conflict;
use crate::usage::UsageRecord;

use super::UsageSubject;

const FEW: &[&str] = &["a", "A"];

type Model = BTreeMap<String, UsageRecord>;

pub(super) async fn random_operations_agree_with_a_model(usage: UsageSubject) -> Outcome {
    let (mut model, mut random) = (Model::new(), Random::new());
    for _ in 0..usage.scale.operations {
        let (subscription, metric) = (random.pick(FEW), random.pick(FEW));
        let (from, to) = (time(&usage, &mut random), time(&usage, &mut random));
        let (subscription_id, metric) = (&usage.subscription(subscription), &usage.metric(metric));
        match random.below(8) {
            0..3 => {
                let record = any(&usage, subscription_id, metric, &mut random);
                usage.save(&record).await.agrees(&save(&mut model, record))?;
            }
            3 => {
                let expected: Vec<_> = sorted(&usage, &model, |one| {
                    one.subscription_id == *subscription_id && within(one, from, to)
                });
                usage.list(subscription_id, from, to).await.is(&expected)?;
            }
            4 if usage.reportable.is_some() => {
                let limit = random.below(9);
                let mut expected = sorted(&usage, &model, |one| one.provider_reported_at.is_none());
                expected.truncate(limit);
                usage.unreported(limit as u32).await?.is(&expected)?;
            }
            5 if usage.reportable.is_some() => {
                let id = usage.key(&any_id(&usage, &mut random));
                usage.mark(&id, to).await?.agrees(&mark(&mut model, &id, to))?;
            }
            _ => {
                let of_both =
                    |one: &UsageRecord| one.subscription_id == *subscription_id && one.metric == *metric;
                let sum = sum(&sorted(&usage, &model, |one| of_both(one) && within(one, from, to)));
                usage.sum(subscription_id, metric, from, to).await.agrees(&sum)?;
            }
        }
    }
    Ok(())
}

fn time(usage: &UsageSubject, random: &mut Random) -> DateTime<Utc> {
    usage.at(0) + usage.fit().tick("recorded_at") * random.below(9) as i32
}

/// Often a new one: usage is only added.
fn any_id(usage: &UsageSubject, random: &mut Random) -> String {
    format!("{}{}", random.below(12), random.pick(&unlike(ALIKE, usage.fit().folds("id"))))
}

fn any(usage: &UsageSubject, subscription_id: &str, metric: &str, random: &mut Random) -> UsageRecord {
    let small = random.below(100) as i64 - 50;
    let quantity = if random.below(2) == 0 { small } else { random.pick(INTEGERS) };
    let mut record =
        UsageRecord::new(any_id(usage, random), subscription_id, metric, quantity, time(usage, random));
    record.provider_reported_at = random.pick(&[None, None, Some(usage.at(9))]);
    usage.fit().fit(record)
}

fn save(model: &mut Model, record: UsageRecord) -> Result<(), Refusal> {
    if model.contains_key(&record.id) {
        return Err(Refusal::AlreadyExists(Conflict::Id));
    }
    model.insert(record.id.clone(), record);
    Ok(())
}

fn mark(model: &mut Model, id: &str, time: DateTime<Utc>) -> Result<(), Refusal> {
    let record = model.get_mut(id).ok_or(Refusal::NotFound)?;
    record.provider_reported_at = Some(time);
    Ok(())
}

fn within(record: &UsageRecord, from: DateTime<Utc>, to: DateTime<Utc>) -> bool {
    from <= record.recorded_at && record.recorded_at < to
}

fn sorted(usage: &UsageSubject, model: &Model, wanted: impl Fn(&UsageRecord) -> bool) -> Vec<UsageRecord> {
    let mut sorted: Vec<_> = model.values().filter(|record| wanted(record)).cloned().collect();
    usage.fit().sort(&mut sorted);
    sorted
}

fn sum(records: &[UsageRecord]) -> Result<i64, Refusal> {
    let sum: i128 = records.iter().map(|record| i128::from(record.quantity)).sum();
    sum.try_into().map_err(|_| Refusal::Overflow)
}
