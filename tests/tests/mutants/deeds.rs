//! Every operation of the contract on a table, and what came of each, in words.

use std::fmt::Debug;

use chrono::{DateTime, Utc};
use store_core::{
    Plan, PlanFilter, PlanStore, Result, StoreError, Subscription, SubscriptionFilter, SubscriptionStatus,
    SubscriptionStore, UsageRecord, UsageStore,
};

use crate::records::{Deeds, Records, at};

/// A store of any record.
pub(crate) enum Live {
    Plans(Box<dyn PlanStore>),
    Subscriptions(Box<dyn SubscriptionStore>),
    Usage(Box<dyn UsageStore>),
}

/// What came of each call, in their order, as long as it is what is expected.
#[derive(Clone, Debug)]
pub(crate) struct Log<'e> {
    pub(crate) lines: Vec<String>,
    expected: Option<&'e [String]>,
    /// Takes out what differs from one run to the next.
    blank: fn(&mut String),
}

/// A call that came out otherwise, in words.
pub(crate) type Difference = String;

impl<'e> Log<'e> {
    pub(crate) fn new(expected: Option<&'e [String]>, blank: fn(&mut String)) -> Self {
        Self { lines: Vec::new(), expected, blank }
    }

    fn add<T: Debug>(&mut self, call: &str, outcome: Result<T>) -> Result<(), Difference> {
        let outcome = match outcome {
            Ok(value) => format!("{value:?}"),
            Err(error) => told(&error),
        };
        let mut line = format!("{call}: {outcome}");
        (self.blank)(&mut line);
        let expected = self.expected.map(|expected| &expected[self.lines.len()]);
        if let Some(expected) = expected.filter(|expected| **expected != line) {
            return Err(format!("{line} instead of {expected}"));
        }
        self.lines.push(line);
        Ok(())
    }
}

/// A mistake without the words of the database.
fn told(error: &StoreError) -> String {
    match error {
        StoreError::NotFound { .. } => "not found".into(),
        StoreError::AlreadyExists { conflict, .. } => format!("already exists: {conflict:?}"),
        StoreError::InvalidInput { field, .. } => format!("invalid input: {field:?}"),
        StoreError::Corrupt { column, .. } => format!("corrupt: {column}"),
        other => format!("failed: {other}"),
    }
}

/// Whether the outcome of a call is that a stored value can't be read.
pub(crate) fn is_broken<T>(outcome: &Result<T>) -> bool {
    matches!(outcome, Err(error) if !matches!(error, StoreError::NotFound { .. }))
}

impl Live {
    pub(crate) async fn run(&self, records: &Records, log: &mut Log<'_>) -> Result<(), Difference> {
        match (self, records) {
            (Self::Plans(store), Records::Plans(deeds)) => plans(&**store, deeds, log).await,
            (Self::Subscriptions(store), Records::Subscriptions(deeds)) => {
                subscriptions(&**store, deeds, log).await
            }
            (Self::Usage(store), Records::Usage(deeds)) => usage(&**store, deeds, log).await,
            _ => panic!("the records are those of another store"),
        }
    }

    /// Whether the first record can be read, by itself and among others.
    pub(crate) async fn is_read(&self, records: &Records) -> bool {
        match (self, records) {
            (Self::Plans(store), Records::Plans(deeds)) => {
                !is_broken(&store.get_plan(&deeds.saved[0].id).await)
                    && !is_broken(&store.list_plans(&PlanFilter::default()).await)
                    && !is_broken(&store.list_plans(&PlanFilter { active_only: true }).await)
            }
            (Self::Subscriptions(store), Records::Subscriptions(deeds)) => {
                !is_broken(&store.get_subscription(&deeds.saved[0].id).await)
                    && !is_broken(&store.list_subscriptions(&SubscriptionFilter::default()).await)
            }
            (Self::Usage(store), Records::Usage(deeds)) => {
                let id = &deeds.saved[0].subscription_id;
                let metric = &deeds.saved[0].metric;
                if let Some(reportable) = store.as_reportable()
                    && is_broken(&reportable.list_unreported_usage(100).await)
                {
                    return false;
                }
                !is_broken(&store.list_usage_records(id, first(), last()).await)
                    && !is_broken(&store.sum_usage(id, metric, first(), last()).await)
            }
            _ => panic!("the records are those of another store"),
        }
    }

    /// Saves a record again.
    pub(crate) async fn mend(&self, records: &Records, place: usize) {
        let _ = match (self, records) {
            (Self::Plans(store), Records::Plans(deeds)) => store.save_plan(&deeds.saved[place]).await,
            (Self::Subscriptions(store), Records::Subscriptions(deeds)) => {
                store.save_subscription(&deeds.saved[place]).await
            }
            (Self::Usage(store), Records::Usage(deeds)) => store.save_usage_record(&deeds.saved[place]).await,
            _ => panic!("the records are those of another store"),
        };
    }
}

fn first() -> DateTime<Utc> {
    DateTime::<Utc>::MIN_UTC
}

fn last() -> DateTime<Utc> {
    DateTime::<Utc>::MAX_UTC
}

async fn plans(store: &dyn PlanStore, deeds: &Deeds<Plan>, log: &mut Log<'_>) -> Result<(), Difference> {
    for plan in &deeds.saved {
        log.add(&format!("save {}", plan.id), store.save_plan(plan).await)?;
        log.add(&format!("get {}", plan.id), store.get_plan(&plan.id).await)?;
    }
    for plan in &deeds.met {
        log.add(&format!("meet {}", plan.id), store.save_plan(plan).await)?;
    }
    for plan in &deeds.saved {
        let mut changed = plan.clone();
        changed.active = !changed.active;
        changed.updated_at += chrono::TimeDelta::days(1);
        log.add(&format!("change {}", plan.id), store.save_plan(&changed).await)?;
        log.add(&format!("get {}", plan.id), store.get_plan(&plan.id).await)?;
    }
    for active_only in [false, true] {
        log.add("list", store.list_plans(&PlanFilter { active_only }).await)?;
    }
    for plan in deeds.saved.iter().skip(1) {
        log.add(&format!("delete {}", plan.id), store.delete_plan(&plan.id).await)?;
        log.add(&format!("get {}", plan.id), store.get_plan(&plan.id).await)?;
    }
    log.add("delete nothing", store.delete_plan(&deeds.saved[1].id).await)?;
    Ok(())
}

async fn subscriptions(
    store: &dyn SubscriptionStore,
    deeds: &Deeds<Subscription>,
    log: &mut Log<'_>,
) -> Result<(), Difference> {
    for record in &deeds.saved {
        log.add(&format!("save {}", record.id), store.save_subscription(record).await)?;
        look_up(store, record, log).await?;
    }
    for record in &deeds.met {
        let title = format!("{} {:?}", record.id, record.status);
        log.add(&format!("meet {title}"), store.save_subscription(record).await)?;
        log.add(&format!("gone {title}"), store.delete_subscription(&record.id).await)?;
        if let Some(atomic) = store.as_atomic() {
            let created = atomic.create_subscription_if_not_active(record).await;
            log.add(&format!("create {title}"), created)?;
            log.add(&format!("gone {title}"), store.delete_subscription(&record.id).await)?;
        }
    }
    lists(store, deeds, log).await?;
    for record in &deeds.saved {
        let mut changed = record.clone();
        changed.updated_at += chrono::TimeDelta::days(1);
        changed.current_period_end += chrono::TimeDelta::days(1);
        log.add(&format!("change {}", record.id), store.save_subscription(&changed).await)?;
        log.add(&format!("get {}", record.id), store.get_subscription(&record.id).await)?;
    }
    for record in deeds.saved.iter().skip(1) {
        log.add(&format!("delete {}", record.id), store.delete_subscription(&record.id).await)?;
        look_up(store, record, log).await?;
        if let Some(atomic) = store.as_atomic() {
            let created = atomic.create_subscription_if_not_active(record).await;
            log.add(&format!("create {}", record.id), created)?;
        }
    }
    Ok(())
}

async fn look_up(
    store: &dyn SubscriptionStore,
    record: &Subscription,
    log: &mut Log<'_>,
) -> Result<(), Difference> {
    log.add(&format!("get {}", record.id), store.get_subscription(&record.id).await)?;
    let live = store.get_active_subscription(&record.subscriber_id).await;
    log.add(&format!("live of {}", record.subscriber_id), live)?;
    if let Some(id) = &record.provider_id {
        log.add(&format!("provided {id}"), store.get_subscription_by_provider_id(id).await)?;
    }
    Ok(())
}

async fn lists(
    store: &dyn SubscriptionStore,
    deeds: &Deeds<Subscription>,
    log: &mut Log<'_>,
) -> Result<(), Difference> {
    let first = &deeds.saved[0];
    let mut filters = vec![SubscriptionFilter::default()];
    let mut statuses: Vec<SubscriptionStatus> = Vec::new();
    for record in &deeds.saved {
        if !statuses.contains(&record.status) {
            statuses.push(record.status.clone());
        }
    }
    for status in statuses {
        let filter = |subscriber: bool, plan: bool| SubscriptionFilter {
            subscriber_id: subscriber.then(|| first.subscriber_id.clone()),
            plan_id: plan.then(|| first.plan_id.clone()),
            status: Some(status.clone()),
        };
        filters.extend([filter(false, false), filter(true, false), filter(false, true), filter(true, true)]);
    }
    for record in &deeds.saved {
        for (subscriber, plan) in [(true, false), (false, true), (true, true)] {
            filters.push(SubscriptionFilter {
                subscriber_id: subscriber.then(|| record.subscriber_id.clone()),
                plan_id: plan.then(|| record.plan_id.clone()),
                status: None,
            });
        }
    }
    // Texts that some collation holds equal to one that is there.
    for near in [first.plan_id.to_uppercase(), format!("{} ", first.plan_id), first.plan_id.trim().to_owned()]
    {
        if near != first.plan_id {
            filters.push(SubscriptionFilter { plan_id: Some(near), ..Default::default() });
        }
    }
    for filter in filters {
        log.add(&format!("list {filter:?}"), store.list_subscriptions(&filter).await)?;
    }
    Ok(())
}

async fn usage(
    store: &dyn UsageStore,
    deeds: &Deeds<UsageRecord>,
    log: &mut Log<'_>,
) -> Result<(), Difference> {
    for record in deeds.saved.iter().chain(&deeds.met) {
        log.add(&format!("save {}", record.id), store.save_usage_record(record).await)?;
    }
    for record in &deeds.saved {
        let (id, metric) = (&record.subscription_id, &record.metric);
        log.add(&format!("list {id}"), store.list_usage_records(id, first(), last()).await)?;
        log.add(&format!("sum {id} {metric}"), store.sum_usage(id, metric, first(), last()).await)?;
        let (from, to) = (record.recorded_at, record.recorded_at + chrono::TimeDelta::microseconds(1));
        log.add(&format!("list {id} at"), store.list_usage_records(id, from, to).await)?;
        log.add(&format!("sum {id} at"), store.sum_usage(id, metric, from, to).await)?;
    }
    let Some(reportable) = store.as_reportable() else { return Ok(()) };
    log.add("unreported", reportable.list_unreported_usage(100).await)?;
    for record in deeds.saved.iter().take(3) {
        log.add(&format!("mark {}", record.id), reportable.mark_usage_reported(&record.id, at(50)).await)?;
    }
    log.add("unreported", reportable.list_unreported_usage(2).await)?;
    Ok(())
}
