//! Limits and features with a column for each key.

use store_core::{Plan, PlanInterval, PlanStore, SqlPlanStore as _, StoreError};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use super::stores::{on_mysql, on_postgres, on_sqlite};
use crate::plain::Plain;

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! on {
        ($database:expr, $place:ident, $stores:ident) => {
            suite.on($database, "paths::keys", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Keys { pool: place.pool.clone() };
                // Other applications take NULL for what is not there.
                let is_feature = |line: &&str| line.contains("has_");
                let line = |line: &str| match Some(line).filter(is_feature) {
                    Some(line) => line.replace(" NOT NULL", "") + "\n",
                    None => format!("{line}\n"),
                };
                let ddl: String = $stores::Keys::PLAN_DDL.lines().map(line).collect();
                place.pool.run(&ddl).await?;
                store.verify_plans().await?;
                keys(&place.pool, &store).await?;
                place.remove().await;
                Ok(())
            });
        };
    }
    on!(Database::Sqlite, sqlite, on_sqlite);
    on!(Database::Postgres, postgres, on_postgres);
    on!(Database::Mysql, mysql, on_mysql);
}

fn plan(features: &[&str], limits: &[(&str, i64)]) -> Plan {
    Plan {
        features: features.iter().map(|feature| (*feature).to_owned()).collect(),
        limits: limits.iter().map(|(key, limit)| ((*key).to_owned(), *limit)).collect(),
        created_at: chrono::DateTime::UNIX_EPOCH,
        updated_at: chrono::DateTime::UNIX_EPOCH,
        ..Plan::new("p", "Pro", 1_900, "EUR", PlanInterval::Month)
    }
}

async fn keys(plain: &impl Plain, store: &impl PlanStore) -> Outcome {
    const COLUMNS: [&str; 5] = ["id", "max_seats", "api_calls", "has_sso", "has_audit"];
    for plan in [
        plan(&[], &[]),
        plan(&["sso", "audit"], &[("seats", 0), ("api", i64::MAX)]),
        plan(&["audit"], &[("api", -1)]),
        plan(&[], &[("seats", 5)]),
    ] {
        store.save_plan(&plan).await?;
        assert_eq!(store.get_plan("p").await?, plan);
        assert_eq!(store.list_plans(&Default::default()).await?, [plan]);
    }
    for (other, field) in [
        (plan(&[], &[("users", 1)]), "limits"),
        (plan(&["api"], &[]), "features"),
        (plan(&["audit", "sso"], &[]), "features"),
        (plan(&["sso", "sso"], &[]), "features"),
    ] {
        let outcome = store.save_plan(&other).await;
        assert!(
            matches!(outcome, Err(StoreError::InvalidInput { field: Some(at), .. }) if at == field),
            "{outcome:?}"
        );
    }
    for values in [
        "max_seats = NULL, api_calls = 7, has_sso = NULL, has_audit = NULL",
        "max_seats = 3, api_calls = NULL, has_sso = TRUE, has_audit = FALSE",
    ] {
        plain.run(&format!("UPDATE plans SET {values}")).await?;
        let before = plain.dump("plans", &COLUMNS).await?;
        let read = store.get_plan("p").await?;
        store.save_plan(&read).await?;
        assert_eq!(plain.dump("plans", &COLUMNS).await?, before, "{values}");
    }
    assert_eq!(store.get_plan("p").await?, plan(&["sso"], &[("seats", 3)]));
    Ok(())
}
