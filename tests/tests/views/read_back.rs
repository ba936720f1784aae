//! Fields that only a view has: what is saved in them is what the view shows, or nothing is saved.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use store_core::{
    AtomicSubscriptionStore as _, Conflict, Plan, PlanFilter, PlanStore as _, SqlPlanStore as _,
    SqlSubscriptionStore as _, SqlUsageStore as _, StoreError, Subscription, SubscriptionStore as _,
    UsageRecord, UsageStore as _,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::Suite;
use store_tests::race::one_wins;

use super::stores;
use super::world::{at, is_absent, note, plan, refused, subscription, usage, with_features};

/// The view of each kind of record, after its table: `{list}` puts the features of a plan together.
const PLANS: &str =
    "CREATE TABLE plan_features (plan_id VARCHAR(255) NOT NULL, feature VARCHAR(255) NOT NULL);
    CREATE VIEW plans_with_features AS SELECT p.*, COALESCE({list}, {empty}) AS features FROM plans p;";

const SQLITE_LIST: [&str; 2] = [
    "(SELECT json_group_array(f.feature) FROM \
        (SELECT feature FROM plan_features WHERE plan_id = p.id ORDER BY feature) f)",
    "'[]'",
];
const POSTGRES_LIST: [&str; 2] = [
    "(SELECT jsonb_agg(f.feature ORDER BY f.feature) FROM plan_features f WHERE f.plan_id = p.id::text)",
    "'[]'::jsonb",
];
const MYSQL_LIST: [&str; 2] = [
    "(SELECT JSON_ARRAYAGG(f.feature ORDER BY f.feature) FROM plan_features f WHERE f.plan_id = p.id)",
    "'[]'",
];

/// A view that has the metadata of rows whose id says so.
const NOTED: &str = "CREATE VIEW {view} AS SELECT t.*, \
    CASE WHEN t.id LIKE 'noted%' THEN {note} ELSE {none} END AS metadata FROM {table} t;";

pub(crate) fn plans_view([list, empty]: [&str; 2]) -> String {
    PLANS.replace("{list}", list).replace("{empty}", empty)
}

fn noted(view: &str, table: &str, cast: &str) -> String {
    NOTED
        .replace("{view}", view)
        .replace("{table}", table)
        .replace("{note}", &format!("'{{\"note\": \"of the table beside\"}}'{cast}"))
        .replace("{none}", &format!("'{{}}'{cast}"))
}

pub(crate) const LISTS: [[&str; 2]; 3] = [SQLITE_LIST, POSTGRES_LIST, MYSQL_LIST];

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! on {
        ($database:expr, $module:ident, $list:expr, $cast:literal) => {{
            macro_rules! plans {
                                ($name:literal, |$store:ident, $table:ident| $body:block) => {
                                    suite.on($database, $name, || async {
                                        let place = $module::fresh(8).await?;
                                        let $store = stores::$module::Plans { pool: place.pool.clone() };
                                        let $table = stores::$module::Table { pool: place.pool.clone() };
                                        $store.create_plan_schema().await?;
                                        run!(place.pool, plans_view($list));
                                        $body
                                        place.remove().await;
                                        Ok(())
                                    });
                                };
                            }
            plans!("reads_are_of_the_view", |store, table| { reads!(store, table) });
            plans!("what_the_view_does_not_show_is_refused", |store, table| { refusals!(store, table) });
            plans!("a_refusal_leaves_a_callers_transaction_as_it_was", |store, table| {
                transactions!(store, table)
            });
            plans!("concurrent_saves_are_repeated_whole", |store, _table| { concurrent!(store) });
            plans!("dropped_saves_leave_the_pool_as_it_was", |store, table| { dropped_on_pool!(store, table) });
            suite.on($database, "subscriptions_are_read_back", || async {
                let place = $module::fresh(8).await?;
                let store = Arc::new(stores::$module::Subscriptions { pool: place.pool.clone() });
                store.create_subscription_schema().await?;
                run!(place.pool, noted("subscriptions_with_notes", "subscriptions", $cast));
                subscriptions!(store);
                place.remove().await;
                Ok(())
            });
            suite.on($database, "usage_is_read_back", || async {
                let place = $module::fresh(8).await?;
                let store = stores::$module::Usage { pool: place.pool.clone() };
                store.create_usage_schema().await?;
                run!(place.pool, noted("usage_with_notes", "usage_records", $cast));
                usages!(store);
                place.remove().await;
                Ok(())
            });
        }};
    }
    on!(Database::Sqlite, sqlite, SQLITE_LIST, "");
    on!(Database::Postgres, postgres, POSTGRES_LIST, "::jsonb");
    on!(Database::Mysql, mysql, MYSQL_LIST, "");
    // On SQLite a call is done too soon to be dropped halfway. Not on MySQL, whose driver does not remember a call of which nobody waits for the answer.
    macro_rules! dropped {
        ($database:expr, $module:ident, $list:expr) => {
            suite.on($database, "dropped_saves_leave_a_callers_transaction_open", || async {
                let place = $module::fresh(8).await?;
                let store = stores::$module::Plans { pool: place.pool.clone() };
                let table = stores::$module::Table { pool: place.pool.clone() };
                store.create_plan_schema().await?;
                run!(place.pool, plans_view($list));
                dropped_in_transaction!(store, table);
                place.remove().await;
                Ok(())
            });
        };
    }
    dropped!(Database::Postgres, postgres, POSTGRES_LIST);
}

const FEATURES: &str = "INSERT INTO plan_features VALUES ('pro', 'search'), ('pro', 'export')";

macro_rules! reads {
    ($store:ident, $table:ident) => {{
        $store.verify_plans().await?;
        $store.save_plan(&plan("pro")).await?;
        $store.save_plan(&plan("free")).await?;
        run!($store.pool, FEATURES);
        let shown = with_features("pro", &["export", "search"]);
        assert_eq!($store.get_plan("pro").await?, shown);
        assert_eq!(
            $store.list_plans(&PlanFilter { active_only: true }).await?,
            [plan("free"), shown.clone()]
        );
        // What is read can be saved again, and another field with it.
        let dearer = Plan { amount: 2_900, ..shown };
        $store.save_plan(&dearer).await?;
        assert_eq!($store.get_plan("pro").await?, dearer);
        $store.delete_plan("pro").await?;
        is_absent($table.get_plan("pro").await);
    }};
}

macro_rules! refusals {
    ($store:ident, $table:ident) => {{
        let (field, reason) = refused($store.save_plan(&with_features("new", &["search"])).await);
        assert_eq!(field, Some("features"));
        assert!(reason.contains("`plans_with_features`"), "{reason}");
        is_absent($table.get_plan("new").await);

        $store.save_plan(&plan("pro")).await?;
        run!($store.pool, FEATURES);
        for features in [&["search", "export"][..], &["export"], &[]] {
            let renamed = Plan { name: "Other".into(), ..with_features("pro", features) };
            assert_eq!(refused($store.save_plan(&renamed).await).0, Some("features"));
            assert_eq!($table.get_plan("pro").await?, plan("pro"), "{features:?}");
        }
        // Uniqueness is the table's, and is told as everywhere.
        let mine = Plan { provider_id: Some("mine".into()), ..plan("free") };
        $store.save_plan(&mine).await?;
        let second = Plan { id: "second".into(), ..mine };
        let outcome = $store.save_plan(&second).await.unwrap_err();
        assert_eq!(outcome.conflict(), Some(&Conflict::ProviderId));
    }};
}

macro_rules! transactions {
    ($store:ident, $table:ident) => {{
        let mut transaction = $store.pool.begin().await?;
        $store.save_plan_in(&mut transaction, &plan("first")).await?;
        for _ in 0..2 {
            let outcome = $store.save_plan_in(&mut transaction, &with_features("refused", &["search"])).await;
            assert_eq!(refused(outcome).0, Some("features"));
            let changed = Plan { amount: 1, ..with_features("first", &["search"]) };
            assert_eq!(refused($store.save_plan_in(&mut transaction, &changed).await).0, Some("features"));
        }
        is_absent($store.get_plan_in(&mut transaction, "refused").await);
        assert_eq!($store.get_plan_in(&mut transaction, "first").await?, plan("first"));
        $store.save_plan_in(&mut transaction, &plan("second")).await?;
        // A refusal by a key undoes nothing else either.
        let mine = Plan { provider_id: Some("mine".into()), ..plan("third") };
        $store.save_plan_in(&mut transaction, &mine).await?;
        let twin = Plan { id: "fourth".into(), ..mine };
        let outcome = $store.save_plan_in(&mut transaction, &twin).await.unwrap_err();
        assert_eq!(outcome.conflict(), Some(&Conflict::ProviderId));
        transaction.commit().await?;
        let names: Vec<_> =
            $table.list_plans(&PlanFilter::default()).await?.into_iter().map(|plan| plan.id).collect();
        assert_eq!(names, ["first", "second", "third"]);

        // Rolled back by the caller, all of it is gone.
        let mut transaction = $store.pool.begin().await?;
        $store.save_plan_in(&mut transaction, &plan("fifth")).await?;
        transaction.rollback().await?;
        is_absent($table.get_plan("fifth").await);

        // Outside of a transaction nothing could be undone.
        let mut connection = $store.pool.acquire().await?;
        let outcome = $store.save_plan_in(&mut connection, &plan("sixth")).await;
        assert!(matches!(outcome, Err(StoreError::Backend { .. })), "{outcome:?}");
        drop(connection);
        is_absent($table.get_plan("sixth").await);
    }};
}

macro_rules! concurrent {
    ($store:ident) => {{
        let store = Arc::new($store);
        let tasks: Vec<_> = (0..8)
            .map(|task| {
                let store = store.clone();
                tokio::spawn(async move {
                    for round in 0..8 {
                        // All make the same ones, and meet at their keys.
                        let plan = Plan { amount: task, ..plan(&format!("plan {round}")) };
                        store.save_plan(&plan).await?;
                    }
                    Ok::<_, StoreError>(())
                })
            })
            .collect();
        for task in tasks {
            task.await??;
        }
        assert_eq!(store.list_plans(&PlanFilter::default()).await?.len(), 8);
    }};
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

/// More than a save has.
const STOPS: usize = 24;

macro_rules! dropped_on_pool {
    ($store:ident, $table:ident) => {{
        for stops in (0..STOPS).chain(0..STOPS) {
            until(stops, $store.save_plan(&refused_plan())).await;
            left_as_it_was!($store, $table, &plan_of(stops));
        }
        held_up!($table, $store.save_plan(&refused_plan()));
        left_as_it_was!($store, $table, &plan("kept"));
    }};
}

/// On a connection that was left in a transaction what is saved would be seen by nobody else.
macro_rules! left_as_it_was {
    ($store:ident, $table:ident, $kept:expr) => {{
        let kept: &Plan = $kept;
        $store.save_plan(kept).await?;
        let mut others = Vec::new();
        for _ in 0..8 {
            let mut other = $table.pool.acquire().await?;
            assert_eq!($table.get_plan_in(&mut other, &kept.id).await?, *kept);
            is_absent($table.get_plan_in(&mut other, "refused").await);
            others.push(other);
        }
    }};
}

/// How far a call gets before it is dropped depends on the machine: one whose key another transaction holds is certainly
/// dropped halfway.
macro_rules! held_up {
    ($table:ident, $call:expr) => {{
        let mut holder = $table.pool.begin().await?;
        $table.save_plan_in(&mut holder, &plan("refused")).await?;
        let call = tokio::time::timeout(Duration::from_millis(100), $call).await;
        assert!(call.is_err(), "{call:?}");
        holder.rollback().await?;
    }};
}

fn plan_of(stops: usize) -> Plan {
    plan(&format!("kept {stops}"))
}

/// The view has no such features.
fn refused_plan() -> Plan {
    with_features("refused", &["search"])
}

macro_rules! dropped_in_transaction {
    ($store:ident, $table:ident) => {{
        for stops in 0..STOPS {
            let kept = plan_of(stops);
            let mut transaction = $store.pool.begin().await?;
            $table.save_plan_in(&mut transaction, &kept).await?;
            until(stops, $store.save_plan_in(&mut transaction, &refused_plan())).await;
            kept_or_lost!($table, transaction, kept);
        }
        let kept = plan("kept");
        let mut transaction = $store.pool.begin().await?;
        $table.save_plan_in(&mut transaction, &kept).await?;
        held_up!($table, $store.save_plan_in(&mut transaction, &refused_plan()));
        kept_or_lost!($table, transaction, kept);
    }};
}

macro_rules! kept_or_lost {
    ($table:ident, $transaction:ident, $kept:ident) => {{
        if $transaction.commit().await.is_ok() {
            assert_eq!($table.get_plan(&$kept.id).await?, $kept);
        } else {
            is_absent($table.get_plan(&$kept.id).await);
        }
        is_absent($table.get_plan("refused").await);
    }};
}

macro_rules! subscriptions {
    ($store:ident) => {{
        $store.verify_subscriptions().await?;
        let noted = Subscription { metadata: note(), ..subscription("noted", "one") };
        $store.create_subscription_if_not_active(&noted).await?;
        assert_eq!($store.get_active_subscription("one").await?, noted);
        $store.save_subscription(&noted).await?;
        let outcome = $store.save_subscription(&subscription("noted", "one")).await;
        assert_eq!(refused(outcome).0, Some("metadata"));

        // What is refused takes nobody's place.
        let plain = Subscription { metadata: note(), ..subscription("plain", "two") };
        let outcome = $store.create_subscription_if_not_active(&plain).await;
        assert_eq!(refused(outcome).0, Some("metadata"));
        is_absent($store.get_subscription("plain").await);
        is_absent($store.get_active_subscription("two").await);

        one_wins(&$store, (0..8).map(|task| subscription(&format!("sub {task}"), "two"))).await?;
    }};
}

macro_rules! usages {
    ($store:ident) => {{
        $store.verify_usage().await?;
        let noted = UsageRecord { metadata: note(), ..usage("noted") };
        $store.save_usage_record(&noted).await?;
        let outcome = $store.save_usage_record(&UsageRecord { metadata: note(), ..usage("plain") }).await;
        assert_eq!(refused(outcome).0, Some("metadata"));
        assert_eq!($store.sum_usage("sub_1", "calls", at(0), at(9)).await?, 1);
        $store.save_usage_record(&usage("plain")).await?;
        let outcome = $store.save_usage_record(&usage("plain")).await;
        assert_eq!(outcome.unwrap_err().conflict(), Some(&Conflict::Id));
        assert_eq!($store.list_usage_records("sub_1", at(0), at(9)).await?, [noted, usage("plain")]);
    }};
}
use {
    concurrent, dropped_in_transaction, dropped_on_pool, held_up, kept_or_lost, left_as_it_was, reads,
    refusals, subscriptions, transactions, usages,
};
