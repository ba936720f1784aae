//! A schema that differs from the DDL of a store, and what is to be found.

use chrono::Utc;
use store_core::{Finding, Findings, Result, StoreError, Subscription, SubscriptionStatus};

/// Which store is verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Store {
    Plans,
    Subscriptions,
    Usage,
}
pub(crate) use Store::{Plans, Subscriptions, Usage};

/// One difference.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) store: Store,
    /// What is replaced in the text of the DDL.
    pub(crate) edits: &'static [(&'static str, &'static str)],
    /// What is run after it.
    pub(crate) then: &'static str,
    /// The kinds that are found, in order.
    pub(crate) finds: &'static [&'static str],
    /// Whether the remedies are statements, which leave nothing to be found.
    pub(crate) is_cured: bool,
}

/// A change after the DDL, whose findings are cured by their remedies.
pub(crate) const fn changed(
    name: &'static str,
    store: Store,
    then: &'static str,
    finds: &'static [&'static str],
) -> Case {
    Case { name, store, edits: &[], then, finds, is_cured: true }
}

/// A change within the DDL, whose findings are cured by their remedies.
pub(crate) const fn edited(
    name: &'static str,
    store: Store,
    edits: &'static [(&'static str, &'static str)],
    finds: &'static [&'static str],
) -> Case {
    Case { name, store, edits, then: "", finds, is_cured: true }
}

impl Case {
    /// The remedies are words, or need a hand.
    pub(crate) const fn incurable(self) -> Self {
        Self { is_cured: false, ..self }
    }

    pub(crate) const fn and_then(self, then: &'static str) -> Self {
        Self { then, ..self }
    }

    /// The script that makes the schema.
    pub(crate) fn script(&self, ddl: &str) -> String {
        let edited = self.edits.iter().fold(ddl.to_owned(), |ddl, (from, to)| {
            assert!(ddl.contains(from), "the DDL has no `{from}`:\n{ddl}");
            ddl.replace(from, to)
        });
        edited + self.then
    }

    /// Holds what was found against what is expected; the statements that cure it.
    pub(crate) fn check(&self, verified: Result<()>) -> Vec<String> {
        let findings = findings(verified);
        let kinds: Vec<_> = findings.iter().map(|finding| finding.kind()).collect();
        let texts = findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert_eq!(kinds, self.finds, "{texts}");
        for finding in &findings {
            let line = finding.to_string();
            assert!(!line.contains('\n') && line.contains(finding.remedy()), "{line}");
        }
        if !self.is_cured {
            return Vec::new();
        }
        cures_of(&findings)
    }
}

/// The statements that cure findings.
pub(crate) fn cures_of(findings: &[Finding]) -> Vec<String> {
    let remedies = findings.iter().map(|finding| finding.remedy().to_owned());
    remedies
        .map(|remedy| {
            remedy.strip_prefix("run: ").unwrap_or_else(|| panic!("not to be run: {remedy}")).into()
        })
        .collect()
}

/// What was found; nothing where all is well.
pub(crate) fn findings(verified: Result<()>) -> Vec<Finding> {
    match verified {
        Ok(()) => Vec::new(),
        Err(StoreError::Schema { source }) => {
            source.downcast::<Findings>().expect("findings are the source").into_iter().collect()
        }
        Err(other) => panic!("{other}"),
    }
}
/// A subscription that is live.
pub(crate) fn live() -> Subscription {
    let now = Utc::now();
    Subscription::new("id", "subscriber", "plan", SubscriptionStatus::Active, now..now)
}

/// What is alike for each database, in a module with `cases()`.
macro_rules! on_a_database {
    ($database:expr, $module:ident) => {
        use store_core::{Result, SqlPlanStore as _, SqlSubscriptionStore as _, SqlUsageStore as _};
        use store_tests::databases::{Database, $module};
        use store_tests::harness::{Outcome, Suite};
        use store_tests::stores::$module::{
            Plans as PlanStore, Subscriptions as SubscriptionStore, Usage as UsageStore,
        };

        use super::case::{
            Case, Plans, Store, Subscriptions, Usage, changed, cures_of, edited, findings, live,
        };

        type Pool = sqlx::Pool<Db>;

        pub(crate) fn add(suite: &mut Suite) {
            for case in cases() {
                suite.on($database, case.name, move || check(case));
            }
            suite.on($database, "own_ddl_has_no_fault", own_ddl_has_no_fault);
            add_more(suite);
        }

        async fn own_ddl_has_no_fault() -> Outcome {
            let place = $module::fresh(1).await?;
            for store in [Plans, Subscriptions, Usage] {
                run(&place.pool, ddl(store)).await?;
                verify(&place.pool, store).await?;
            }
            place.remove().await;
            Ok(())
        }

        async fn check(case: Case) -> Outcome {
            let place = $module::fresh(1).await?;
            run(&place.pool, &case.script(ddl(case.store))).await?;
            let cures = case.check(verify(&place.pool, case.store).await);
            if !cures.is_empty() {
                cure(&place.pool, cures).await?;
                // A column that is new has NULL in the rows that are there: that it doesn't stay so is told next.
                let left = findings(verify(&place.pool, case.store).await);
                assert!(left.iter().all(|finding| finding.kind() == "ColumnNullable"), "{left:?}");
                cure(&place.pool, cures_of(&left)).await?;
                verify(&place.pool, case.store).await?;
            }
            place.remove().await;
            Ok(())
        }

        async fn cure(pool: &Pool, cures: Vec<String>) -> Outcome {
            for cure in cures {
                run(pool, &cure).await.map_err(|error| format!("{cure}: {error}"))?;
            }
            Ok(())
        }

        fn ddl(store: Store) -> &'static str {
            match store {
                Plans => PlanStore::PLAN_DDL,
                Subscriptions => SubscriptionStore::SUBSCRIPTION_DDL,
                Usage => UsageStore::USAGE_DDL,
            }
        }

        async fn verify(pool: &Pool, store: Store) -> Result<()> {
            let pool = pool.clone();
            match store {
                Plans => PlanStore { pool }.verify_plans().await,
                Subscriptions => SubscriptionStore { pool }.verify_subscriptions().await,
                Usage => UsageStore { pool }.verify_usage().await,
            }
        }

        async fn run(pool: &Pool, script: &str) -> sqlx::Result<()> {
            sqlx::raw_sql(sqlx::AssertSqlSafe(script)).execute(pool).await.map(drop)
        }
    };
}
pub(crate) use on_a_database;
