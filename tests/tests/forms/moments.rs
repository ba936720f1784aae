//! What is true or false by whether a column has a time: the time that is there stays, whoever wrote it.

use store_core::{Plan, PlanFilter, PlanInterval, SqlPlanStore, StoreError};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::plain::Plain;

macro_rules! stores {
    ($suite:ident, $database:expr, $place:ident, $stores:ident, $Pool:ident, [$($Store:ident: $null:literal, $old:literal;)*]) => {{
        mod $stores {
            use store_core::PlanStore;

            #[derive(PlanStore)]
            #[store(table = "plans", columns(active(column = "at", as = is_null)))]
            pub(super) struct Archived {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans", columns(active(column = "at", as = is_set(timestamp(0)))))]
            pub(super) struct Published {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans", columns(active(column = "at", as = is_null(datetime))))]
            pub(super) struct Ended {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans", columns(active(column = "at", as = is_set(date))))]
            pub(super) struct OnDays {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans", columns(active(column = "at", as = is_null(epoch(ms)))))]
            pub(super) struct Counted {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans", columns(active(column = "at", as = is_set(text("%Y-%m-%d %H:%M:%S")))))]
            pub(super) struct Written {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans")]
            #[store(columns(features(keys("sso" = "sso_since", "audit" = "audit_since"), as = is_set(epoch(s)))))]
            pub(super) struct Features {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans")]
            #[store(columns(features(keys("sso" = "sso_until", "audit" = "audit_until"), as = is_null)))]
            pub(super) struct Ending {
                pub(super) pool: sqlx::$Pool,
            }
        }
        $suite.on($database, "moments::active", || async {
            // Each has its own place: what a connection has prepared for one is prepared for its types.
            $(
                let place = $place::fresh(2).await?;
                active(&place.pool, &$stores::$Store { pool: place.pool.clone() }, $null, $old).await?;
                place.remove().await;
            )*
            Ok(())
        });
        $suite.on($database, "moments::features", || async {
            let place = $place::fresh(2).await?;
            features(&place.pool, &$stores::Features { pool: place.pool.clone() }, ["sso_since", "audit_since"], false).await?;
            features(&place.pool, &$stores::Ending { pool: place.pool.clone() }, ["sso_until", "audit_until"], true).await?;
            place.remove().await;
            Ok(())
        });
    }};
}

pub(crate) fn add(suite: &mut Suite) {
    stores!(suite, Database::Sqlite, sqlite, on_sqlite, SqlitePool, [
        Archived: true, "'2001-02-03T04:05:06+00:00'";
        Published: false, "'2001-02-03 04:05:06'";
        Ended: true, "'yesterday'";
        OnDays: false, "'2001-02-03'";
        Counted: true, "0";
        Written: false, "''";
    ]);
    stores!(suite, Database::Postgres, postgres, on_postgres, PgPool, [
        Archived: true, "'infinity'";
        Published: false, "'2001-02-03 04:05:06'";
        Ended: true, "'-infinity'";
        OnDays: false, "'2001-02-03'";
        Counted: true, "-9223372036854775808";
        Written: false, "''";
    ]);
    stores!(suite, Database::Mysql, mysql, on_mysql, MySqlPool, [
        Archived: true, "'2001-02-03 04:05:06.000007'";
        Published: false, "'2001-02-03 04:05:06'";
        Ended: true, "'0001-01-01 00:00:00'";
        OnDays: false, "'2001-02-03'";
        Counted: true, "0";
        Written: false, "''";
    ]);
    suite.on(Database::Postgres, "moments::what_the_column_must_be", what_the_column_must_be);
}

/// One that takes NULL, and has times of the form.
async fn what_the_column_must_be() -> Outcome {
    #[derive(store_core::PlanStore)]
    #[store(table = "plans", columns(active(column = "at", as = is_set(timestamp(0)))))]
    struct Published {
        pool: sqlx::PgPool,
    }
    let place = postgres::fresh(2).await?;
    let store = Published { pool: place.pool.clone() };
    store.create_plan_schema().await?;
    place.pool.run("ALTER TABLE plans ALTER at SET NOT NULL").await?;
    let found = store.verify_plans().await.expect_err("NULL has no place").to_string();
    let expected = "column `at` of `plans` takes no NULL, which is stored for a value of `active`: \
                    run: ALTER TABLE \"plans\" ALTER COLUMN \"at\" DROP NOT NULL";
    assert!(found.ends_with(expected), "{found}");
    place.pool.run("ALTER TABLE plans ALTER at DROP NOT NULL; ALTER TABLE plans ALTER at TYPE date").await?;
    let found = store.verify_plans().await.expect_err("it is of another type").to_string();
    assert!(found.contains("column `at` of `plans` is date, where TIMESTAMP(0) is needed"), "{found}");
    place.remove().await;
    Ok(())
}

fn plan(id: &str, active: bool) -> Plan {
    Plan {
        active,
        created_at: chrono::DateTime::UNIX_EPOCH,
        updated_at: chrono::DateTime::UNIX_EPOCH,
        ..Plan::new(id, "Pro", 1, "EUR", PlanInterval::Month)
    }
}

async fn at(pool: &impl Plain, id: &str) -> Result<Option<String>, sqlx::Error> {
    Ok(pool.texts(&format!("SELECT CAST(at AS CHAR(40)) FROM plans WHERE id = '{id}'")).await?.remove(0))
}

/// `null` is what NULL says; `old` is a time that another application may have written, and needs not be one that can be read.
async fn active<S: SqlPlanStore>(pool: &impl Plain, plans: &S, null: bool, old: &str) -> Outcome {
    plans.create_plan_schema().await?;
    plans.verify_plans().await?;
    let only = PlanFilter { active_only: true };
    for truth in [true, false] {
        let id = truth.to_string();
        plans.save_plan(&plan(&id, truth)).await?;
        assert_eq!(at(pool, &id).await?.is_none(), truth == null);
        assert_eq!(plans.get_plan(&id).await?, plan(&id, truth));
        assert_eq!(plans.list_plans(&only).await?, [plan("true", true)]);
    }
    let id = (!null).to_string();

    // A time of another application stays when the record is saved back, or something else is changed.
    pool.run(&format!("UPDATE plans SET at = {old} WHERE id = '{id}'")).await?;
    let before = pool.dump("plans", &["id", "at"]).await?;
    for plan in plans.list_plans(&PlanFilter::default()).await? {
        plans.save_plan(&plan).await?;
        plans.save_plan(&Plan { amount: 7, ..plan }).await?;
    }
    assert_eq!(pool.dump("plans", &["id", "at"]).await?, before);
    assert_eq!(plans.get_plan(&id).await?.active, !null);
    // It goes with what it says, and what says it again is a new one.
    plans.save_plan(&plan(&id, null)).await?;
    assert_eq!(at(pool, &id).await?, None);
    assert_eq!(plans.list_plans(&only).await?.len(), if null { 2 } else { 0 });
    plans.save_plan(&plan(&id, !null)).await?;
    assert!(at(pool, &id).await?.is_some_and(|new| !new.starts_with("2001")));
    assert_eq!(plans.list_plans(&only).await?.len(), 1);

    let column = plans.plan_mapping().field("active").to_string();
    assert_eq!(column, format!("column `at`; NULL is {null}"));
    Ok(())
}

async fn features<S: SqlPlanStore>(pool: &impl Plain, plans: &S, columns: [&str; 2], null: bool) -> Outcome {
    plans.create_plan_schema().await?;
    plans.verify_plans().await?;
    for list in [&[][..], &["sso"], &["audit"], &["sso", "audit"], &[]] {
        let plan = Plan { features: list.iter().map(|it| (*it).to_owned()).collect(), ..plan("p", true) };
        for _ in ["made anew", "changed"] {
            plans.save_plan(&plan).await?;
            assert_eq!(plans.get_plan("p").await?, plan);
            for (column, feature) in columns.into_iter().zip(["sso", "audit"]) {
                let is_null = format!("SELECT 'is' FROM plans WHERE {column} IS NULL");
                assert_eq!(
                    pool.texts(&is_null).await?.len() == 1,
                    list.contains(&feature) == null,
                    "{column}"
                );
            }
            let before = pool.dump("plans", &columns).await?;
            plans.save_plan(&plan).await?;
            assert_eq!(pool.dump("plans", &columns).await?, before, "what says it already stays");
        }
        plans.delete_plan("p").await?;
    }
    let unknown = Plan { features: vec!["users".into()], ..plan("p", true) };
    let outcome = plans.save_plan(&unknown).await;
    assert!(matches!(outcome, Err(StoreError::InvalidInput { field: Some("features"), .. })), "{outcome:?}");
    pool.run("DROP TABLE plans").await?;
    Ok(())
}
