//! On the pool, what was rolled back at once is repeated; how often is bounded, and nothing else is repeated.

use sqlx::{AssertSqlSafe, MySqlPool, PgPool};
use store_core::{
    AtomicSubscriptionStore as _, Extent, PlanStore as _, SqlPlanStore as _, SqlSubscriptionStore as _,
    SqlUsageStore as _, StoreError, SubscriptionStore as _, UsageStore as _,
};
use store_tests::databases::{Database, mysql, postgres};
use store_tests::harness::Suite;
use store_tests::stores;

use crate::world::{assert_told, plan, subscription, usage};

/// The pauses between the tries of one call, and one.
const TRIES: i64 = 8;

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! repeats {
        ($database:expr, $module:ident, $again:expr, $waited:expr) => {
            suite.on($database, "what_was_rolled_back_at_once_is_repeated", || async {
                let place = $module::fresh(2).await?;
                repeated!(place, $module, $again);
                place.remove().await;
                Ok(())
            });
            suite.on($database, "what_has_waited_is_not_repeated", || async {
                let place = $module::fresh(2).await?;
                waited!(place, $module, $waited);
                place.remove().await;
                Ok(())
            });
        };
    }
    repeats!(Database::Postgres, postgres, ["40001", "40P01"], ["55P03", "57014", "53300", "40003"]);
    repeats!(Database::Mysql, mysql, ["1213", "1020"], ["1205", "1317", "1969", "1053"]);
}

/// Refuses the first inserts into every table with a code, and counts the tries where no rollback undoes it.
trait Refuse {
    async fn refuse(&self, times: i64, code: &str) -> Result<(), sqlx::Error>;
    /// How many tries there were since the refusals were set up.
    async fn tries(&self) -> Result<i64, sqlx::Error>;
}

const TABLES: [&str; 3] = ["plans", "subscriptions", "usage_records"];

impl Refuse for PgPool {
    async fn refuse(&self, times: i64, code: &str) -> Result<(), sqlx::Error> {
        let mut script = format!(
            "DROP SEQUENCE IF EXISTS tries; CREATE SEQUENCE tries;
             CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                 IF nextval('tries') <= {times} THEN RAISE EXCEPTION 'not now' USING ERRCODE = '{code}'; END IF;
                 RETURN NEW;
             END $$;"
        );
        for table in TABLES {
            script += &format!(
                "CREATE OR REPLACE TRIGGER refuse BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse();"
            );
        }
        sqlx::raw_sql(AssertSqlSafe(script)).execute(self).await.map(drop)
    }

    async fn tries(&self) -> Result<i64, sqlx::Error> {
        sqlx::query_scalar("SELECT last_value FROM tries").fetch_one(self).await
    }
}

impl Refuse for MySqlPool {
    async fn refuse(&self, times: i64, code: &str) -> Result<(), sqlx::Error> {
        let mut script = "DROP TABLE IF EXISTS tries; CREATE TABLE tries (n INT) ENGINE = MyISAM;".to_owned();
        for table in TABLES {
            script += &format!(
                "CREATE OR REPLACE TRIGGER refuse_{table} BEFORE INSERT ON {table} FOR EACH ROW BEGIN
                     INSERT INTO tries VALUES (1);
                     IF (SELECT COUNT(*) FROM tries) <= {times} THEN
                         SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = {code}, MESSAGE_TEXT = 'not now';
                     END IF;
                 END;"
            );
        }
        sqlx::raw_sql(AssertSqlSafe(script)).execute(self).await.map(drop)
    }

    async fn tries(&self) -> Result<i64, sqlx::Error> {
        sqlx::query_scalar("SELECT COUNT(*) FROM tries").fetch_one(self).await
    }
}

macro_rules! stores_in {
    ($place:ident, $module:ident) => {{
        let pool = $place.pool.clone();
        let plans = stores::$module::Plans { pool: pool.clone() };
        let subscriptions = stores::$module::Subscriptions { pool: pool.clone() };
        let records = stores::$module::Usage { pool: pool.clone() };
        plans.create_plan_schema().await?;
        subscriptions.create_subscription_schema().await?;
        records.create_usage_schema().await?;
        (pool, plans, subscriptions, records)
    }};
}

macro_rules! repeated {
    ($place:ident, $module:ident, $codes:expr) => {{
        let (pool, plans, subscriptions, records) = stores_in!($place, $module);
        for code in $codes {
            let id = |name| format!("{name}_{code}");
            pool.refuse(1, code).await?;
            plans.save_plan(&plan(&id("saved"))).await?;
            pool.refuse(2, code).await?;
            subscriptions.save_subscription(&subscription(&id("saved"), &id("one"))).await?;
            pool.refuse(TRIES - 1, code).await?;
            let created = subscription(&id("created"), &id("two"));
            subscriptions.create_subscription_if_not_active(&created).await?;
            pool.refuse(1, code).await?;
            records.save_usage_record(&usage(&id("saved"))).await?;

            pool.refuse(1_000, code).await?;
            let outcome = plans.save_plan(&plan(&id("never"))).await;
            assert_told!(outcome, StoreError::Transient { lost: Extent::Transaction, .. });
            assert_eq!(pool.tries().await?, TRIES);

            pool.refuse(1_000, code).await?;
            let mut transaction = pool.begin().await?;
            let outcome = plans.save_plan_in(&mut transaction, &plan(&id("never"))).await;
            assert_told!(outcome, StoreError::Transient { lost: Extent::Transaction, .. });
            transaction.rollback().await?;
            assert_eq!(pool.tries().await?, 1, "what is repeated in a transaction is the caller's choice");
            assert_told!(plans.get_plan(&id("never")).await, StoreError::NotFound { .. });
        }
    }};
}
use repeated;

macro_rules! waited {
    ($place:ident, $module:ident, $codes:expr) => {{
        let (pool, plans, ..) = stores_in!($place, $module);
        for code in $codes {
            pool.refuse(1_000, code).await?;
            let outcome = plans.save_plan(&plan("never")).await;
            assert_told!(outcome, StoreError::Transient { .. } | StoreError::Ambiguous { .. });
            assert_eq!(pool.tries().await?, 1);
        }
    }};
}
use stores_in;
use waited;
