//! The whole contract on tables with options.

use std::sync::Arc;

use sqlx::Pool;
use store_core::__private::{Adapter, Backend, Dialect, Entity, Scope};
use store_core::contract::{Capability, Rule, Scale, plan, subscription, usage};
use store_tests::harness::{Outcome, full};
use store_tests::made::{Made, adapter, store};

use super::{adapters, mapped};

pub(crate) const SCALE: Scale = Scale { tasks: 16, rounds: 2, operations: 100 };

/// The values of the fields of a store: its tenant, who creates, who changes.
pub(crate) const OWN: &[&str] = &["acme", "ann", "bob"];

/// The adapters that are tested, by name; all of them where a test may take long.
pub(crate) fn all(dialect: Dialect, entity: Entity) -> Vec<(&'static str, Adapter<'static>)> {
    let mut all = vec![("shared_ids", adapters::SHARED_IDS)];
    if full() {
        all.extend([
            ("everything", adapters::everything(dialect, entity)),
            ("scoped", adapters::SCOPED),
            ("marked", adapters::MARKED),
            ("marked_by_word", adapters::MARKED_BY_WORD),
            ("further", adapters::further(dialect, entity)),
        ]);
    }
    if entity == Entity::Subscription {
        all.push(("declared_live_key", adapters::declared_live_key(dialect)));
    }
    let named = |(name, options)| (name, adapter(dialect, entity, options));
    let mut all: Vec<_> = all.into_iter().map(named).collect();
    all.push(("everything_mapped", mapped::adapter(dialect, entity, adapters::everything(dialect, entity))));
    all
}

/// What a store with options has beside its trait.
const CAPABILITIES: &[Capability] = &[Capability::Mapping, Capability::Atomic, Capability::Reportable];

/// Whether a rule is for a store with options.
pub(crate) fn is_for<S>(rule: &Rule<S>) -> bool {
    rule.needs.met_by(CAPABILITIES)
}

pub(crate) async fn made<DB: Backend>(
    pool: Pool<DB>,
    adapter: Adapter<'static>,
) -> Result<Arc<Made<DB>>, store_core::StoreError>
where
    String: Scope<DB>,
{
    let made = Arc::new(Made::new(pool, store(adapter), OWN));
    made.create_schema().await?;
    made.verify().await?;
    Ok(made)
}

pub(crate) async fn plans<DB: Backend>(store: Arc<Made<DB>>, rule: &Rule<plan::PlanSubject>) -> Outcome
where
    String: Scope<DB>,
{
    Ok(rule.check(plan::PlanSubject::new(store.clone()).mapping(store.mapping()).scale(SCALE)).await?)
}

pub(crate) async fn subscriptions<DB: Backend>(
    store: Arc<Made<DB>>,
    rule: &Rule<subscription::SubscriptionSubject>,
) -> Outcome
where
    String: Scope<DB>,
{
    let mapping = store.mapping();
    let subject = subscription::SubscriptionSubject::new(store.clone()).atomic(store).mapping(mapping);
    Ok(rule.check(subject.scale(SCALE)).await?)
}

pub(crate) async fn usage<DB: Backend>(store: Arc<Made<DB>>, rule: &Rule<usage::UsageSubject>) -> Outcome
where
    String: Scope<DB>,
{
    let mapping = store.mapping();
    let subject = usage::UsageSubject::new(store.clone()).reportable(store).mapping(mapping);
    Ok(rule.check(subject.scale(SCALE)).await?)
}

macro_rules! tests {
    ($suite:ident, $database:expr, $places:ident, $DB:ident) => {{
        use store_core::__private::{Dialect, Entity};
        use store_core::contract::{plan, subscription, usage};
        use $crate::options::contract;
        macro_rules! rules {
            ($entity:expr, $name:literal, $rules:path, $check:path) => {
                for (adapter_name, adapter) in contract::all(dialect!($DB), $entity) {
                    for rule in $rules.iter().filter(|rule| contract::is_for(rule)) {
                        let name = format!("contract::{}::{adapter_name}::{}", $name, rule.name);
                        $suite.on($database, &name, move || async move {
                            let place = $places::fresh(8).await?;
                            let store = contract::made::<$DB>(place.pool.clone(), adapter).await?;
                            $check(store, rule).await?;
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
