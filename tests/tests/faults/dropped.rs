//! Calls that nobody waits for any more: each has happened whole or not at all, and the pool is as good as before.

use std::fmt::Debug;
use std::future::poll_fn;
use std::pin::pin;
use std::str::FromStr;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use sqlx::mysql::{MySqlConnectOptions, MySqlPoolOptions};
use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::SqlitePoolOptions;
use store_core::{
    Conflict, Plan, PlanFilter, PlanStore, SqlPlanStore as _, SqlSubscriptionStore as _, SqlUsageStore as _,
    StoreError, Subscription, SubscriptionFilter, SubscriptionStore as _, UsageRecord, UsageStore as _,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite, full};
use store_tests::stores;

use crate::proxy::{PAUSE, Proxy};
use crate::world::{at, plan, subscription, usage};

/// Fewer than the calls at a time, so that some are dropped while they wait for one.
const CONNECTIONS: u32 = 3;
const AT_A_TIME: usize = 12;

/// After which a call waits for an answer that doesn't come.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! dropped {
        ($database:expr, $module:ident, $options:ty) => {
            suite.on($database, "dropped_calls_leave_the_pool_as_it_was", || async {
                let place = $module::fresh(1).await?;
                let pool = <$options>::new().max_connections(CONNECTIONS).connect(place.url()).await?;
                dropped_calls!(pool, $module);
                pool.close().await;
                place.remove().await;
                Ok(())
            });
        };
    }
    dropped!(Database::Sqlite, sqlite, SqlitePoolOptions);
    dropped!(Database::Postgres, postgres, PgPoolOptions);
    dropped!(Database::Mysql, mysql, MySqlPoolOptions);
    macro_rules! halfway {
        ($database:expr, $module:ident, $options:ty) => {
            suite.on($database, "the_call_after_a_dropped_one_gets_its_own_answer", || async {
                let place = $module::fresh(1).await?;
                let (proxy, url) = Proxy::new(place.url()).await?;
                // A connection that remembers hardly a statement prepares one for nearly every call, and answers twice.
                let options = <$options>::from_str(&url)?.statement_cache_capacity(1);
                // A ping before each call could hide an answer that is one too late.
                let pool = PoolOptions::new().max_connections(1).test_before_acquire(false);
                let store = stores::$module::Plans { pool: pool.connect_with(options).await? };
                store.create_plan_schema().await?;
                own_answers(&store, &proxy).await?;
                store.pool.close().await;
                place.remove().await;
                Ok(())
            });
        };
    }
    halfway!(Database::Postgres, postgres, PgConnectOptions);
    halfway!(Database::Mysql, mysql, MySqlConnectOptions);
}

/// Waits for a call until it has come to a stop so many times.
async fn until<F: Future>(stops: usize, call: F) -> Option<F::Output> {
    let (mut call, mut left) = (pin!(call), stops);
    poll_fn(|context| match call.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

/// Whether a call came to an end, which is not that of another: no answer went to the wrong one.
fn is_finished<T: Debug>(outcome: Option<Result<T, StoreError>>) -> bool {
    match outcome {
        None => false,
        Some(Ok(_) | Err(StoreError::NotFound { .. })) => true,
        Some(Err(StoreError::AlreadyExists { conflict: Conflict::Live, .. })) => true,
        Some(outcome) => panic!("{outcome:?}"),
    }
}

/// All fields tell the same number, so that a record of two halves is seen.
fn whole_plan(id: &str, number: i64) -> Plan {
    let text = format!("{number}-{}", "x".repeat(2_000));
    let metadata = [("text".to_owned(), text.clone())].into();
    Plan { name: text.clone(), description: text, amount: number, metadata, ..plan(id) }
}

fn is_whole(found: &Plan) -> bool {
    *found == whole_plan(&found.id, found.amount)
}

/// Calls are dropped while an answer stops, wherever in it that is.
async fn own_answers(store: &dyn PlanStore, proxy: &Proxy) -> Outcome {
    let kept = whole_plan("kept", 1);
    store.save_plan(&kept).await?;
    let mut dropped = 0;
    // Less than the shortest part of an answer is long, up to what a call is answered in all.
    for bytes in (0..1_600).step_by(if full() { 1 } else { 8 }) {
        proxy.pause_after(bytes);
        let outcome = tokio::time::timeout(PAUSE / 3, store.get_plan("absent")).await;
        dropped += usize::from(outcome.is_err());
        let (found, absent) = tokio::time::timeout(PATIENCE, async {
            (store.get_plan("kept").await, store.delete_plan("absent").await)
        })
        .await?;
        assert_eq!(found?, kept, "after {bytes} bytes");
        assert!(matches!(absent, Err(StoreError::NotFound { .. })), "after {bytes} bytes: {absent:?}");
    }
    assert!(dropped > 50, "{dropped}");
    Ok(())
}

macro_rules! dropped_calls {
    ($pool:ident, $module:ident) => {{
        let plans = stores::$module::Plans { pool: $pool.clone() };
        let subscriptions = stores::$module::Subscriptions { pool: $pool.clone() };
        let records = stores::$module::Usage { pool: $pool.clone() };
        plans.create_plan_schema().await?;
        subscriptions.create_subscription_schema().await?;
        records.create_usage_schema().await?;
        let stores = Arc::new((plans, subscriptions, records));

        let calls = if full() { 2_000 } else { 40 };
        let tasks: Vec<_> = (0..AT_A_TIME)
            .map(|task| {
                let stores = stores.clone();
                tokio::spawn(async move {
                    let mut finished = 0;
                    for call in 0..calls {
                        // The farthest is more than most calls need.
                        let stops = (task + call) % 9;
                        let (plans, subscriptions, records) = &*stores;
                        let id = format!("{}", call % 8);
                        let number = (task * calls + call) as i64;
                        let plan = whole_plan(&id, number);
                        let subscription = subscription(&format!("{task}_{call}"), &id);
                        let record = UsageRecord { quantity: 1, ..usage(&format!("{task}_{call}")) };
                        let done = match call % 6 {
                            0 | 1 => is_finished(until(stops, plans.save_plan(&plan)).await),
                            2 => is_finished(until(stops, plans.get_plan(&id)).await),
                            3 => {
                                let create = subscriptions.save_subscription(&subscription);
                                is_finished(until(stops, create).await)
                            }
                            4 => is_finished(until(stops, plans.delete_plan(&id)).await),
                            _ => {
                                let save = records.save_usage_record(&record);
                                is_finished(until(stops, save).await)
                            }
                        };
                        finished += usize::from(done);
                    }
                    finished
                })
            })
            .collect();
        let mut finished = 0;
        for task in tasks {
            finished += tokio::time::timeout(PATIENCE, task).await??;
        }
        let dropped = AT_A_TIME * calls - finished;
        assert!(finished > calls && dropped > calls, "{finished} came to an end, {dropped} did not");
        afterwards(&*stores).await?;

        async fn afterwards(
            (plans, subscriptions, records): &(
                stores::$module::Plans,
                stores::$module::Subscriptions,
                stores::$module::Usage,
            ),
        ) -> Outcome {
            // Each connection, many times: an answer that is one too late would be seen.
            for round in 0..20 {
                let (id, other) = (format!("after_{round}"), format!("other_{round}"));
                let saved = whole_plan(&id, round);
                let (one, two, three) = tokio::time::timeout(PATIENCE, async {
                    tokio::join!(
                        plans.save_plan(&saved),
                        plans.get_plan(&other),
                        records.sum_usage("none", "calls", at(0), at(2))
                    )
                })
                .await?;
                one?;
                assert!(matches!(two, Err(StoreError::NotFound { .. })), "{two:?}");
                assert_eq!(three?, 0);
                assert_eq!(plans.get_plan(&id).await?, saved);
            }
            let found = plans.list_plans(&PlanFilter::default()).await?;
            let halves: Vec<_> = found.iter().filter(|plan| !is_whole(plan)).collect();
            assert!(halves.is_empty(), "{halves:?}");
            let all = subscriptions.list_subscriptions(&SubscriptionFilter::default()).await?;
            for found in all {
                let Subscription { id, subscriber_id, .. } = &found;
                assert_eq!(found, subscription(id, subscriber_id));
            }
            let sum = records.sum_usage("sub_1", "calls", at(0), at(2)).await?;
            assert_eq!(records.list_usage_records("sub_1", at(0), at(2)).await?.len() as i64, sum);
            Ok(())
        }
    }};
}
use dropped_calls;
