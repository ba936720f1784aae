//! Connections that are lost: of a write nobody knows, of a read and before anything was sent one does.

use std::time::Duration;

use sqlx::mysql::MySqlPoolOptions;
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, Executor as _, MySqlConnection, MySqlPool, PgConnection, PgPool};
use store_core::{
    Plan, PlanFilter, PlanStore as _, SqlPlanStore as _, SqlUsageStore as _, StoreError, UsageStore as _,
};
use store_tests::databases::{Database, mysql, postgres};
use store_tests::harness::Suite;
use store_tests::stores;

use crate::proxy::Proxy;
use crate::world::{assert_told, at, plan, usage};

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! lost {
        ($database:expr, $module:ident, $options:ident, $lock:expr, $unlock:expr) => {
            suite.on($database, "a_killed_connection_leaves_a_write_open", || async {
                let place = $module::fresh(3).await?;
                killed!(place, $module, $lock, $unlock);
                place.remove().await;
                Ok(())
            });
            suite.on($database, "an_answer_that_is_lost_leaves_a_write_open", || async {
                let place = $module::fresh(1).await?;
                unanswered!(place, $module, $options);
                place.remove().await;
                Ok(())
            });
            suite.on($database, "without_a_server_nothing_is_done", || async {
                let place = $module::fresh(1).await?;
                without_server!(place, $module, $options);
                place.remove().await;
                Ok(())
            });
        };
    }
    lost!(
        Database::Postgres,
        postgres,
        PgPoolOptions,
        "BEGIN; LOCK TABLE plans IN ACCESS EXCLUSIVE MODE",
        "ROLLBACK"
    );
    lost!(Database::Mysql, mysql, MySqlPoolOptions, "LOCK TABLES plans WRITE", "UNLOCK TABLES");
}

/// Ends the connection that waits for another, as an administrator would.
trait Kill {
    type Connection;

    async fn kill_whoever_waits_for(&self, holder: &mut Self::Connection) -> Result<(), sqlx::Error>;
}

impl Kill for PgPool {
    type Connection = PgConnection;

    async fn kill_whoever_waits_for(&self, holder: &mut PgConnection) -> Result<(), sqlx::Error> {
        let pid: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(holder).await?;
        let kill =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))";
        while sqlx::query(kill).bind(pid).fetch_all(self).await?.is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(())
    }
}

impl Kill for MySqlPool {
    type Connection = MySqlConnection;

    async fn kill_whoever_waits_for(&self, _: &mut MySqlConnection) -> Result<(), sqlx::Error> {
        let waiting = "SELECT id FROM information_schema.processlist
            WHERE db = DATABASE() AND state = 'Waiting for table metadata lock'";
        loop {
            let ids: Vec<i64> = sqlx::query_scalar(waiting).fetch_all(self).await?;
            for id in &ids {
                self.execute(AssertSqlSafe(format!("KILL CONNECTION {id}"))).await?;
            }
            if !ids.is_empty() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

macro_rules! killed {
    ($place:ident, $module:ident, $lock:expr, $unlock:expr) => {{
        let store = stores::$module::Plans { pool: $place.pool.clone() };
        store.create_plan_schema().await?;
        store.save_plan(&plan("one")).await?;
        let mut holder = store.pool.acquire().await?;
        sqlx::raw_sql($lock).execute(&mut *holder).await?;

        let changed = Plan { amount: 7, ..plan("one") };
        let (outcome, killed) =
            tokio::join!(store.save_plan(&changed), store.pool.kill_whoever_waits_for(&mut holder));
        killed?;
        assert_told!(outcome, StoreError::Ambiguous { .. });
        let (outcome, killed) =
            tokio::join!(store.delete_plan("one"), store.pool.kill_whoever_waits_for(&mut holder));
        killed?;
        assert_told!(outcome, StoreError::Ambiguous { .. });
        let (outcome, killed) =
            tokio::join!(store.get_plan("one"), store.pool.kill_whoever_waits_for(&mut holder));
        killed?;
        assert_told!(outcome, StoreError::Transient { .. });

        sqlx::raw_sql($unlock).execute(&mut *holder).await?;
        drop(holder);
        assert_eq!(store.get_plan("one").await?.amount, 1_900);
        works_on_every_connection!(store);
    }};
}
use killed;

/// The pool has no connection left that is of no use.
macro_rules! works_on_every_connection {
    ($store:ident) => {
        for round in 0..3 {
            let (one, two, three) = (plan("one"), plan("two"), plan("three"));
            let (first, second, third) =
                tokio::join!($store.save_plan(&one), $store.save_plan(&two), $store.save_plan(&three));
            first.and(second).and(third)?;
            assert_eq!($store.list_plans(&PlanFilter::default()).await?.len(), 3, "{round}");
        }
    };
}
use works_on_every_connection;

/// The server has done it, and the caller can't know.
macro_rules! unanswered {
    ($place:ident, $module:ident, $options:ident) => {{
        let (mut proxy, url) = Proxy::new($place.url()).await?;
        let pool = $options::new().max_connections(1).connect(&url).await?;
        let store = stores::$module::Usage { pool };
        store.create_usage_schema().await?;
        proxy.mute_after("in_the_dark");
        assert_told!(store.save_usage_record(&usage("in_the_dark")).await, StoreError::Ambiguous { .. });
        proxy.open().await?;
        let sum = store.sum_usage("sub_1", "calls", at(0), at(2)).await?;
        assert_eq!(sum, 1, "it was counted");
        store.pool.close().await;
    }};
}
use unanswered;

macro_rules! without_server {
    ($place:ident, $module:ident, $options:ident) => {{
        let (mut proxy, url) = Proxy::new($place.url()).await?;
        let wait = Duration::from_millis(300);
        let pool = $options::new().max_connections(3).acquire_timeout(wait).connect(&url).await?;
        let store = stores::$module::Plans { pool };
        store.create_plan_schema().await?;
        store.save_plan(&plan("one")).await?;

        proxy.close().await;
        assert_told!(store.save_plan(&plan("new")).await, StoreError::Transient { .. });
        assert_told!(store.get_plan("one").await, StoreError::Transient { .. });
        proxy.open().await?;
        assert_told!(store.get_plan("new").await, StoreError::NotFound { .. });
        works_on_every_connection!(store);
        store.pool.close().await;
    }};
}
use without_server;
