//! The contract suite is itself tested: stores that each make one mistake fail exactly the rules that it breaks.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use store_core::contract::plan::{self, PlanSubject};
use store_core::contract::subscription::{self, SubscriptionSubject};
use store_core::contract::usage::{self, UsageSubject};
use store_core::contract::{Capability, Rule, Scale};
use store_core::{Plan, Subscription, UsageRecord};

use crate::fault::Fault;
use crate::metered::Usage;
use crate::narrow::{Broken, Narrow, Narrowed as _, Said};
use crate::plans::Plans;
use crate::subscriptions::Subscriptions;
use crate::tables::Table;

mod fault;
mod macros;
mod metered;
mod narrow;
mod plans;
mod rows;
mod subscriptions;
mod tables;

const SCALE: Scale = Scale { tasks: 8, rounds: 8, operations: 400 };

fn plans(fault: Option<Fault>) -> PlanSubject {
    let store = Arc::new(Plans::new(fault));
    PlanSubject::new(store.clone()).corruptible(store).scale(SCALE)
}

fn plain_subscriptions(fault: Option<Fault>) -> SubscriptionSubject {
    let store = Arc::new(Subscriptions::plain(fault));
    SubscriptionSubject::new(store.clone()).corruptible(store).scale(SCALE)
}

fn atomic_subscriptions(fault: Option<Fault>) -> SubscriptionSubject {
    let store = Arc::new(Subscriptions::atomic(fault));
    SubscriptionSubject::new(store.clone()).atomic(store.clone()).corruptible(store).scale(SCALE)
}

fn plain_usage(fault: Option<Fault>) -> UsageSubject {
    let store = Arc::new(Usage::plain(fault));
    UsageSubject::new(store.clone()).corruptible(store).scale(SCALE)
}

fn reportable_usage(fault: Option<Fault>) -> UsageSubject {
    let store = Arc::new(Usage::reportable(fault));
    UsageSubject::new(store.clone()).reportable(store.clone()).corruptible(store).scale(SCALE)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_broken_plan_store_fails_what_it_breaks() {
    check(plan::RULES, &[Capability::Corruptible], plans, tables::PLAN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_broken_subscription_store_fails_what_it_breaks() {
    check(subscription::RULES, &[Capability::Corruptible], plain_subscriptions, tables::SUBSCRIPTION).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_broken_atomic_store_fails_what_it_breaks() {
    let capabilities = [Capability::Corruptible, Capability::Atomic];
    check(subscription::RULES, &capabilities, atomic_subscriptions, tables::ATOMIC).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_broken_usage_store_fails_what_it_breaks() {
    check(usage::RULES, &[Capability::Corruptible], plain_usage, tables::USAGE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_broken_reportable_store_fails_what_it_breaks() {
    let capabilities = [Capability::Corruptible, Capability::Reportable];
    check(usage::RULES, &capabilities, reportable_usage, tables::REPORTABLE).await;
}

fn narrow_plans(said: Said, broken: Option<Broken>) -> PlanSubject {
    let repeats = (said == Said::Made).then_some(Fault::ProviderIdRepeats);
    let store = Narrow::new(Plans::new(repeats), said, broken);
    let subject = PlanSubject::new(Arc::new(store)).mapping(narrow::mapping::<Plan>(said)).scale(SCALE);
    if said == Said::Decided { subject.agreeing(|plan| _ = plan.agree()) } else { subject }
}

fn narrow_subscriptions(said: Said, broken: Option<Broken>) -> SubscriptionSubject {
    let repeats = (said == Said::Made).then_some(Fault::ProviderIdRepeats);
    let store = Arc::new(Narrow::new(Subscriptions::atomic(repeats), said, broken));
    let subject = SubscriptionSubject::new(store.clone()).atomic(store);
    let subject = subject.mapping(narrow::mapping::<Subscription>(said)).scale(SCALE);
    if said == Said::Decided { subject.agreeing(|subscription| _ = subscription.agree()) } else { subject }
}

fn narrow_usage(said: Said, broken: Option<Broken>) -> UsageSubject {
    let store = Arc::new(Narrow::new(Usage::reportable(None), said, broken));
    let subject = UsageSubject::new(store.clone()).mapping(narrow::mapping::<UsageRecord>(said)).scale(SCALE);
    if said == Said::Narrow { subject.reportable(store) } else { subject }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_plan_store_that_is_weaker_than_it_says_fails_that() {
    let said = [
        Said::Narrow,
        Said::Shared,
        Said::Made,
        Said::Elsewhere,
        Said::Decided,
        Said::ReadOnly,
        Said::Provided,
    ];
    check_narrow(plan::RULES, &said, |_| &[Capability::Mapping], narrow_plans, narrow::tables::PLAN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_subscription_store_that_is_weaker_than_it_says_fails_that() {
    let said = [
        Said::Narrow,
        Said::Shared,
        Said::Made,
        Said::Elsewhere,
        Said::Decided,
        Said::ReadOnly,
        Said::Provided,
        Said::OneEach,
    ];
    let capabilities = |_| &[Capability::Mapping, Capability::Atomic][..];
    check_narrow(
        subscription::RULES,
        &said,
        capabilities,
        narrow_subscriptions,
        narrow::tables::SUBSCRIPTION,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_usage_store_that_is_weaker_than_it_says_fails_that() {
    let said = [Said::Narrow, Said::Shared, Said::Made, Said::Elsewhere, Said::ReadOnly, Said::Keyed];
    let capabilities = |said| match said {
        Said::Narrow => &[Capability::Mapping, Capability::Reportable][..],
        _ => &[Capability::Mapping],
    };
    check_narrow(usage::RULES, &said, capabilities, narrow_usage, narrow::tables::USAGE).await;
}

/// Runs every rule on each store that keeps what it says, and on each that is weaker than that.
async fn check_narrow<S: 'static>(
    rules: &[Rule<S>],
    said: &[Said],
    capabilities: fn(Said) -> &'static [Capability],
    make: fn(Said, Option<Broken>) -> S,
    table: narrow::tables::Table,
) {
    let mut wrong = String::new();
    let sound = said.iter().map(|said| (*said, None, &[][..]));
    let broken = table.iter().map(|(said, broken, rules)| (*said, Some(*broken), *rules));
    for (said, broken, expected) in sound.chain(broken) {
        let rules = rules.iter().filter(|rule| rule.needs.met_by(capabilities(said)));
        let name = format!("{said:?} {broken:?}");
        compare(&name, rules, || make(said, broken), expected, &mut wrong).await;
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn each_rule_is_failed_by_a_broken_store() {
    let names = |tables: &[Table], narrow: narrow::tables::Table| -> BTreeSet<_> {
        let faults = tables.iter().copied().flatten().flat_map(|(_, rules)| rules.iter().copied());
        faults.chain(narrow.iter().flat_map(|(_, _, rules)| rules.iter().copied())).collect()
    };
    assert_eq!(
        names(&[tables::PLAN], narrow::tables::PLAN),
        plan::RULES.iter().map(|rule| rule.name).collect()
    );
    assert_eq!(
        names(&[tables::SUBSCRIPTION, tables::ATOMIC], narrow::tables::SUBSCRIPTION),
        subscription::RULES.iter().map(|rule| rule.name).collect()
    );
    assert_eq!(
        names(&[tables::USAGE, tables::REPORTABLE], narrow::tables::USAGE),
        usage::RULES.iter().map(|rule| rule.name).collect()
    );
}

/// Runs every rule on the sound store and on each broken one, and compares what fails with the table.
async fn check<S: 'static>(
    rules: &[Rule<S>],
    capabilities: &[Capability],
    make: fn(Option<Fault>) -> S,
    table: Table,
) {
    let mut wrong = String::new();
    let sound = (None, &[][..]);
    let broken = table.iter().map(|(fault, rules)| (Some(*fault), *rules));
    for (fault, expected) in [sound].into_iter().chain(broken) {
        let rules = rules.iter().filter(|rule| rule.needs.met_by(capabilities));
        compare(&format!("{fault:?}"), rules, || make(fault), expected, &mut wrong).await;
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Runs rules on stores of one kind, and writes down where what fails is not what is expected to.
async fn compare<S: 'static>(
    name: &str,
    rules: impl Iterator<Item = &Rule<S>>,
    make: impl Fn() -> S,
    expected: &[&str],
    wrong: &mut String,
) {
    let expected: BTreeSet<_> = expected.iter().copied().collect();
    let mut failed = BTreeSet::new();
    for rule in rules {
        if let Err(failure) = rule.check(make()).await {
            failed.insert(rule.name);
            if !expected.contains(rule.name) {
                writeln!(wrong, "{name} should not fail `{}`: {failure}", rule.name).unwrap();
            }
        }
    }
    for missed in expected.difference(&failed) {
        writeln!(wrong, "{name} should fail `{missed}`").unwrap();
    }
}
