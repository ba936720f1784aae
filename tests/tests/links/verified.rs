//! What is verified of the other tables.

use store_core::{
    Finding, Findings, SqlPlanStore as _, SqlSubscriptionStore as _, SqlUsageStore as _, StoreError,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::Suite;

use super::world::on_each;

/// The kinds of what is found.
fn found(outcome: store_core::Result<()>) -> Vec<Finding> {
    match outcome {
        Ok(()) => Vec::new(),
        Err(StoreError::Schema { source }) => match source.downcast::<Findings>() {
            Ok(findings) => findings.iter().cloned().collect(),
            Err(other) => panic!("{other}"),
        },
        Err(other) => panic!("{other:?}"),
    }
}

fn kinds(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(Finding::kind).collect()
}

pub(crate) fn add(suite: &mut Suite) {
    on_each!(suite, "verified::what_is_there", |pool, stores| {
        let store = stores::Subscriptions { pool: pool.clone(), tenant: 1 };
        store.create_subscription_schema().await?;
        store.verify_subscriptions().await?;
        let store = stores::Members { pool: pool.clone() };
        store.create_subscription_schema().await?;
        store.verify_subscriptions().await?;
        let store = stores::Seats { pool: pool.clone() };
        store.create_subscription_schema().await?;
        store.verify_subscriptions().await?;
        let store = stores::Calls { pool: pool.clone() };
        store.create_usage_schema().await?;
        store.verify_usage().await?;
        let store = stores::Prices { pool: pool.clone() };
        store.create_plan_schema().await?;
        store.verify_plans().await?;
    });
    on_each!(suite, "verified::what_is_missing", |pool, stores| {
        let store = stores::Members { pool: pool.clone() };
        store.create_subscription_schema().await?;
        pool.run("ALTER TABLE offers RENAME COLUMN code TO name").await?;
        let findings = found(store.verify_subscriptions().await);
        assert_eq!(kinds(&findings), ["OtherColumnMissing"]);
        let text = "table `offers` has no column `code`, in which `plan_id` is looked for: add it, or name another in `via(..)`";
        assert_eq!(findings[0].to_string(), text);
        pool.run("DROP TABLE offers").await?;
        let findings = found(store.verify_subscriptions().await);
        assert_eq!(kinds(&findings), ["OtherTableMissing"]);
    });
    on_each!(suite, "verified::what_keeps_rows_apart", |pool, stores| {
        let store = stores::Subscriptions { pool: pool.clone(), tenant: 1 };
        store.create_subscription_schema().await?;
        pool.run("CREATE TABLE loose AS SELECT * FROM customers; DROP TABLE customers; ALTER TABLE loose RENAME TO customers;").await?;
        let findings = found(store.verify_subscriptions().await);
        // By the code of the field and of what is copied; by the number.
        assert_eq!(kinds(&findings), ["OtherKeyMissing"; 3]);
        assert_eq!(findings[0].told("column"), Some("code"));
        assert_eq!(findings[1].told("column"), Some("number"));
        for finding in &findings[..2] {
            pool.run(finding.remedy().strip_prefix("run: ").expect("it is a statement")).await?;
        }
        store.verify_subscriptions().await?;
    });
    on_each!(suite, "verified::what_is_of_another_type", |pool, stores| {
        let store = stores::Members { pool: pool.clone() };
        store.create_subscription_schema().await?;
        pool.run(
            "DROP TABLE offers; CREATE TABLE offers (number BIGINT PRIMARY KEY, code BIGINT NOT NULL UNIQUE)",
        )
        .await?;
        let findings = found(store.verify_subscriptions().await);
        assert_eq!(kinds(&findings), ["ColumnType"]);
        assert_eq!(findings[0].remedy(), "say `as = ..` of `plan_id` with the form that it has there");
    });
    on_each!(suite, "verified::what_leads_there", |pool, stores| {
        let store = stores::Members { pool: pool.clone() };
        store.create_subscription_schema().await?;
        pool.run("DROP TABLE offers").await?;
        let offers = "number VARCHAR(20) NOT NULL PRIMARY KEY, code VARCHAR(64) NOT NULL UNIQUE";
        pool.run(&format!("CREATE TABLE offers ({offers})")).await?;
        let findings = found(store.verify_subscriptions().await);
        let of_type = findings.iter().find(|it| it.kind() == "ColumnType").expect("it keeps other values");
        assert_eq!(of_type.told("column"), Some("offer"));
        assert_eq!(of_type.remedy(), "give it the type of `number` in `offers`");
    });
    macro_rules! folding {
        ($database:expr, $module:ident, $folding:ident, $collation:literal) => {
            suite.on($database, "verified::what_compares_in_another_way", || async {
                use super::stores::{$folding::Folding, $module as stores};
                use crate::plain::Plain as _;
                let place = $module::fresh(2).await?;
                let pool = place.pool.clone();
                let store = stores::Members { pool: pool.clone() };
                store.create_subscription_schema().await?;
                let code = concat!("code VARCHAR(64) COLLATE ", $collation, " NOT NULL UNIQUE");
                pool.run(&format!("CREATE TABLE offers (number BIGINT PRIMARY KEY, {code})")).await?;
                let findings = found(store.verify_subscriptions().await);
                assert_eq!(kinds(&findings), ["ColumnCollation"]);
                let remedy = concat!("say `collation = \"", $collation, "\"` of `plan_id`");
                assert_eq!(findings[0].remedy(), remedy);
                let declared = Folding { pool: pool.clone() };
                declared.create_subscription_schema().await?;
                declared.verify_subscriptions().await?;
                place.remove().await;
                Ok(())
            });
        };
    }
    folding!(Database::Sqlite, sqlite, sqlite_folding, "NOCASE");
    folding!(Database::Mysql, mysql, mysql_folding, "utf8mb4_general_ci");
}
