//! The contract suite is itself tested: stores that each make one mistake fail exactly the rules that it breaks.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use store_core::contract::plan::{self, PlanSubject};
use store_core::contract::subscription::{self, SubscriptionSubject};
use store_core::contract::usage::{self, UsageSubject};
use store_core::contract::{Capability, Rule, Scale};

use crate::fault::Fault;
use crate::metered::Usage;
use crate::plans::Plans;
use crate::subscriptions::Subscriptions;
use crate::tables::Table;

mod fault;
mod macros;
mod metered;
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

#[test]
fn each_rule_is_failed_by_a_broken_store() {
    let names = |tables: &[Table]| -> BTreeSet<_> {
        tables.iter().copied().flatten().flat_map(|(_, rules)| rules.iter().copied()).collect()
    };
    assert_eq!(names(&[tables::PLAN]), plan::RULES.iter().map(|rule| rule.name).collect());
    assert_eq!(
        names(&[tables::SUBSCRIPTION, tables::ATOMIC]),
        subscription::RULES.iter().map(|rule| rule.name).collect()
    );
    assert_eq!(
        names(&[tables::USAGE, tables::REPORTABLE]),
        usage::RULES.iter().map(|rule| rule.name).collect()
    );
}

/// Runs every rule on the sound store and on each broken one, and compares what fails with the table.
async fn check<S>(
    rules: &[Rule<S>],
    capabilities: &[Capability],
    make: fn(Option<Fault>) -> S,
    table: Table,
) {
    let mut wrong = String::new();
    let sound = (None, &[][..]);
    let broken = table.iter().map(|(fault, rules)| (Some(*fault), *rules));
    for (fault, expected) in [sound].into_iter().chain(broken) {
        let expected: BTreeSet<_> = expected.iter().copied().collect();
        let mut failed = BTreeSet::new();
        for rule in rules.iter().filter(|rule| rule.needs.met_by(capabilities)) {
            let outcome = rule.check(make(fault)).await;
            if let Err(failure) = &outcome {
                failed.insert(rule.name);
                if !expected.contains(rule.name) {
                    writeln!(wrong, "{fault:?} should not fail `{}`: {failure}", rule.name).unwrap();
                }
            }
        }
        for missed in expected.difference(&failed) {
            writeln!(wrong, "{fault:?} should fail `{missed}`").unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
