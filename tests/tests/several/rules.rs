//! The whole contract on fields in several columns and on fields that others decide; what verifies is what runs.

use std::sync::Arc;

use store_core::contract::{Capability, Needs, Rule, Scale, plan, subscription};
use store_core::{SqlPlanStore as _, SqlSubscriptionStore as _};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::Suite;

use crate::{cases, tuples};

const SCALE: Scale = Scale { tasks: 16, rounds: 2, operations: 100 };

fn is_for<S>(rule: &&Rule<S>) -> bool {
    !matches!(rule.needs, Needs::Without(_) | Needs::With(Capability::Corruptible))
}

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! plans {
        ($database:expr, $places:ident, $module:ident::$stores:ident) => {
            for rule in plan::RULES.iter().filter(is_for) {
                suite.on(
                    $database,
                    &format!(concat!("rules::", stringify!($module), "::plan::{}"), rule.name),
                    move || async move {
                        let place = $places::fresh(8).await?;
                        let store = Arc::new($module::$stores::Plans { pool: place.pool.clone() });
                        store.create_plan_schema().await?;
                        store.verify_plans().await?;
                        let mapping = store.plan_mapping();
                        rule.check(plan::PlanSubject::new(store).mapping(mapping).scale(SCALE)).await?;
                        place.remove().await;
                        Ok(())
                    },
                );
            }
        };
    }
    macro_rules! subscriptions {
        ($database:expr, $places:ident, $module:ident::$stores:ident::$Store:ident, $name:literal $(, $agree:expr)?) => {
            for rule in subscription::RULES.iter().filter(is_for) {
                suite.on(
                    $database,
                    &format!(concat!("rules::", $name, "::{}"), rule.name),
                    move || async move {
                        let place = $places::fresh(8).await?;
                        let store = Arc::new($module::$stores::$Store { pool: place.pool.clone() });
                        store.create_subscription_schema().await?;
                        store.verify_subscriptions().await?;
                        let mapping = store.subscription_mapping();
                        let subject = subscription::SubscriptionSubject::new(store.clone()).atomic(store);
                        let subject = subject.mapping(mapping).scale(SCALE)$(.agreeing($agree))?;
                        rule.check(subject).await?;
                        place.remove().await;
                        Ok(())
                    },
                );
            }
        };
    }
    macro_rules! on {
        ($database:expr, $places:ident, $stores:ident) => {
            plans!($database, $places, tuples::$stores);
            plans!($database, $places, cases::$stores);
            subscriptions!($database, $places, tuples::$stores::Subscriptions, "tuples::subscription");
            subscriptions!($database, $places, cases::$stores::Numbered, "cases::subscription");
            subscriptions!($database, $places, cases::$stores::Times, "cases::by_times", cases::agree);
        };
    }
    on!(Database::Sqlite, sqlite, on_sqlite);
    on!(Database::Postgres, postgres, on_postgres);
    on!(Database::Mysql, mysql, on_mysql);
}
