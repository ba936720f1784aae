//! Intervals and their counts in one column.

use store_core::{Plan, PlanInterval, SqlPlanStore, StoreError};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::plain::Plain;

macro_rules! stores {
    ($module:ident, $Pool:ident) => {
        mod $module {
            use store_core::PlanStore;

            #[derive(PlanStore)]
            #[store(table = "plans", columns(interval(column = "billed", as = iso8601)))]
            pub(super) struct Iso {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans", columns(interval(column = "billed", as = code)))]
            pub(super) struct Code {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans", columns(interval(column = "billed", as = iso8601, if_null = month)))]
            pub(super) struct OrMonth {
                pub(super) pool: sqlx::$Pool,
            }
        }
    };
}

stores!(on_sqlite, SqlitePool);
stores!(on_postgres, PgPool);
stores!(on_mysql, MySqlPool);

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! on {
        ($database:expr, $place:ident, $stores:ident) => {
            suite.on($database, "intervals::iso8601", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Iso { pool: place.pool.clone() };
                both_in_one(&place.pool, &store, "P").await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "intervals::code", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Code { pool: place.pool.clone() };
                both_in_one(&place.pool, &store, "").await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "intervals::null_is_one", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::OrMonth { pool: place.pool.clone() };
                null_is_one(&place.pool, &store).await?;
                place.remove().await;
                Ok(())
            });
        };
    }
    on!(Database::Sqlite, sqlite, on_sqlite);
    on!(Database::Postgres, postgres, on_postgres);
    on!(Database::Mysql, mysql, on_mysql);
}

fn plan(interval: PlanInterval, interval_count: u32) -> Plan {
    Plan { interval_count, ..Plan::new("p", "Pro", 1_900, "EUR", interval) }
}

async fn both_in_one(pool: &impl Plain, store: &impl SqlPlanStore, before: &str) -> Outcome {
    store.create_plan_schema().await?;
    store.verify_plans().await?;
    let column = |text: &str| format!("UPDATE plans SET billed = '{before}{text}'");
    for (text, interval, count) in [
        ("3M", PlanInterval::Month, 3),
        ("1Y", PlanInterval::Year, 1),
        ("2W", PlanInterval::Week, 2),
        ("4294967295D", PlanInterval::Day, u32::MAX),
    ] {
        let saved = plan(interval, count);
        store.save_plan(&saved).await?;
        let ours = pool.dump("plans", &["billed"]).await?;
        pool.run(&column(text)).await?;
        assert_eq!(pool.dump("plans", &["billed"]).await?, ours, "what is saved is what others write");
        let read = store.get_plan("p").await?;
        assert_eq!((&read.interval, read.interval_count), (&saved.interval, count));
        store.save_plan(&read).await?;
        assert_eq!(pool.dump("plans", &["billed"]).await?, ours);
    }
    let outcome = store.save_plan(&plan(PlanInterval::new("quarter"), 1)).await;
    assert!(matches!(outcome, Err(StoreError::InvalidInput { field: Some("interval"), .. })), "{outcome:?}");
    for text in ["", "M", "03M", "3m", "3 M", "1Y6M", "quarter"] {
        pool.run(&column(text)).await?;
        let outcome = store.get_plan("p").await;
        let is_corrupt = matches!(&outcome, Err(StoreError::Corrupt { column, .. }) if column == "billed");
        assert!(is_corrupt, "{text}: {outcome:?}");
    }
    Ok(())
}

/// NULL is a month, and three of them are not.
async fn null_is_one(pool: &impl Plain, store: &impl SqlPlanStore) -> Outcome {
    store.create_plan_schema().await?;
    for count in [1, 3] {
        store.save_plan(&plan(PlanInterval::Month, count)).await?;
        assert_eq!(store.get_plan("p").await?.interval_count, count);
    }
    // What says the same stays, in either way.
    for (literal, count) in [("NULL", 1), ("'P1M'", 1), ("'P3M'", 3)] {
        pool.run(&format!("UPDATE plans SET billed = {literal}")).await?;
        let before = pool.dump("plans", &["billed"]).await?;
        let read = store.get_plan("p").await?;
        assert_eq!((&read.interval, read.interval_count), (&PlanInterval::Month, count));
        store.save_plan(&read).await?;
        assert_eq!(pool.dump("plans", &["billed"]).await?, before, "{literal}");
    }
    Ok(())
}
