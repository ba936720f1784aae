//! The contract on every database: on a pool, in transactions of the caller, and on SQLite in memory.

use std::process::ExitCode;
use std::sync::Arc;

use store_core::contract::{Capability, Needs, Rule, Scale, plan, subscription, usage};
use store_core::{SqlPlanStore, SqlSubscriptionStore, SqlUsageStore};
use store_tests::corrupt::Breaker;
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Suite, full};
use store_tests::stores;
use store_tests::transactions::InTransactions;

/// Enough for calls to meet; fewer than a server's connections by far.
const CONNECTIONS: u32 = 8;

/// Rules that need more than one connection, which a database in memory does not have.
const RACES: &[&str] = &[
    "racing_saves_of_one_id_leave_one_of_them_whole",
    "racing_creates_have_one_winner",
    "racing_creates_of_one_id_have_one_winner",
    "racing_creates_of_one_provider_id_have_one_winner",
    "racing_creates_of_different_subscribers_all_win",
    "racing_saves_and_creates_leave_one_live_one",
    "racing_promotions_leave_one_live_one",
    "racing_saves_of_one_provider_id_have_one_winner",
    "racing_records_of_one_id_count_once",
];

/// What the pool of a store mends, and a transaction of the caller can't:
///
/// - The driver for MySQL forgets an answer that nobody waits for any more, and takes it for the next one. The pool closes
///   such a connection; in a transaction it is the caller's to close.
/// - Of two saves of one new id at once, Postgres may refuse the second for the provider id of the first, which is its own.
///   The pool asks whose it is and saves again; in a transaction there is nothing to ask any more.
fn can_run_in_transactions<S>(database: Database, rule: &Rule<S>) -> bool {
    match database {
        Database::Mysql => rule.id != "G7",
        Database::Postgres => rule.name != "racing_saves_of_one_id_leave_one_of_them_whole",
        Database::Sqlite => true,
    }
}

fn scale() -> Scale {
    if full() {
        Scale { rounds: 200, operations: 2_000, ..Scale::default() }
    } else {
        Scale { rounds: 5, ..Scale::default() }
    }
}

/// The rules of one trait for one store: what makes the place, the tables and the subject stands in braces.
macro_rules! rules {
    ($suite:ident, $database:expr, $name:literal, $rules:path, |$rule:ident| $choice:expr, $place:expr, |$pool:ident| $subject:expr) => {
        for $rule in $rules.iter().filter(|$rule: &&Rule<_>| $choice) {
            $suite.on($database, &format!("{}::{}", $name, $rule.name), move || async move {
                let place = $place;
                let $pool = place.pool.clone();
                let subject = $subject;
                $rule.check(subject.scale(scale())).await?;
                place.remove().await;
                Ok(())
            });
        }
    };
}

/// Everything on one database.
macro_rules! contract {
    ($suite:ident, $database:expr, $module:ident) => {{
        let database = $database;
        rules!(
            $suite,
            database,
            "plan",
            plan::RULES,
            |_rule| true,
            $module::fresh(CONNECTIONS).await?,
            |pool| {
                let store = Arc::new(stores::$module::Plans { pool: pool.clone() });
                store.create_plan_schema().await?;
                plan::PlanSubject::new(store).corruptible(Arc::new(Breaker(pool)))
            }
        );
        rules!(
            $suite,
            database,
            "subscription",
            subscription::RULES,
            |rule| !matches!(rule.needs, Needs::Without(_)),
            $module::fresh(CONNECTIONS).await?,
            |pool| {
                let store = Arc::new(stores::$module::Subscriptions { pool: pool.clone() });
                store.create_subscription_schema().await?;
                let subject = subscription::SubscriptionSubject::new(store.clone()).atomic(store);
                subject.corruptible(Arc::new(Breaker(pool)))
            }
        );
        // What both hold is the same code; only what a plain store holds otherwise is left.
        rules!(
            $suite,
            database,
            "loose_subscription",
            subscription::RULES,
            |rule| matches!(rule.needs, Needs::Without(_)),
            $module::fresh(CONNECTIONS).await?,
            |pool| {
                let store = Arc::new(stores::$module::LooseSubscriptions { pool });
                store.create_subscription_schema().await?;
                subscription::SubscriptionSubject::new(store)
            }
        );
        rules!(
            $suite,
            database,
            "usage",
            usage::RULES,
            |rule| !matches!(rule.needs, Needs::Without(_)),
            $module::fresh(CONNECTIONS).await?,
            |pool| {
                let store = Arc::new(stores::$module::Usage { pool: pool.clone() });
                store.create_usage_schema().await?;
                usage::UsageSubject::new(store.clone()).reportable(store).corruptible(Arc::new(Breaker(pool)))
            }
        );
        rules!(
            $suite,
            database,
            "plain_usage",
            usage::RULES,
            |rule| matches!(rule.needs, Needs::Without(_)),
            $module::fresh(CONNECTIONS).await?,
            |pool| {
                let store = Arc::new(stores::$module::PlainUsage { pool });
                store.create_usage_schema().await?;
                usage::UsageSubject::new(store)
            }
        );
        rules!(
            $suite,
            database,
            "in_transactions::plan",
            plan::RULES,
            |rule| rule.needs == Needs::Nothing && can_run_in_transactions(database, rule),
            $module::fresh(CONNECTIONS).await?,
            |pool| {
                let store = stores::$module::Plans { pool: pool.clone() };
                store.create_plan_schema().await?;
                plan::PlanSubject::new(Arc::new(InTransactions { store, pool }))
            }
        );
        rules!(
            $suite,
            database,
            "in_transactions::subscription",
            subscription::RULES,
            |rule| !matches!(rule.needs, Needs::Without(_) | Needs::With(Capability::Corruptible))
                && can_run_in_transactions(database, rule),
            $module::fresh(CONNECTIONS).await?,
            |pool| {
                let store = stores::$module::Subscriptions { pool: pool.clone() };
                store.create_subscription_schema().await?;
                let store = Arc::new(InTransactions { store, pool });
                subscription::SubscriptionSubject::new(store.clone()).atomic(store)
            }
        );
        rules!(
            $suite,
            database,
            "in_transactions::usage",
            usage::RULES,
            |rule| !matches!(rule.needs, Needs::Without(_) | Needs::With(Capability::Corruptible))
                && can_run_in_transactions(database, rule),
            $module::fresh(CONNECTIONS).await?,
            |pool| {
                let store = stores::$module::Usage { pool: pool.clone() };
                store.create_usage_schema().await?;
                let store = Arc::new(InTransactions { store, pool });
                usage::UsageSubject::new(store.clone()).reportable(store)
            }
        );
    }};
}

fn main() -> ExitCode {
    let mut suite = Suite::new();
    contract!(suite, Database::Sqlite, sqlite);
    contract!(suite, Database::Postgres, postgres);
    contract!(suite, Database::Mysql, mysql);
    in_memory(&mut suite);
    suite.run()
}

/// A database in memory lives on one connection, so there are no races to run.
fn in_memory(suite: &mut Suite) {
    let database = Database::Sqlite;
    rules!(
        suite,
        database,
        "in_memory::plan",
        plan::RULES,
        |rule| !RACES.contains(&rule.name),
        memory().await?,
        |pool| {
            let store = Arc::new(stores::sqlite::Plans { pool: pool.clone() });
            store.create_plan_schema().await?;
            plan::PlanSubject::new(store).corruptible(Arc::new(Breaker(pool)))
        }
    );
    rules!(
        suite,
        database,
        "in_memory::subscription",
        subscription::RULES,
        |rule| !RACES.contains(&rule.name) && !matches!(rule.needs, Needs::Without(_)),
        memory().await?,
        |pool| {
            let store = Arc::new(stores::sqlite::Subscriptions { pool: pool.clone() });
            store.create_subscription_schema().await?;
            subscription::SubscriptionSubject::new(store.clone())
                .atomic(store)
                .corruptible(Arc::new(Breaker(pool)))
        }
    );
    rules!(
        suite,
        database,
        "in_memory::usage",
        usage::RULES,
        |rule| !RACES.contains(&rule.name) && !matches!(rule.needs, Needs::Without(_)),
        memory().await?,
        |pool| {
            let store = Arc::new(stores::sqlite::Usage { pool: pool.clone() });
            store.create_usage_schema().await?;
            usage::UsageSubject::new(store.clone()).reportable(store).corruptible(Arc::new(Breaker(pool)))
        }
    );
}

/// In memory there is nothing to remove.
struct Memory {
    pool: sqlx::SqlitePool,
}

impl Memory {
    async fn remove(self) {
        self.pool.close().await;
    }
}

async fn memory() -> Result<Memory, sqlx::Error> {
    Ok(Memory { pool: sqlite::in_memory().await? })
}
