//! The whole contract on tables with options.

use std::sync::Arc;

use sqlx::Pool;
use store_core::__private::{Backend, Dialect, Entity, Options, Scope};
use store_core::contract::{Capability, Needs, Rule, Scale, plan, subscription, usage};
use store_tests::harness::{Outcome, full};
use store_tests::made::{Made, adapter, store};

use super::adapters;

pub(crate) const SCALE: Scale = Scale { tasks: 16, rounds: 2, operations: 100 };

/// The values of the fields of a store: its tenant, who creates, who changes.
pub(crate) const OWN: &[&str] = &["acme", "ann", "bob"];

/// The options that are tested, by name; all of them where a test may take long.
pub(crate) fn all(dialect: Dialect, entity: Entity) -> Vec<(&'static str, Options<'static>)> {
    let mut all =
        vec![("shared_ids", adapters::SHARED_IDS), ("everything", adapters::everything(dialect, entity))];
    if full() {
        all.extend([
            ("scoped", adapters::SCOPED),
            ("marked", adapters::MARKED),
            ("marked_by_word", adapters::MARKED_BY_WORD),
            ("further", adapters::further(dialect, entity)),
        ]);
    }
    if entity == Entity::Subscription {
        all.push(("declared_live_key", adapters::declared_live_key(dialect)));
    }
    all
}

/// Rules that are about saving again what was deleted, which a store that marks it refuses.
const REVIVALS: &[&str] = &["the_deleted_is_gone", "random_operations_agree_with_a_model"];

/// Whether a store with options can hold a rule.
pub(crate) fn is_for<S>(rule: &Rule<S>, options: &Options<'_>) -> bool {
    let is_possible = !matches!(rule.needs, Needs::Without(_) | Needs::With(Capability::Corruptible));
    is_possible && (options.soft_delete.is_none() || !REVIVALS.contains(&rule.name))
}

pub(crate) async fn made<DB: Backend>(
    pool: Pool<DB>,
    dialect: Dialect,
    entity: Entity,
    options: Options<'static>,
) -> Result<Arc<Made<DB>>, store_core::StoreError>
where
    String: Scope<DB>,
{
    let made = Arc::new(Made::new(pool, store(adapter(dialect, entity, options)), OWN));
    made.create_schema().await?;
    made.verify().await?;
    Ok(made)
}

pub(crate) async fn plans<DB: Backend>(store: Arc<Made<DB>>, rule: &Rule<plan::PlanSubject>) -> Outcome
where
    String: Scope<DB>,
{
    Ok(rule.check(plan::PlanSubject::new(store).scale(SCALE)).await?)
}

pub(crate) async fn subscriptions<DB: Backend>(
    store: Arc<Made<DB>>,
    rule: &Rule<subscription::SubscriptionSubject>,
) -> Outcome
where
    String: Scope<DB>,
{
    let subject = subscription::SubscriptionSubject::new(store.clone()).atomic(store);
    Ok(rule.check(subject.scale(SCALE)).await?)
}

pub(crate) async fn usage<DB: Backend>(store: Arc<Made<DB>>, rule: &Rule<usage::UsageSubject>) -> Outcome
where
    String: Scope<DB>,
{
    let subject = usage::UsageSubject::new(store.clone()).reportable(store);
    Ok(rule.check(subject.scale(SCALE)).await?)
}

macro_rules! tests {
    ($suite:ident, $database:expr, $places:ident, $DB:ident) => {{
        use store_core::__private::{Dialect, Entity};
        use store_core::contract::{plan, subscription, usage};
        use $crate::options::contract;
        macro_rules! rules {
            ($entity:expr, $name:literal, $rules:path, $check:path) => {
                for (options_name, options) in contract::all(dialect!($DB), $entity) {
                    for rule in $rules.iter().filter(|rule| contract::is_for(rule, &options)) {
                        let name = format!("contract::{}::{options_name}::{}", $name, rule.name);
                        $suite.on($database, &name, move || async move {
                            let place = $places::fresh(8).await?;
                            let store =
                                contract::made::<$DB>(place.pool.clone(), dialect!($DB), $entity, options);
                            $check(store.await?, rule).await?;
                            place.remove().await;
                            Ok(())
                        });
                    }
                }
            };
        }
        macro_rules! dialect {
            (Sqlite) => {
                Dialect::Sqlite
            };
            (Postgres) => {
                Dialect::Postgres
            };
            (MySql) => {
                Dialect::MySql
            };
        }
        rules!(Entity::Plan, "plan", plan::RULES, contract::plans);
        rules!(Entity::Subscription, "subscription", subscription::RULES, contract::subscriptions);
        rules!(Entity::Usage, "usage", usage::RULES, contract::usage);
    }};
}
pub(crate) use tests;
