//! The macro makes one test of each rule that the store must hold, and none of those that are left out.

use std::collections::BTreeSet;
use std::process::Command;

use store_core::contract::{Capability, Rule, plan, subscription, usage};

use crate::metered::Usage;
use crate::plans::Plans;
use crate::subscriptions::Subscriptions;

store_core::contract_tests!(plan(corruptible), async { Plans::new(None) });
store_core::contract_tests!(subscription(atomic, corruptible), async { Subscriptions::atomic(None) });
store_core::contract_tests!(usage(reportable), async { Usage::reportable(None) });

mod fewer {
    use super::*;

    store_core::contract_tests!(
        plan() without(any_text_is_kept, racing_saves_of_one_provider_id_have_one_winner),
        async { Plans::new(None) }
    );
    store_core::contract_tests!(subscription(), async { Subscriptions::plain(None) });
    store_core::contract_tests!(usage() without(no_reportable_extension_is_found), async { Usage::plain(None) });
}

/// The names of the tests of this binary in a module, as the test harness lists them.
fn tests_in(module: &str) -> BTreeSet<String> {
    let output = Command::new(std::env::current_exe().unwrap()).arg("--list").output().unwrap();
    let listed = String::from_utf8(output.stdout).unwrap();
    let prefix = format!("macros::{module}::");
    let name = |line: &str| line.strip_suffix(": test")?.strip_prefix(&prefix).map(String::from);
    listed.lines().filter_map(name).collect()
}

fn rules_for<S>(rules: &[Rule<S>], capabilities: &[Capability], left_out: &[&str]) -> BTreeSet<String> {
    let wanted = |rule: &&Rule<S>| rule.needs.met_by(capabilities) && !left_out.contains(&rule.name);
    rules.iter().filter(wanted).map(|rule| rule.name.into()).collect()
}

#[test]
fn there_is_one_test_of_each_rule() {
    use Capability::{Atomic, Corruptible, Reportable};
    assert_eq!(tests_in("plan_contract"), rules_for(plan::RULES, &[Corruptible], &[]));
    assert_eq!(
        tests_in("subscription_contract"),
        rules_for(subscription::RULES, &[Atomic, Corruptible], &[])
    );
    assert_eq!(tests_in("usage_contract"), rules_for(usage::RULES, &[Reportable], &[]));
    assert_eq!(
        tests_in("fewer::plan_contract"),
        rules_for(plan::RULES, &[], &["any_text_is_kept", "racing_saves_of_one_provider_id_have_one_winner"])
    );
    assert_eq!(tests_in("fewer::subscription_contract"), rules_for(subscription::RULES, &[], &[]));
    assert_eq!(
        tests_in("fewer::usage_contract"),
        rules_for(usage::RULES, &[], &["no_reportable_extension_is_found"])
    );
}
