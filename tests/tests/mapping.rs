//! Tables that were there first: columns of other names, and fields without any.

use std::process::ExitCode;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::AssertSqlSafe;
use store_core::contract::{Capability, Needs, Rule, Scale, plan, subscription, usage};
use store_core::{
    AtomicSubscriptionStore, Conflict, Plan, PlanFilter, PlanInterval, PlanStore, SqlPlanStore,
    SqlSubscriptionStore, SqlUsageStore, StoreError, Subscription, SubscriptionFilter, SubscriptionStatus,
    SubscriptionStore as _, UsageRecord, UsageStore,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

/// The same stores for a type of pool.
macro_rules! stores {
    ($module:ident, $pool:ident) => {
        mod $module {
            use sqlx::$pool;
            use store_core::{PlanStore, SubscriptionStore, UsageStore};

            /// Each name is one that must be quoted, and quoted right.
            #[derive(PlanStore)]
            #[store(table = "order")]
            #[store(columns(
                id = "key",
                provider_id = "select",
                name = "Name",
                description = "a \"quoted\" `name`",
                amount = "unit amount",
                currency = "währung",
                interval = "interval",
                interval_count = "group",
                trial_days = "%s",
                features = "?",
                limits = "limit",
                metadata = "$1",
                active = "is;active",
                created_at = "from",
                updated_at = "'to'",
            ))]
            pub(crate) struct Plans {
                pub(crate) pool: $pool,
            }

            #[derive(SubscriptionStore)]
            #[store(table = "user", atomic)]
            #[store(columns(
                id = "subscriptionId",
                provider_id = "table",
                subscriber_id = "customerId",
                plan_id = "price id",
                status = "check",
                current_period_start = "order",
                current_period_end = "where",
                trial_start = "a.b",
                trial_end = "--",
                canceled_at = "/* */",
                paused_at = "null",
                metadata = "Metadata",
                created_at = "createdAt",
                updated_at = "übrig",
            ))]
            pub(crate) struct Subscriptions {
                pub(crate) pool: $pool,
            }

            #[derive(UsageStore)]
            #[store(table = "Usage", reportable)]
            #[store(columns(
                id = "transaction_id",
                subscription_id = "external subscription",
                metric = "code",
                quantity = "sum",
                recorded_at = "timestamp",
                metadata = "primary",
                provider_reported_at = "unique",
            ))]
            pub(crate) struct Usage {
                pub(crate) pool: $pool,
            }

            /// What a table without most columns reads as.
            #[derive(PlanStore)]
            #[store(table = "prices", absent(provider_id, description, features, limits, metadata))]
            #[store(always(
                        currency = "EUR", interval = month, interval_count = 1, trial_days = 0, active = true,
                        created_at = "1970-01-01T00:00:00Z", updated_at = "1970-01-01T00:00:00Z",
                    ))]
            #[store(columns(amount = "cents"))]
            pub(crate) struct Prices {
                pub(crate) pool: $pool,
            }

            #[derive(SubscriptionStore)]
            #[store(table = "members", atomic)]
            #[store(absent(provider_id, trial_start, trial_end, canceled_at, paused_at, metadata))]
            #[store(always(plan_id = "membership"), columns(subscriber_id = "user_id"))]
            pub(crate) struct Members {
                pub(crate) pool: $pool,
            }

            /// Beside the tables that are found without a schema, under a name that is hard to quote.
            #[derive(SubscriptionStore)]
            #[store(table = "\"store tests. other\".sub\"s`", atomic)]
            pub(crate) struct Elsewhere {
                pub(crate) pool: $pool,
            }

            #[derive(UsageStore)]
            #[store(table = "clicks", absent(metadata, provider_reported_at))]
            pub(crate) struct Clicks {
                pub(crate) pool: $pool,
            }
        }
    };
}

stores!(on_sqlite, SqlitePool);
stores!(on_postgres, PgPool);
stores!(on_mysql, MySqlPool);

/// The whole contract on columns of other names; what verifies is what runs.
macro_rules! contract {
    ($suite:ident, $database:expr, $places:ident, $stores:ident) => {{
        fn is_for<S>(rule: &&Rule<S>) -> bool {
            !matches!(rule.needs, Needs::Without(_) | Needs::With(Capability::Corruptible))
        }
        for rule in plan::RULES.iter().filter(is_for) {
            $suite.on($database, &format!("renamed::plan::{}", rule.name), move || async move {
                let place = $places::fresh(8).await?;
                let store = Arc::new($stores::Plans { pool: place.pool.clone() });
                store.create_plan_schema().await?;
                store.verify_plans().await?;
                rule.check(plan::PlanSubject::new(store).scale(SCALE)).await?;
                place.remove().await;
                Ok(())
            });
        }
        for rule in subscription::RULES.iter().filter(is_for) {
            $suite.on($database, &format!("renamed::subscription::{}", rule.name), move || async move {
                let place = $places::fresh(8).await?;
                let store = Arc::new($stores::Subscriptions { pool: place.pool.clone() });
                store.create_subscription_schema().await?;
                store.verify_subscriptions().await?;
                let subject = subscription::SubscriptionSubject::new(store.clone()).atomic(store);
                rule.check(subject.scale(SCALE)).await?;
                place.remove().await;
                Ok(())
            });
        }
        for rule in usage::RULES.iter().filter(is_for) {
            $suite.on($database, &format!("renamed::usage::{}", rule.name), move || async move {
                let place = $places::fresh(8).await?;
                let store = Arc::new($stores::Usage { pool: place.pool.clone() });
                store.create_usage_schema().await?;
                store.verify_usage().await?;
                rule.check(usage::UsageSubject::new(store.clone()).reportable(store).scale(SCALE)).await?;
                place.remove().await;
                Ok(())
            });
        }
    }};
}
/// A table that is named with its schema is made, verified, written and read there.
macro_rules! elsewhere {
    ($store:ident) => {{
        let missing = $store.verify_subscriptions().await.unwrap_err();
        assert!(matches!(missing, StoreError::Schema { .. }), "{missing:?}");
        $store.create_subscription_schema().await?;
        $store.create_subscription_schema().await?;
        $store.verify_subscriptions().await?;
        let sub = |id| Subscription::new(id, "ann", "pro", SubscriptionStatus::Active, at(0)..at(720));
        let one = sub("one");
        $store.create_subscription_if_not_active(&one).await?;
        let refused = $store.create_subscription_if_not_active(&sub("two")).await.unwrap_err();
        assert_eq!(refused.conflict(), Some(&Conflict::Live));
        $store.save_subscription(&one).await?;
        assert_eq!($store.list_subscriptions(&SubscriptionFilter::default()).await?, [one]);
        $store.delete_subscription("one").await?;
    }};
}

fn main() -> ExitCode {
    let mut suite = Suite::new();
    macro_rules! on {
        ($database:expr, $places:ident, $stores:ident, $text:literal) => {{
            contract!(suite, $database, $places, $stores);
            suite.on($database, "fields_without_columns_of_plans", || async {
                let place = $places::fresh(4).await?;
                let table = concat!(
                    "CREATE TABLE prices (id ",
                    $text,
                    " PRIMARY KEY, name ",
                    $text,
                    " NOT NULL, cents BIGINT NOT NULL)"
                );
                sqlx::query(AssertSqlSafe(table)).execute(&place.pool).await?;
                let store = $stores::Prices { pool: place.pool.clone() };
                store.verify_plans().await?;
                prices(&store).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "fields_without_columns_of_subscriptions", || async {
                let place = $places::fresh(4).await?;
                let store = $stores::Members { pool: place.pool.clone() };
                store.create_subscription_schema().await?;
                store.verify_subscriptions().await?;
                members(&store).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "fields_without_columns_of_usage", || async {
                let place = $places::fresh(4).await?;
                let store = $stores::Clicks { pool: place.pool.clone() };
                store.create_usage_schema().await?;
                store.verify_usage().await?;
                clicks(&store).await?;
                place.remove().await;
                Ok(())
            });
        }};
    }
    suite.on(Database::Postgres, "the_table_of_the_readme", the_table_of_the_readme);
    suite.on(Database::Sqlite, "a_table_in_another_schema", || async {
        let pool = sqlite::in_memory().await?;
        sqlx::query("ATTACH ':memory:' AS `store tests. other`").execute(&pool).await?;
        let store = on_sqlite::Elsewhere { pool };
        elsewhere!(store);
        let names: Vec<String> =
            sqlx::query_scalar("SELECT name FROM `store tests. other`.sqlite_schema WHERE type = 'index'")
                .fetch_all(&store.pool)
                .await?;
        assert!(names.contains(&"sub\"s`_live_key".to_owned()), "{names:?}");
        Ok(())
    });
    suite.on(Database::Postgres, "a_table_in_another_schema", || async {
        let place = postgres::fresh(4).await?;
        sqlx::raw_sql(
            "DROP SCHEMA IF EXISTS \"store tests. other\" CASCADE; CREATE SCHEMA \"store tests. other\"",
        )
        .execute(&place.pool)
        .await?;
        let store = on_postgres::Elsewhere { pool: place.pool.clone() };
        elsewhere!(store);
        sqlx::query("DROP SCHEMA \"store tests. other\" CASCADE").execute(&place.pool).await?;
        place.remove().await;
        Ok(())
    });
    suite.on(Database::Mysql, "a_table_in_another_schema", || async {
        let place = mysql::fresh(4).await?;
        sqlx::raw_sql("DROP DATABASE IF EXISTS `store tests. other`; CREATE DATABASE `store tests. other`")
            .execute(&place.pool)
            .await?;
        let store = on_mysql::Elsewhere { pool: place.pool.clone() };
        elsewhere!(store);
        sqlx::query("DROP DATABASE `store tests. other`").execute(&place.pool).await?;
        place.remove().await;
        Ok(())
    });
    on!(Database::Sqlite, sqlite, on_sqlite, "TEXT");
    on!(Database::Postgres, postgres, on_postgres, "TEXT");
    on!(Database::Mysql, mysql, on_mysql, "VARCHAR(99) COLLATE utf8mb4_nopad_bin");
    suite.run()
}

const SCALE: Scale = Scale { tasks: 16, rounds: 2, operations: 100 };

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

/// Whether a value was refused, and for which field.
fn refused(outcome: store_core::Result<()>) -> Option<&'static str> {
    match outcome {
        Err(StoreError::InvalidInput { field, .. }) => field,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn prices(store: &impl PlanStore) -> Outcome {
    let price = |id: &str| Plan {
        created_at: at(0),
        updated_at: at(0),
        ..Plan::new(id, "Pro", 1_900, "EUR", PlanInterval::Month)
    };
    for id in ["b", "a", "C"] {
        store.save_plan(&price(id)).await?;
    }
    assert_eq!(store.get_plan("a").await?, price("a"));
    let listed = store.list_plans(&PlanFilter { active_only: true }).await?;
    assert_eq!(listed, [price("C"), price("a"), price("b")], "in the order of the bytes of the ids");

    type Change = fn(&mut Plan);
    let changes: [(&str, Change); 9] = [
        ("provider_id", |plan| plan.provider_id = Some("price_1".into())),
        ("description", |plan| plan.description = "all of it".into()),
        ("currency", |plan| plan.currency = "USD".into()),
        ("interval", |plan| plan.interval = PlanInterval::Year),
        ("interval_count", |plan| plan.interval_count = 2),
        ("features", |plan| plan.features.push("seats".into())),
        ("metadata", |plan| drop(plan.metadata.insert("a".into(), String::new()))),
        ("active", |plan| plan.active = false),
        ("updated_at", |plan| plan.updated_at = at(1)),
    ];
    for (field, change) in changes {
        let mut changed = Plan { amount: 7, ..price("a") };
        change(&mut changed);
        assert_eq!(refused(store.save_plan(&changed).await), Some(field));
    }
    assert_eq!(store.get_plan("a").await?, price("a"), "a refused value changes nothing");
    store.save_plan(&Plan { amount: 7, ..price("a") }).await?;
    assert_eq!(store.get_plan("a").await?.amount, 7);
    Ok(())
}

async fn members(store: &impl AtomicSubscriptionStore) -> Outcome {
    let member = |id: &str, user: &str| {
        Subscription::new(id, user, "membership", SubscriptionStatus::Active, at(0)..at(720))
    };
    let one = member("one", "ann");
    store.create_subscription_if_not_active(&one).await?;
    assert_eq!(store.get_active_subscription("ann").await?, one);
    let second = store.create_subscription_if_not_active(&member("two", "ann")).await;
    assert_eq!(second.unwrap_err().conflict(), Some(&Conflict::Live));
    let again = store.create_subscription_if_not_active(&member("one", "bob")).await;
    assert_eq!(again.unwrap_err().conflict(), Some(&Conflict::Id));

    assert!(store.get_subscription_by_provider_id("sub_1").await.unwrap_err().is_not_found());
    let of_plan = |plan: &str| SubscriptionFilter { plan_id: Some(plan.into()), ..Default::default() };
    assert_eq!(store.list_subscriptions(&of_plan("membership")).await?, std::slice::from_ref(&one));
    assert_eq!(store.list_subscriptions(&of_plan("other")).await?, []);

    let other_plan = Subscription { plan_id: "other".into(), ..one.clone() };
    assert_eq!(refused(store.save_subscription(&other_plan).await), Some("plan_id"));
    let canceled = Subscription { canceled_at: Some(at(1)), ..member("three", "bob") };
    assert_eq!(refused(store.create_subscription_if_not_active(&canceled).await), Some("canceled_at"));
    assert_eq!(store.list_subscriptions(&SubscriptionFilter::default()).await?, [one]);
    Ok(())
}

async fn clicks(store: &impl UsageStore) -> Outcome {
    let click = UsageRecord::new("click_1", "sub_1", "clicks", 1, at(1));
    store.save_usage_record(&click).await?;
    let reported = UsageRecord { id: "click_2".into(), provider_reported_at: Some(at(2)), ..click.clone() };
    assert_eq!(refused(store.save_usage_record(&reported).await), Some("provider_reported_at"));
    assert_eq!(store.list_usage_records("sub_1", at(0), at(9)).await?, [click]);
    assert_eq!(store.sum_usage("sub_1", "clicks", at(0), at(9)).await?, 1);
    assert!(store.as_reportable().is_none());
    Ok(())
}

/// The README's table and the store that it shows for it, and what that store leaves alone.
async fn the_table_of_the_readme() -> Outcome {
    use store_core::SubscriptionStore;

    #[derive(SubscriptionStore)]
    #[store(table = "members", atomic)]
    #[store(columns(
        id = "memberId",
        subscriber_id = "user_id",
        current_period_start = "starts",
        current_period_end = "ends",
    ))]
    #[store(absent(provider_id, trial_start, trial_end, canceled_at, paused_at, metadata))]
    #[store(always(plan_id = "membership"))]
    struct ReadmeMembers {
        pool: sqlx::PgPool,
    }

    const README: &str = include_str!("../../README.md");
    let (_, rest) = README.split_once("```sql\nCREATE TABLE members").expect("the README shows the table");
    let (table, _) = rest.split_once("```").expect("the table ends");
    let place = postgres::fresh(4).await?;
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE TABLE members{table}"))).execute(&place.pool).await?;
    let store = ReadmeMembers { pool: place.pool.clone() };
    store.verify_subscriptions().await?;
    assert!(
        ReadmeMembers::SUBSCRIPTION_STATEMENTS.iter().any(|statement| README.contains(statement.sql)),
        "the README shows a statement of the store"
    );

    members(&store).await?;
    sqlx::query("UPDATE members SET shirt_size = 'XL'").execute(&place.pool).await?;
    let mut one = store.get_subscription("one").await?;
    one.status = SubscriptionStatus::Canceled;
    store.save_subscription(&one).await?;
    let row: (String, String) =
        sqlx::query_as("SELECT status, shirt_size FROM members WHERE \"memberId\" = 'one'")
            .fetch_one(&place.pool)
            .await?;
    assert_eq!(row, ("canceled".to_owned(), "XL".to_owned()));
    place.remove().await;
    Ok(())
}
