//! Records that show what a table does to them: every word, the ends of each range, texts that are nearly the same, times to
//! the microsecond, and all that may be none both ways.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{Plan, PlanInterval, Subscription, SubscriptionStatus, UsageRecord};

/// What is done with a store.
#[derive(Clone, Debug)]
pub(crate) enum Records {
    Plans(Deeds<Plan>),
    Subscriptions(Deeds<Subscription>),
    Usage(Deeds<UsageRecord>),
}

impl Records {
    /// The id of a record.
    pub(crate) fn id(&self, place: usize) -> &str {
        match self {
            Self::Plans(deeds) => &deeds.saved[place].id,
            Self::Subscriptions(deeds) => &deeds.saved[place].id,
            Self::Usage(deeds) => &deeds.saved[place].id,
        }
    }

    /// A record of which nothing but its id is unique, by place.
    pub(crate) fn twin(&self) -> Option<(usize, &str)> {
        let place = match self {
            Self::Plans(deeds) => deeds.saved.iter().position(|it| it.provider_id.is_none()),
            Self::Subscriptions(deeds) => {
                deeds.saved.iter().position(|it| it.provider_id.is_none() && !it.status.is_live())
            }
            Self::Usage(_) => Some(0),
        };
        place.map(|place| (place, self.id(place)))
    }
}

/// Records that are saved one after the other, and then some that meet them.
#[derive(Clone, Debug)]
pub(crate) struct Deeds<R> {
    pub(crate) saved: Vec<R>,
    pub(crate) met: Vec<R>,
}

pub(crate) fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_704_067_200 + second, 123_456_000).expect("a time of the calendar")
}

fn time(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time is well written")
}

fn texts(number: usize) -> BTreeMap<String, String> {
    (0..number % 3).map(|key| (format!("k{key}"), format!("v {number}"))).collect()
}

/// Ids that some collation, or some type, holds for the same.
pub(crate) const ALIKE: [&str; 6] = ["BOB", "bob", "bob ", "007", "7", "1e3"];

pub(crate) const STATUSES: [&str; 7] =
    ["trialing", "active", "paused", "past_due", "canceled", "expired", "incomplete"];

/// A subscription of its own subscriber; with even numbers all is there that may be.
pub(crate) fn subscription(number: usize, status: &str) -> Subscription {
    let second = i64::try_from(number).expect("few");
    let mut record = Subscription::new(
        format!("s{number}"),
        format!("u{number} "),
        format!("p{} ", number % 2),
        SubscriptionStatus::new(status),
        at(second)..at(second + 90),
    );
    (record.created_at, record.updated_at) = (at(second), at(second + 1));
    if number.is_multiple_of(2) {
        record.provider_id = Some(format!("x{number}"));
        record.trial_start = Some(at(second + 2));
        record.trial_end = Some(at(second + 3));
        record.canceled_at = Some(at(second + 4));
        record.paused_at = Some(at(second + 5));
    }
    record.metadata = texts(number);
    record
}

pub(crate) fn subscriptions() -> Deeds<Subscription> {
    let mut saved: Vec<_> =
        STATUSES.iter().enumerate().map(|(number, status)| subscription(number, status)).collect();
    saved.extend(ALIKE.iter().enumerate().map(|(number, id)| {
        let mut record = subscription(20 + 2 * number, "active");
        (record.id, record.subscriber_id, record.plan_id) = ((*id).into(), (*id).into(), (*id).into());
        record.provider_id = Some((*id).into());
        record
    }));
    // Words that are nearly a live one, and are none.
    let nearly = ["Active", "active ", "007", "7"];
    saved.extend(nearly.iter().enumerate().map(|(number, word)| subscription(50 + number, word)));
    let mut old = subscription(41, "canceled");
    (old.created_at, old.current_period_start) = (time("1000-01-01T00:00:00Z"), time("1000-01-01T00:00:00Z"));
    old.current_period_end = time("9999-12-31T23:59:59.999999Z");
    old.updated_at = old.current_period_end;
    (old.trial_start, old.trial_end) = (Some(old.created_at), Some(old.updated_at));
    (old.canceled_at, old.paused_at) = (Some(old.updated_at), Some(old.created_at));
    saved.push(old);
    let statuses: Vec<_> = STATUSES.iter().copied().chain(nearly).collect();
    let met = met(&saved, &statuses, |number| format!("m{number}"));
    Deeds { saved, met }
}

/// For each of the first subscribers another subscription in every status, and one with a provider id that is taken.
pub(crate) fn met(
    saved: &[Subscription],
    statuses: &[&str],
    id: impl Fn(usize) -> String,
) -> Vec<Subscription> {
    let mut met = Vec::new();
    for (first, status) in saved.iter().take(4).flat_map(|first| statuses.iter().map(move |it| (first, it))) {
        let mut other = first.clone();
        other.id = id(met.len());
        other.provider_id = None;
        other.status = SubscriptionStatus::new(*status);
        met.push(other);
    }
    let taken = saved.iter().find(|record| record.provider_id.is_some()).cloned();
    met.extend(taken.map(|taken| Subscription {
        id: id(met.len()),
        status: SubscriptionStatus::new(*statuses.last().expect("one")),
        ..taken
    }));
    met
}

pub(crate) fn plan(number: usize, interval: &str) -> Plan {
    let second = i64::try_from(number).expect("few");
    let mut record = Plan::new(
        format!("p{number}"),
        format!("name {number} "),
        second,
        "eu ",
        PlanInterval::new(interval),
    );
    record.description = format!("description {number} ");
    record.provider_id = number.is_multiple_of(2).then(|| format!("x{number}"));
    record.active = number.is_multiple_of(3);
    record.features = (0..number % 3).map(|it| format!("f{it}")).collect();
    record.limits = BTreeMap::from([("seats".into(), second), ("most".into(), i64::MAX)]);
    record.metadata = texts(number);
    (record.created_at, record.updated_at) = (at(second), at(second + 1));
    record
}

pub(crate) fn plans() -> Deeds<Plan> {
    let mut saved: Vec<_> = ["day", "week", "month", "year", "fortnight"]
        .iter()
        .enumerate()
        .map(|(number, interval)| plan(number, interval))
        .collect();
    let numbers =
        [(i64::MIN, 0, 1), (i64::MAX, u32::MAX, u32::MAX), (i64::from(i32::MAX) + 1, 40_000, 40_000)];
    saved.extend(numbers.iter().enumerate().map(|(place, &(amount, days, count))| Plan {
        amount,
        trial_days: days,
        interval_count: count,
        ..plan(10 + place, "month")
    }));
    saved.extend(ALIKE.iter().enumerate().map(|(place, id)| Plan {
        id: (*id).into(),
        provider_id: Some((*id).into()),
        name: (*id).into(),
        description: (*id).into(),
        currency: (*id).into(),
        interval: PlanInterval::new(*id),
        ..plan(20 + place, "month")
    }));
    for (place, year) in ["1000", "9999"].iter().enumerate() {
        let time = time(&format!("{year}-12-31T23:59:59.999999Z"));
        saved.push(Plan { created_at: time, updated_at: time, ..plan(30 + place, "month") });
    }
    let met = vec![Plan { id: "m0".into(), ..saved[0].clone() }];
    Deeds { saved, met }
}

/// Plans whose ids are numbers, some of which the database would give as well.
pub(crate) fn numbered() -> Deeds<Plan> {
    let mut deeds = plans();
    for (number, plan) in deeds.saved.iter_mut().chain(&mut deeds.met).enumerate() {
        plan.id = (number + 9).to_string();
    }
    deeds.saved[0].id = (1_i64 << 40).to_string();
    deeds.saved[2].id = "-7".into();
    deeds
}

pub(crate) fn record(number: usize) -> UsageRecord {
    let second = i64::try_from(number).expect("few");
    let mut record = UsageRecord::new(format!("r{number}"), "s ", "calls ", second, at(second));
    record.metadata = texts(number);
    record.provider_reported_at = number.is_multiple_of(2).then(|| at(second + 9));
    record
}

pub(crate) fn usage() -> Deeds<UsageRecord> {
    let mut saved: Vec<_> = (0..4).map(record).collect();
    saved.extend([i64::MIN, i64::MAX, i64::from(i32::MAX) + 1].iter().enumerate().map(
        |(place, quantity)| UsageRecord {
            quantity: *quantity,
            metric: format!("m{place}"),
            ..record(10 + place)
        },
    ));
    saved.extend(ALIKE.iter().enumerate().map(|(place, id)| UsageRecord {
        id: (*id).into(),
        subscription_id: (*id).into(),
        metric: (*id).into(),
        ..record(20 + place)
    }));
    saved.extend(
        ALIKE
            .iter()
            .enumerate()
            .map(|(place, metric)| UsageRecord { metric: (*metric).into(), ..record(40 + place) }),
    );
    // The one that others change is among those that are listed as unreported.
    saved[0].provider_reported_at = None;
    let mut last = record(3);
    last.id = "r3b".into();
    last.recorded_at += TimeDelta::microseconds(1);
    saved.push(last);
    for (place, year) in ["1000", "9999"].iter().enumerate() {
        let time = time(&format!("{year}-12-31T23:59:59.999999Z"));
        let reported = Some(time);
        saved.push(UsageRecord { recorded_at: time, provider_reported_at: reported, ..record(50 + place) });
    }
    let met = vec![UsageRecord { quantity: 99, ..saved[0].clone() }];
    Deeds { saved, met }
}
