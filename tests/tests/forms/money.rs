//! Plans: amounts of any currency, trials in seconds, truths in numbers.

use chrono::DateTime;
use store_core::{Plan, PlanFilter, PlanInterval, SqlPlanStore, StoreError};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::plain::{Plain, retyped};

macro_rules! stores {
    ($suite:ident, $database:expr, $place:ident, $stores:ident, $Pool:ident, $decimal:literal, $small:literal) => {{
        mod $stores {
            use store_core::PlanStore;

            #[derive(PlanStore)]
            #[store(table = "plans")]
            #[store(columns(
                                                                            amount(as = decimal(currency)),
                                                                            trial_days(as = seconds),
                                                                            interval_count(as = i16),
                                                                            active(as = i16),
                                                                        ))]
            pub(super) struct Plans {
                pub(super) pool: sqlx::$Pool,
            }
        }
        $suite.on($database, "money::plans", || async {
            let place = $place::fresh(2).await?;
            let plans = $stores::Plans { pool: place.pool.clone() };
            check(&place.pool, &plans, $decimal, $small).await?;
            place.remove().await;
            Ok(())
        });
    }};
}

pub(crate) fn add(suite: &mut Suite) {
    stores!(suite, Database::Sqlite, sqlite, on_sqlite, SqlitePool, "DECIMAL(12, 4)", "SMALLINT");
    stores!(suite, Database::Postgres, postgres, on_postgres, PgPool, "NUMERIC(12, 4)", "SMALLINT");
    stores!(suite, Database::Mysql, mysql, on_mysql, MySqlPool, "DECIMAL(12, 4)", "SMALLINT");
}

fn plan(amount: i64, currency: &str) -> Plan {
    Plan {
        trial_days: 14,
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
        ..Plan::new("p", "Pro", amount, currency, PlanInterval::Month)
    }
}

fn refused(outcome: store_core::Result<()>) -> Option<&'static str> {
    match outcome {
        Err(StoreError::InvalidInput { field, .. }) => field,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn corrupt<T: std::fmt::Debug>(outcome: store_core::Result<T>) -> String {
    match outcome {
        Err(StoreError::Corrupt { column, .. }) => column,
        other => panic!("expected a corrupt row, got {other:?}"),
    }
}

async fn check<S: SqlPlanStore>(pool: &impl Plain, plans: &S, decimal: &str, small: &str) -> Outcome {
    let types = [("amount", decimal), ("active", small), ("interval_count", small)];
    let ddl = types.iter().fold(S::PLAN_DDL.to_owned(), |ddl, (column, ty)| retyped(&ddl, column, ty));
    pool.run(&ddl).await?;
    plans.verify_plans().await?;
    for (currency, amount, stored) in [
        ("EUR", 1_999, "19.99"),
        ("JPY", 1_999, "1999"),
        ("KWD", 1_999, "1.999"),
        ("clf", -1, "-0.0001"),
        ("usd", 100, "1"),
    ] {
        plans.save_plan(&plan(amount, currency)).await?;
        let same = format!(
            "SELECT 'same' FROM plans WHERE amount = {stored} AND trial_days = 1209600 AND active = 1"
        );
        assert_eq!(pool.texts(&same).await?, [Some("same".to_owned())], "{currency}");
        let read = plans.get_plan("p").await?;
        assert_eq!(read, plan(amount, currency));
        let columns = ["amount", "currency", "trial_days", "active", "interval_count"];
        let before = pool.dump("plans", &columns).await?;
        plans.save_plan(&read).await?;
        assert_eq!(pool.dump("plans", &columns).await?, before);
    }
    assert_eq!(refused(plans.save_plan(&plan(1, "gold")).await), Some("amount"));
    assert_eq!(refused(plans.save_plan(&plan(1, "XXX")).await), Some("amount"));
    let often = Plan { interval_count: 40_000, ..plan(1, "EUR") };
    assert_eq!(refused(plans.save_plan(&often).await), Some("interval_count"));

    let active = PlanFilter { active_only: true };
    assert_eq!(plans.list_plans(&active).await?, [plan(100, "usd")]);
    plans.save_plan(&Plan { active: false, ..plan(100, "usd") }).await?;
    assert_eq!(plans.list_plans(&active).await?, []);
    assert!(!plans.get_plan("p").await?.active);

    for (column, value) in [
        ("active", "2"),
        ("trial_days", "86401"),
        ("trial_days", "-86400"),
        ("interval_count", "-1"),
        ("amount", "0.001"),
    ] {
        plans.save_plan(&plan(100, "usd")).await?;
        pool.run(&format!("UPDATE plans SET {column} = {value}")).await?;
        assert_eq!(corrupt(plans.get_plan("p").await), column, "{value}");
    }
    plans.save_plan(&plan(100, "usd")).await?;
    pool.run("UPDATE plans SET currency = 'gold'").await?;
    assert_eq!(corrupt(plans.get_plan("p").await), "amount");
    pool.run("DROP TABLE plans").await?;
    plans.create_plan_schema().await?;
    plans.verify_plans().await?;
    Ok(())
}
