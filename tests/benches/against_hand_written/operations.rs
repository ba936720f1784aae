//! What is measured: every operation of the three traits, on tables of some size.

use std::pin::Pin;

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{
    AtomicSubscriptionStore, Plan, PlanFilter, PlanInterval, PlanStore, ReportableUsageStore, Result,
    StoreError, Subscription, SubscriptionFilter, SubscriptionStatus, UsageRecord,
};

/// How many plans can be bought.
const PLANS: usize = 20;
/// How many subscriptions there are, and how many of them a subscriber has; the first is live.
const SUBSCRIPTIONS: usize = 1_000;
const SUBSCRIPTIONS_OF_ONE: usize = 20;
/// How many records of usage the one metered subscription has, one a second.
const RECORDS: usize = 1_000;
const METERED: &str = "sub_metered";

/// The stores of one kind, as an engine holds them.
pub(crate) struct Stores {
    plans: Box<dyn PlanStore>,
    subscriptions: Box<dyn AtomicSubscriptionStore>,
    usage: Box<dyn ReportableUsageStore>,
}

type Call<'a> = Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// One operation: makes a call with arguments of its own, by a number that no other call has.
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) call: for<'a> fn(&'a Stores, usize) -> Call<'a>,
}

/// An operation from a name, what is made before the clock runs, and the call.
macro_rules! operation {
    ($name:literal, |$stores:ident, $n:ident| $($argument:ident = $made:expr),*; $call:expr) => {
        Operation {
            name: $name,
            call: |$stores, $n| {
                $(let $argument = $made;)*
                Box::pin(async move { $call })
            },
        }
    };
}

/// Those that only look, for which the tables must be as they were filled.
pub(crate) const READS: &[Operation] = &[
    operation!("get_plan", |stores, n| id = plan_id(n % PLANS);
        stores.plans.get_plan(&id).await.map(drop)),
    operation!("list_plans, 20", |stores, _n| filter = PlanFilter { active_only: true };
        stores.plans.list_plans(&filter).await.and_then(|plans| has(plans.len(), PLANS))),
    operation!("get_subscription", |stores, n| id = subscription_id(n % SUBSCRIPTIONS);
        stores.subscriptions.get_subscription(&id).await.map(drop)),
    operation!("get_subscription, absent", |stores, n| id = subscription_id(n);
        absent(stores.subscriptions.get_subscription(&id).await)),
    operation!("get_subscription_by_provider_id", |stores, n| id = provider_id(n % SUBSCRIPTIONS);
        stores.subscriptions.get_subscription_by_provider_id(&id).await.map(drop)),
    operation!("get_active_subscription", |stores, n| subscriber = subscriber_id(n % SUBSCRIPTIONS);
        stores.subscriptions.get_active_subscription(&subscriber).await.map(drop)),
    operation!("list_subscriptions, 20 of a subscriber", |stores, n| filter = of_subscriber(n % SUBSCRIPTIONS);
        stores.subscriptions.list_subscriptions(&filter).await
            .and_then(|subscriptions| has(subscriptions.len(), SUBSCRIPTIONS_OF_ONE))),
    operation!("sum_usage, 1,000", |stores, _n| range = at(0)..at(RECORDS);
        stores.usage.sum_usage(METERED, "calls", range.start, range.end).await
            .and_then(|sum| has(sum as usize, RECORDS * (RECORDS - 1) / 2))),
    operation!("list_usage_records, 100", |stores, n| from = n % (RECORDS - 100);
        stores.usage.list_usage_records(METERED, at(from), at(from + 100)).await
            .and_then(|records| has(records.len(), 100))),
    operation!("list_unreported_usage, 20", |stores, _n|;
        stores.usage.list_unreported_usage(20).await.and_then(|records| has(records.len(), 20))),
];

/// Those that change them.
pub(crate) const WRITES: &[Operation] = &[
    operation!("save_plan, new", |stores, n| plan = plan(n);
        stores.plans.save_plan(&plan).await),
    operation!("save_plan, replacing", |stores, n| plan = plan(n % PLANS);
        stores.plans.save_plan(&plan).await),
    operation!("delete_plan, then save_plan", |stores, n| plan = plan(n % PLANS); {
        stores.plans.delete_plan(&plan.id).await?;
        stores.plans.save_plan(&plan).await
    }),
    operation!("save_subscription, new", |stores, n| subscription = subscription(n);
        stores.subscriptions.save_subscription(&subscription).await),
    operation!("save_subscription, replacing", |stores, n| subscription = subscription(n % SUBSCRIPTIONS);
        stores.subscriptions.save_subscription(&subscription).await),
    operation!("delete_subscription, then save_..", |stores, n| subscription = subscription(n % SUBSCRIPTIONS); {
        stores.subscriptions.delete_subscription(&subscription.id).await?;
        stores.subscriptions.save_subscription(&subscription).await
    }),
    operation!("create_subscription_if_not_active", |stores, n| subscription = first_of_subscriber(n);
        stores.subscriptions.create_subscription_if_not_active(&subscription).await),
    operation!("create_subscription_if_not_active, refused", |stores, n| subscription = second_live_one(n);
        refused(stores.subscriptions.create_subscription_if_not_active(&subscription).await)),
    operation!("save_usage_record", |stores, n| record = record("sub_other", n);
        stores.usage.save_usage_record(&record).await),
    operation!("save_usage_record, refused", |stores, n| record = record(METERED, n % RECORDS);
        refused(stores.usage.save_usage_record(&record).await)),
    operation!("mark_usage_reported", |stores, n| id = record_id(n % RECORDS);
        stores.usage.mark_usage_reported(&id, at(n)).await),
];

impl Stores {
    pub(crate) fn new(
        plans: impl PlanStore + 'static,
        subscriptions: impl AtomicSubscriptionStore + 'static,
        usage: impl ReportableUsageStore + 'static,
    ) -> Self {
        Self { plans: Box::new(plans), subscriptions: Box::new(subscriptions), usage: Box::new(usage) }
    }

    /// Saves the rows that the tables begin with.
    pub(crate) async fn fill(&self) -> Result<()> {
        for n in 0..PLANS {
            self.plans.save_plan(&plan(n)).await?;
        }
        for n in 0..SUBSCRIPTIONS {
            self.subscriptions.save_subscription(&subscription(n)).await?;
        }
        for n in 0..RECORDS {
            self.usage.save_usage_record(&record(METERED, n)).await?;
        }
        Ok(())
    }
}

fn plan_id(n: usize) -> String {
    format!("plan_{n:08}")
}

fn subscription_id(n: usize) -> String {
    format!("sub_{n:08}")
}

fn provider_id(n: usize) -> String {
    format!("provider_{n:08}")
}

/// The subscriber of a subscription.
fn subscriber_id(n: usize) -> String {
    format!("user_{:08}", n / SUBSCRIPTIONS_OF_ONE)
}

fn record_id(n: usize) -> String {
    format!("evt_{n:08}")
}

fn at(second: usize) -> DateTime<Utc> {
    let seconds = i64::try_from(second).expect("a number of seconds");
    DateTime::UNIX_EPOCH
        + TimeDelta::days(20_000)
        + TimeDelta::seconds(seconds)
        + TimeDelta::microseconds(123_456)
}

fn plan(n: usize) -> Plan {
    let mut plan = Plan::new(plan_id(n), "Professional", 1_900, "EUR", PlanInterval::Month);
    plan.provider_id = Some(provider_id(n));
    plan.description = "For teams that have outgrown the free plan".into();
    plan.trial_days = 14;
    plan.features = vec!["api".into(), "export".into(), "single sign-on".into()];
    plan.limits = [("seats".into(), 5), ("projects".into(), 0)].into();
    plan.metadata = notes();
    plan.active = n < PLANS;
    plan
}

fn subscription(n: usize) -> Subscription {
    let is_first = n.is_multiple_of(SUBSCRIPTIONS_OF_ONE);
    let status = if is_first { SubscriptionStatus::Active } else { SubscriptionStatus::Canceled };
    let (id, period) = (subscription_id(n), at(n)..at(n + 2_592_000));
    let mut subscription = Subscription::new(id, subscriber_id(n), plan_id(n % PLANS), status, period);
    subscription.provider_id = Some(provider_id(n));
    subscription.trial_start = Some(at(n));
    subscription.trial_end = Some(at(n + 1_209_600));
    subscription.canceled_at = (!is_first).then(|| at(n));
    subscription.metadata = notes();
    subscription
}

fn first_of_subscriber(n: usize) -> Subscription {
    let subscription = subscription(n);
    Subscription {
        subscriber_id: format!("first_{n:08}"),
        status: SubscriptionStatus::Active,
        ..subscription
    }
}

fn second_live_one(n: usize) -> Subscription {
    let subscription = subscription(n);
    let subscriber_id = subscriber_id(n % SUBSCRIPTIONS);
    Subscription { subscriber_id, status: SubscriptionStatus::Trialing, ..subscription }
}

fn of_subscriber(n: usize) -> SubscriptionFilter {
    SubscriptionFilter { subscriber_id: Some(subscriber_id(n)), ..SubscriptionFilter::default() }
}

fn record(subscription: &str, n: usize) -> UsageRecord {
    let quantity = i64::try_from(n).expect("a number of calls");
    let mut record = UsageRecord::new(record_id(n), subscription, "calls", quantity, at(n));
    record.metadata = notes();
    record
}

fn notes() -> std::collections::BTreeMap<String, String> {
    [("source".into(), "checkout".into()), ("campaign".into(), "spring 2025".into())].into()
}

/// A call that does less than it should is no measure of it.
fn has(found: usize, expected: usize) -> Result<()> {
    if found == expected { Ok(()) } else { Err(unlike(format!("{found} in place of {expected}"))) }
}

fn absent<T>(outcome: Result<T>) -> Result<()> {
    match outcome {
        Err(error) if error.is_not_found() => Ok(()),
        other => other.and_then(|_| Err(unlike("it is there".into()))),
    }
}

fn refused(outcome: Result<()>) -> Result<()> {
    match outcome {
        Err(error) if error.conflict().is_some() => Ok(()),
        other => other.and_then(|()| Err(unlike("it is not refused".into()))),
    }
}

fn unlike(what: String) -> StoreError {
    StoreError::Backend { source: what.into() }
}
