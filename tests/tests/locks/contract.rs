//! The whole contract on stores that are atomic by a lock: on the pool, and in transactions of the caller.

use std::sync::Arc;

use sqlx::{Executor as _, Pool};
use store_core::__private::{
    Atomic, Backend, Column, Dialect, Entity, Extra, Form, Locked, Options, Scope, Source,
};
use store_core::contract::subscription::SubscriptionSubject;
use store_core::contract::{Capability, Needs, Rule, Scale};
use store_core::mapping::Mapping;
use store_core::{AtomicSubscriptionStore, SqlAtomicSubscriptionStore};
use store_model::adapter::{SoftDelete, Stored};
use store_tests::harness::{Outcome, full};
use store_tests::made::{Made, adapter, store};
use store_tests::provided::{Provide, Provided};
use store_tests::stores::SUBSCRIBERS;
use store_tests::transactions::InTransactions;

const SCALE: Scale = Scale { tasks: 16, rounds: 2, operations: 100 };

const SCOPED: Options<'static> = Options {
    scope: &[Extra { column: Column::new("tenant", Form::Text), value: Source::Own(0) }],
    soft_delete: Some(SoftDelete {
        column: Column::new("deleted_at", Form::Time),
        live: Some(Stored::Null),
        deleted: None,
    }),
    ..*Options::NONE
};

/// The locks of a database, by name, each on a plain table and where it takes long on one with a scope.
pub(crate) fn all(dialect: Dialect) -> Vec<(&'static str, Options<'static>)> {
    let locks: &[(_, Option<Locked<'static>>)] = match dialect {
        Dialect::Sqlite => &[("name", None)],
        Dialect::Postgres => &[("name", None), ("row", Some(SUBSCRIBERS))],
        Dialect::MySql => &[("row", Some(SUBSCRIBERS))],
    };
    let with = |lock, options| Options { atomic: Atomic::Lock(lock), ..options };
    let plain = locks.iter().map(|(name, lock)| (*name, with(*lock, *Options::NONE)));
    let scoped = locks.iter().filter(|_| full()).map(|(name, lock)| match *name {
        "row" => ("scoped_row", with(*lock, SCOPED)),
        _ => ("scoped_name", with(*lock, SCOPED)),
    });
    plain.chain(scoped).collect()
}

/// What the pool of a store mends, and a transaction of the caller can't: the driver for MySQL forgets an answer that nobody
/// waits for, and Postgres may refuse the second of two saves of one new id for the provider id of the first.
pub(crate) fn can_run_in_transactions(dialect: Dialect, rule: &Rule<SubscriptionSubject>) -> bool {
    match dialect {
        Dialect::MySql => rule.id != "G7",
        Dialect::Postgres => rule.name != "racing_saves_of_one_id_leave_one_of_them_whole",
        Dialect::Sqlite => true,
    }
}

pub(crate) fn is_for(rule: &Rule<SubscriptionSubject>) -> bool {
    !matches!(rule.needs, Needs::Without(_) | Needs::With(Capability::Corruptible))
}

/// A store with options, of which every subscriber has a row.
pub(crate) async fn made<DB: Backend + Provide>(
    pool: Pool<DB>,
    dialect: Dialect,
    options: Options<'static>,
) -> Result<(Provided<Made<DB>, DB>, Mapping), Box<dyn std::error::Error + Send + Sync>>
where
    String: Scope<DB>,
    for<'c> &'c Pool<DB>: sqlx::Executor<'c, Database = DB>,
{
    let adapter = adapter(dialect, Entity::Subscription, options);
    let made = Arc::new(Made::new(pool.clone(), store(adapter), &["acme"]));
    DB::make(&pool).await?;
    made.create_schema().await?;
    made.verify().await?;
    Ok((Provided { store: made, pool }, Mapping::of(&adapter)))
}

pub(crate) async fn holds(
    store: impl AtomicSubscriptionStore + 'static,
    mapping: Option<Mapping>,
    rule: &Rule<SubscriptionSubject>,
) -> Outcome {
    let store = Arc::new(store);
    let subject = SubscriptionSubject::new(store.clone()).atomic(store);
    let subject = mapping.into_iter().fold(subject, SubscriptionSubject::mapping);
    Ok(rule.check(subject.scale(SCALE)).await?)
}

/// A store whose calls run in transactions of the caller, at a level that they can run at.
pub(crate) async fn in_transactions<S, DB>(
    store: S,
    pool: Pool<DB>,
) -> Result<Provided<InTransactions<S, DB>, DB>, Box<dyn std::error::Error + Send + Sync>>
where
    S: SqlAtomicSubscriptionStore<Database = DB>,
    DB: Backend + Provide,
{
    DB::make(&pool).await?;
    store.create_subscription_schema().await?;
    store.verify_subscriptions().await?;
    Ok(Provided { store: Arc::new(InTransactions { store, pool: pool.clone() }), pool })
}

/// On MySQL a session begins its transactions at a level that is too high, so each of the pool says another.
pub(crate) async fn at_read_committed(
    place: &store_tests::databases::mysql::Place,
) -> sqlx::Result<sqlx::MySqlPool> {
    let level = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
    sqlx::mysql::MySqlPoolOptions::new()
        .max_connections(8)
        .after_connect(move |connection, _| {
            Box::pin(async move { connection.execute(level).await.map(drop) })
        })
        .connect(place.url())
        .await
}

macro_rules! tests {
    ($suite:ident, $database:expr, $places:ident, $dialect:expr) => {{
        use store_core::contract::subscription;
        use store_tests::harness::full;
        use $crate::locks::contract;
        for rule in subscription::RULES.iter().filter(|rule| contract::is_for(rule)) {
            for (name, options) in contract::all($dialect) {
                let name = format!("contract::{name}::{}", rule.name);
                $suite.on($database, &name, move || async move {
                    let place = $places::fresh(8).await?;
                    let (store, mapping) = contract::made(place.pool.clone(), $dialect, options).await?;
                    contract::holds(store, Some(mapping), rule).await?;
                    place.remove().await;
                    Ok(())
                });
            }
            // A sample is of the rules that the lock is about.
            let is_told = full() || rule.id.starts_with('S');
            if !is_told || !contract::can_run_in_transactions($dialect, rule) {
                continue;
            }
            let name = format!("in_transactions::{}", rule.name);
            $suite.on($database, &name, move || async move {
                let place = $places::fresh(8).await?;
                macro_rules! pool {
                    (mysql) => {
                        contract::at_read_committed(&place).await?
                    };
                    ($other:ident) => {
                        place.pool.clone()
                    };
                }
                let pool = pool!($places);
                let store = store_tests::stores::$places::LockedSubscriptions { pool: pool.clone() };
                contract::holds(contract::in_transactions(store, pool.clone()).await?, None, rule).await?;
                pool.close().await;
                place.remove().await;
                Ok(())
            });
        }
    }};
}
pub(crate) use tests;
