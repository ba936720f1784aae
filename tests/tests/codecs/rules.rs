//! Every rule of the contract, on stores of which codecs keep the fields.

use std::sync::Arc;

use store_core::contract::{Capability, Rule, Scale, plan, subscription, usage};
use store_core::{SqlPlanStore as _, SqlSubscriptionStore as _, SqlUsageStore as _};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::Suite;

use crate::stores::{on_mysql, on_postgres, on_sqlite};

const SCALE: Scale = Scale { tasks: 8, rounds: 2, operations: 100 };

macro_rules! run {
    ($suite:ident, $database:expr, $places:ident, $stores:ident::$store:ident, $rules:path, $capabilities:expr, $create:ident, $verify:ident, |$made:ident| $subject:expr) => {
        for rule in $rules.iter().filter(|rule: &&Rule<_>| rule.needs.met_by($capabilities)) {
            let name = format!("{}::{}", stringify!($store).to_lowercase(), rule.name);
            $suite.on($database, &name, move || async move {
                let place = $places::fresh(8).await?;
                let $made = Arc::new($stores::$store { pool: place.pool.clone() });
                $made.$create().await?;
                $made.$verify().await?;
                rule.check($subject.scale(SCALE)).await?;
                place.remove().await;
                Ok(())
            });
        }
    };
}

macro_rules! on {
    ($suite:ident, $database:expr, $places:ident, $stores:ident) => {{
        use Capability::{Atomic, Mapping, Reportable};
        run!(
            $suite,
            $database,
            $places,
            $stores::Plans,
            plan::RULES,
            &[Mapping],
            create_plan_schema,
            verify_plans,
            |store| plan::PlanSubject::new(store.clone()).mapping(store.plan_mapping())
        );
        run!(
            $suite,
            $database,
            $places,
            $stores::Offers,
            plan::RULES,
            &[Mapping],
            create_plan_schema,
            verify_plans,
            |store| plan::PlanSubject::new(store.clone()).mapping(store.plan_mapping())
        );
        run!(
            $suite,
            $database,
            $places,
            $stores::Subscriptions,
            subscription::RULES,
            &[Mapping, Atomic],
            create_subscription_schema,
            verify_subscriptions,
            |store| {
                let mapping = store.subscription_mapping();
                subscription::SubscriptionSubject::new(store.clone()).atomic(store).mapping(mapping)
            }
        );
        run!(
            $suite,
            $database,
            $places,
            $stores::Memberships,
            subscription::RULES,
            &[Mapping, Atomic],
            create_subscription_schema,
            verify_subscriptions,
            |store| {
                let mapping = store.subscription_mapping();
                subscription::SubscriptionSubject::new(store.clone()).atomic(store).mapping(mapping)
            }
        );
        run!(
            $suite,
            $database,
            $places,
            $stores::Usage,
            usage::RULES,
            &[Mapping, Reportable],
            create_usage_schema,
            verify_usage,
            |store| {
                let mapping = store.usage_mapping();
                usage::UsageSubject::new(store.clone()).reportable(store).mapping(mapping)
            }
        );
    }};
}

pub(crate) fn add(suite: &mut Suite) {
    on!(suite, Database::Sqlite, sqlite, on_sqlite);
    on!(suite, Database::Postgres, postgres, on_postgres);
    on!(suite, Database::Mysql, mysql, on_mysql);
}
