//! Texts that the database holds equal, and the contract does not.

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{
    Conflict, Plan, PlanFilter, PlanInterval, SqlPlanStore, SqlSubscriptionStore, SqlUsageStore,
    Subscription, SubscriptionFilter, SubscriptionStatus, UsageRecord,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::plain::{Plain, retyped};

/// A collation on a database.
struct Case {
    /// What is there before the tables.
    setup: &'static str,
    /// The type of a column that another application has made.
    column: &'static str,
    /// Texts that the column holds equal, in the order of their bytes.
    equal: [&'static str; 2],
}

macro_rules! collations {
    ($suite:ident, $database:expr, $place:ident, $Pool:ident:
        $($name:ident = [$($table:tt)*] [$($columns:tt)*] $case:expr;)*) => {$({
        mod $name {
            use store_core::{PlanStore, SubscriptionStore, UsageStore};

            #[derive(PlanStore)]
            #[store(table = "plans", $($table)* columns(provider_id($($columns)*), ids($($columns)*)))]
            pub(super) struct Plans {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", $($table)* columns(ids($($columns)*)))]
            pub(super) struct Subscriptions {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(UsageStore)]
            #[store(table = "usage_records", $($table)* columns(metric($($columns)*), ids($($columns)*)))]
            pub(super) struct Usage {
                pub(super) pool: sqlx::$Pool,
            }
        }
        $suite.on($database, concat!("collations::", stringify!($name)), || async {
            let place = $place::fresh(2).await?;
            let case: Case = $case;
            if !case.setup.is_empty() {
                place.pool.run(case.setup).await?;
            }
            plans(&place.pool, &$name::Plans { pool: place.pool.clone() }, &case).await?;
            subscriptions(&place.pool, &$name::Subscriptions { pool: place.pool.clone() }, &case).await?;
            usage(&place.pool, &$name::Usage { pool: place.pool.clone() }, &case).await?;
            place.remove().await;
            Ok(())
        });
    })*};
}

pub(crate) fn add(suite: &mut Suite) {
    collations! { suite, Database::Sqlite, sqlite, SqlitePool:
        sqlite_nocase = [collation = "NOCASE",] [collation = "NOCASE"]
            Case { setup: "", column: "TEXT COLLATE NOCASE", equal: ["BOB", "bob"] };
        sqlite_rtrim = [] [collation = "RTRIM"]
            Case { setup: "", column: "TEXT COLLATE RTRIM", equal: ["bob", "bob "] };
    }
    collations! { suite, Database::Postgres, postgres, PgPool:
        postgres_not_deterministic = [collation = "folding",] [collation = "folding"] Case {
            setup: "CREATE COLLATION folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
            column: "TEXT COLLATE folding",
            equal: ["BOB", "bob"],
        };
        postgres_citext = [] [type = "citext"] Case {
            setup: "CREATE EXTENSION IF NOT EXISTS citext",
            column: "citext",
            equal: ["BOB", "bob"],
        };
    }
    collations! { suite, Database::Mysql, mysql, MySqlPool:
        mysql_unicode = [collation = "utf8mb4_unicode_ci",] [collation = "utf8mb4_unicode_ci"]
            Case { setup: "", column: "VARCHAR(99) COLLATE utf8mb4_unicode_ci", equal: ["Bob\u{e9}", "bobe"] };
        mysql_padded = [] [collation = "utf8mb4_bin"]
            Case { setup: "", column: "VARCHAR(99) COLLATE utf8mb4_bin", equal: ["bob", "bob "] };
        mysql_latin1 = [] [collation = "latin1_swedish_ci"]
            Case {
                setup: "",
                column: "VARCHAR(99) CHARACTER SET latin1 COLLATE latin1_swedish_ci",
                equal: ["Bob\u{e9}", "bob\u{e9}"],
            };
    }
}

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

async fn make(pool: &impl Plain, ddl: &str, columns: &[&str], ty: &str) -> Outcome {
    let ddl = columns.iter().fold(ddl.to_owned(), |ddl, column| retyped(&ddl, column, ty));
    Ok(pool.run(&ddl).await?)
}

fn conflict<T: std::fmt::Debug>(outcome: store_core::Result<T>) -> Option<Conflict> {
    outcome.unwrap_err().conflict().cloned()
}

async fn plans<S: SqlPlanStore>(pool: &impl Plain, store: &S, case: &Case) -> Outcome {
    make(pool, S::PLAN_DDL, &["id", "provider_id"], case.column).await?;
    store.verify_plans().await?;
    let [one, two] = case.equal;
    let plan = |id: &str| Plan {
        provider_id: Some(id.into()),
        created_at: at(0),
        updated_at: at(0),
        ..Plan::new(id, "Pro", 1_900, "EUR", PlanInterval::Month)
    };
    store.save_plan(&plan(one)).await?;
    let twin = Plan { provider_id: None, amount: 7, ..plan(two) };
    assert_eq!(conflict(store.save_plan(&twin).await), Some(Conflict::Id));
    assert!(store.get_plan(two).await.unwrap_err().is_not_found());
    assert!(store.delete_plan(two).await.unwrap_err().is_not_found());
    let other = Plan { id: "other".into(), ..plan(two) };
    assert_eq!(conflict(store.save_plan(&other).await), Some(Conflict::ProviderId));
    assert_eq!(store.list_plans(&PlanFilter::default()).await?, [plan(one)], "it is as it was");
    let changed = Plan { amount: 7, ..plan(one) };
    store.save_plan(&changed).await?;
    assert_eq!(store.get_plan(one).await?, changed);
    store.delete_plan(one).await?;
    store.save_plan(&twin).await?;

    // Bytes decide of the order, whatever language the column sorts in.
    for id in ["Z", "a", "_", "\u{e9}"] {
        store.save_plan(&Plan { provider_id: None, ..plan(id) }).await?;
    }
    let listed = store.list_plans(&PlanFilter::default()).await?;
    let ids: Vec<_> = listed.into_iter().map(|plan| plan.id).collect();
    assert!(ids.is_sorted() && ids.len() == 5, "{ids:?}");
    Ok(())
}

async fn subscriptions<S: SqlSubscriptionStore>(pool: &impl Plain, store: &S, case: &Case) -> Outcome {
    make(pool, S::SUBSCRIPTION_DDL, &["id", "subscriber_id", "plan_id"], case.column).await?;
    let [one, two] = case.equal;
    let subscription = |id: &str, other: &str| Subscription {
        created_at: at(0),
        updated_at: at(0),
        ..Subscription::new(id, other, other, SubscriptionStatus::Active, at(0)..at(9))
    };
    let (first, second) = (subscription("first", one), subscription("second", two));
    store.save_subscription(&first).await?;
    assert!(store.get_active_subscription(two).await.unwrap_err().is_not_found());
    store.save_subscription(&second).await?;
    assert_eq!(store.get_active_subscription(one).await?, first);
    assert_eq!(store.get_active_subscription(two).await?, second);
    for filter in [
        SubscriptionFilter { subscriber_id: Some(two.into()), ..Default::default() },
        SubscriptionFilter { plan_id: Some(two.into()), ..Default::default() },
    ] {
        assert_eq!(store.list_subscriptions(&filter).await?, std::slice::from_ref(&second));
    }
    store.save_subscription(&subscription(one, "ann")).await?;
    assert_eq!(conflict(store.save_subscription(&subscription(two, "eve")).await), Some(Conflict::Id));
    assert_eq!(store.get_subscription(one).await?, subscription(one, "ann"));
    Ok(())
}

async fn usage<S: SqlUsageStore>(pool: &impl Plain, store: &S, case: &Case) -> Outcome {
    make(pool, S::USAGE_DDL, &["id", "subscription_id", "metric"], case.column).await?;
    let [one, two] = case.equal;
    let record = |id: &str, subscription: &str, metric: &str, quantity| {
        UsageRecord::new(id, subscription, metric, quantity, at(1))
    };
    store.save_usage_record(&record(one, one, one, 1)).await?;
    assert_eq!(conflict(store.save_usage_record(&record(two, one, one, 8)).await), Some(Conflict::Id));
    store.save_usage_record(&record("x", two, one, 2)).await?;
    store.save_usage_record(&record("y", one, two, 4)).await?;
    assert_eq!(store.sum_usage(one, one, at(0), at(2)).await?, 1);
    assert_eq!(store.sum_usage(two, one, at(0), at(2)).await?, 2);
    assert_eq!(store.sum_usage(one, two, at(0), at(2)).await?, 4);
    assert_eq!(store.sum_usage(two, two, at(0), at(2)).await?, 0);
    assert_eq!(store.list_usage_records(two, at(0), at(2)).await?, [record("x", two, one, 2)]);
    Ok(())
}
