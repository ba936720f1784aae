//! Calls that nobody waits for any more: each has happened whole or not at all, and the pool is as good as before.

use std::sync::Arc;
use std::time::Duration;

use store_core::{
    Plan, PlanFilter, PlanStore, SqlPlanStore as _, SqlSubscriptionStore as _, SqlUsageStore as _,
    StoreError, Subscription, SubscriptionFilter, SubscriptionStore as _, UsageRecord, UsageStore as _,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite, full};
use store_tests::stores;

use crate::world::{at, plan, subscription, usage};

/// Fewer than the calls at a time, so that some are dropped while they wait for one.
const CONNECTIONS: u32 = 3;
const AT_A_TIME: usize = 12;

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! dropped {
        ($database:expr, $module:ident) => {
            suite.on($database, "dropped_calls_leave_the_pool_as_it_was", || async {
                let place = $module::fresh(CONNECTIONS).await?;
                dropped_calls!(place, $module);
                place.remove().await;
                Ok(())
            });
        };
    }
    dropped!(Database::Sqlite, sqlite);
    dropped!(Database::Postgres, postgres);
    dropped!(Database::Mysql, mysql);
}

/// A moment from one call to the next, of which every length comes up.
fn moments(seed: u64) -> impl Iterator<Item = Duration> {
    let mut state = seed;
    std::iter::from_fn(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some(Duration::from_micros((state >> 33) % 1_500))
    })
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

macro_rules! dropped_calls {
    ($place:ident, $module:ident) => {{
        let plans = stores::$module::Plans { pool: $place.pool.clone() };
        let subscriptions = stores::$module::Subscriptions { pool: $place.pool.clone() };
        let records = stores::$module::Usage { pool: $place.pool.clone() };
        plans.create_plan_schema().await?;
        subscriptions.create_subscription_schema().await?;
        records.create_usage_schema().await?;
        let stores = Arc::new((plans, subscriptions, records));

        let calls = if full() { 4_000 } else { 80 };
        let tasks: Vec<_> = (0..AT_A_TIME)
            .map(|task| {
                let stores = stores.clone();
                tokio::spawn(async move {
                    let mut finished = 0;
                    for (call, moment) in moments(task as u64).take(calls).enumerate() {
                        let (plans, subscriptions, records) = &*stores;
                        let id = format!("{}", call % 8);
                        let number = (task * calls + call) as i64;
                        let plan = whole_plan(&id, number);
                        let subscription = subscription(&format!("{task}_{call}"), &id);
                        let record = UsageRecord { quantity: 1, ..usage(&format!("{task}_{call}")) };
                        let done = match call % 6 {
                            0 | 1 => tokio::time::timeout(moment, plans.save_plan(&plan)).await.is_ok(),
                            2 => tokio::time::timeout(moment, plans.get_plan(&id)).await.is_ok(),
                            3 => {
                                let create = subscriptions.save_subscription(&subscription);
                                tokio::time::timeout(moment, create).await.is_ok()
                            }
                            4 => tokio::time::timeout(moment, plans.delete_plan(&id)).await.is_ok(),
                            _ => {
                                let save = records.save_usage_record(&record);
                                tokio::time::timeout(moment, save).await.is_ok()
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
            finished += task.await?;
        }
        assert!(finished < AT_A_TIME * calls, "some were dropped");
        afterwards(&*stores).await?;

        async fn afterwards(
            (plans, subscriptions, records): &(
                stores::$module::Plans,
                stores::$module::Subscriptions,
                stores::$module::Usage,
            ),
        ) -> Outcome {
            let patience = Duration::from_secs(20);
            // Each connection, many times: an answer that is one too late would be seen.
            for round in 0..20 {
                let (id, other) = (format!("after_{round}"), format!("other_{round}"));
                let saved = whole_plan(&id, round);
                let (one, two, three) = tokio::time::timeout(patience, async {
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
