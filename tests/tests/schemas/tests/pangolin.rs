//! Rows of the licence server, and the stores on them: on both databases the same.

use std::error::Error;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::SqlitePoolOptions;
use store_core::contract::Capability::{Atomic, Mapping};
use store_core::contract::subscription;
use store_core::{
    Conflict, SqlSubscriptionStore, Subscription, SubscriptionFilter, SubscriptionStatus, SubscriptionStore,
};
use store_tests::databases::{Database, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};
use store_tests::race::Racer;

use crate::contract::{self, CONNECTIONS, Statements};
use crate::pangolin::{on_postgres, on_sqlite};
use crate::race::{self, Racing};
use crate::refused;
use crate::rows::Plain;

macro_rules! on {
    ($suite:ident, $database:expr, $places:ident, $stores:ident, $racing:ident, $sql:literal) => {{
        async fn table(rows: &'static str) -> Result<$places::Place, Box<dyn Error + Send + Sync>> {
            let place = $places::fresh(CONNECTIONS).await?;
            place.pool.run(include_str!($sql)).await?;
            place.pool.run(rows).await?;
            let store = $stores::Subscriptions { pool: place.pool.clone() };
            let missing =
                store.verify_subscriptions().await.expect_err("customers could share one").to_string();
            let key = missing.split("run: ").nth(1).expect("the key is printed").to_owned();
            sqlx::raw_sql(AssertSqlSafe(key)).execute(&place.pool).await?;
            Ok(place)
        }
        $suite.on($database, "pangolin::subscriptions_are_read", || async {
            let place = table(ROWS).await?;
            let store = $stores::Subscriptions { pool: place.pool.clone() };
            store.verify_subscriptions().await?;
            subscriptions_are_read(&store).await?;
            place.remove().await;
            Ok(())
        });
        $suite.on($database, "pangolin::subscriptions_are_written", || async {
            let place = table(ROWS).await?;
            let store = $stores::Subscriptions { pool: place.pool.clone() };
            subscriptions_are_written(&store, &place.pool).await?;
            place.remove().await;
            Ok(())
        });
        $suite.on($database, "pangolin::what_is_saved_back_stays", || async {
            let place = table(ROWS).await?;
            let store = $stores::Subscriptions { pool: place.pool.clone() };
            let before = place.pool.rows("subscriptions").await?;
            for subscription in store.list_subscriptions(&SubscriptionFilter::default()).await? {
                store.save_subscription(&subscription).await?;
            }
            assert_eq!(place.pool.rows("subscriptions").await?, before);
            place.remove().await;
            Ok(())
        });
        $suite.on($database, "pangolin::racing_sign_ups_have_one_winner", || async {
            let place = table(RACERS).await?;
            race::one_winner(&$racing, place.url()).await?;
            place.remove().await;
            Ok(())
        });
        contract::rules(
            $suite,
            $database,
            "pangolin::subscription",
            subscription::RULES,
            &[Mapping, Atomic],
            || async {
                let place = table("").await?;
                let others = Statements { pool: place.pool.clone(), plan: "", subscriber: INTRODUCE };
                let store = $stores::Subscriptions { pool: place.pool.clone() };
                Ok((place.into(), contract::subscriptions(store, others)))
            },
        );
    }};
}

pub(crate) fn add(suite: &mut Suite) {
    on!(suite, Database::Sqlite, sqlite, on_sqlite, ON_SQLITE, "../pangolin_sqlite.sql");
    on!(suite, Database::Postgres, postgres, on_postgres, ON_POSTGRES, "../pangolin_postgres.sql");
}

/// An organization with its customer.
const INTRODUCE: &str = r#"INSERT INTO "orgs" ("orgId") VALUES ($1) ON CONFLICT DO NOTHING;
    INSERT INTO "customers" ("customerId", "orgId", "createdAt", "updatedAt") VALUES ('cus_' || $1, $1, 0, 0) ON CONFLICT DO NOTHING"#;

/// As the licence server writes them.
const ROWS: &str = r#"
    INSERT INTO "orgs" ("orgId") VALUES ('org_1'), ('org_2'), ('org_3');
    INSERT INTO "customers" ("customerId", "orgId", "createdAt", "updatedAt")
    VALUES ('cus_1', 'org_1', 1700000000, 1700000000), ('cus_2', 'org_2', 1700000000, 1700000000),
        ('cus_3', 'org_3', 1700000000, 1700000000);
    INSERT INTO "subscriptions" ("subscriptionId", "customerId", "status", "createdAt", "updatedAt", "canceledAt", "expiresAt", "version", "trial", "type")
    VALUES ('sub_1', 'cus_1', 'active', 1700000000, null, null, null, 3, false, 'tier2'),
        ('sub_2', 'cus_1', 'canceled', 1600000000, 1600000005, 1600000004, 1600000009, null, null, null),
        ('sub_0', 'cus_3', 'active', 1710000000, 1710000000, null, 1710864000, 1, true, 'tier1');
"#;

const RACERS: &str = r#"
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 400)
    INSERT INTO "orgs" ("orgId") SELECT 'org_' || n FROM numbers;
    INSERT INTO "customers" ("customerId", "orgId", "createdAt", "updatedAt") SELECT 'cus_' || "orgId", "orgId", 0, 0 FROM "orgs";
"#;

fn racer(racer: Racer) -> Subscription {
    let (id, start) = (racer.name(), time("2024-01-01T00:00:00Z"));
    Subscription {
        provider_id: Some(id.clone()),
        created_at: start,
        updated_at: start,
        ..Subscription::new(
            id,
            format!("org_{}", racer.subscriber()),
            "tier1",
            racer.status(),
            start..start + TimeDelta::days(30),
        )
    }
}

pub(crate) const ON_SQLITE: Racing = Racing {
    name: "pangolin on SQLite",
    connect: |url| {
        Box::pin(async move {
            let options = SqlitePoolOptions::new().min_connections(CONNECTIONS).max_connections(CONNECTIONS);
            Ok(Arc::new(on_sqlite::Subscriptions { pool: options.connect(&url).await? }) as _)
        })
    },
    make: racer,
};

pub(crate) const ON_POSTGRES: Racing = Racing {
    name: "pangolin on Postgres",
    connect: |url| {
        Box::pin(async move {
            let options = PgPoolOptions::new().min_connections(CONNECTIONS).max_connections(CONNECTIONS);
            Ok(Arc::new(on_postgres::Subscriptions { pool: options.connect(&url).await? }) as _)
        })
    },
    make: racer,
};

fn time(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

fn second(second: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
}

const ANN: &str = "org_1";
const BOB: &str = "org_2";
const CID: &str = "org_3";

async fn subscriptions_are_read(store: &impl SqlSubscriptionStore) -> Outcome {
    let live = Subscription {
        provider_id: Some("sub_1".into()),
        created_at: second(1_700_000_000),
        updated_at: second(1_700_000_000),
        ..Subscription::new(
            "sub_1",
            ANN,
            "tier2",
            SubscriptionStatus::Active,
            second(1_700_000_000)..time("9999-12-31T23:59:59Z"),
        )
    };
    let old = Subscription {
        provider_id: Some("sub_2".into()),
        canceled_at: Some(second(1_600_000_004)),
        created_at: second(1_600_000_000),
        updated_at: second(1_600_000_005),
        ..Subscription::new(
            "sub_2",
            ANN,
            "",
            SubscriptionStatus::Canceled,
            second(1_600_000_000)..second(1_600_000_009),
        )
    };
    assert_eq!(store.get_active_subscription(ANN).await?, live);
    assert_eq!(store.get_subscription_by_provider_id("sub_2").await?, old);
    let trial = Subscription {
        provider_id: Some("sub_0".into()),
        created_at: second(1_710_000_000),
        updated_at: second(1_710_000_000),
        ..Subscription::new(
            "sub_0",
            CID,
            "tier1",
            SubscriptionStatus::Trialing,
            second(1_710_000_000)..second(1_710_864_000),
        )
    };
    let of = |status| SubscriptionFilter { status: Some(status), ..Default::default() };
    assert_eq!(store.list_subscriptions(&of(SubscriptionStatus::Active)).await?, std::slice::from_ref(&live));
    assert_eq!(
        store.list_subscriptions(&of(SubscriptionStatus::Trialing)).await?,
        std::slice::from_ref(&trial)
    );
    assert_eq!(store.get_active_subscription(CID).await?, trial);
    assert_eq!(store.list_subscriptions(&SubscriptionFilter::default()).await?, [old, live, trial]);
    assert!(store.get_active_subscription(BOB).await.is_err_and(|error| error.is_not_found()));
    Ok(())
}

async fn subscriptions_are_written(store: &impl SqlSubscriptionStore, plain: &impl Plain) -> Outcome {
    let others = plain.rows("subscriptions").await?;
    let start = second(1_710_000_000);
    let new = |subscriber: &str| Subscription {
        provider_id: Some("sub_3".into()),
        created_at: start,
        updated_at: start,
        ..Subscription::new(
            "sub_3",
            subscriber,
            "tier1",
            SubscriptionStatus::Active,
            start..start + TimeDelta::days(30),
        )
    };
    let atomic = store.as_atomic().expect("it is");
    let second = atomic.create_subscription_if_not_active(&new(ANN)).await;
    assert_eq!(second.expect_err("she has one").conflict(), Some(&Conflict::Live));
    let nobody = atomic.create_subscription_if_not_active(&new("nobody")).await;
    assert_eq!(refused(nobody), Some("subscriber_id"), "no customer is of that organization");
    atomic.create_subscription_if_not_active(&new(BOB)).await?;
    let trial = r#"SELECT CASE WHEN trial THEN 'yes' WHEN NOT trial THEN 'no' ELSE 'unset' END FROM subscriptions
        WHERE "subscriptionId" = 'sub_3'"#;
    assert_eq!(plain.text(trial).await?, "no");
    store.save_subscription(&Subscription { status: SubscriptionStatus::Trialing, ..new(BOB) }).await?;
    assert_eq!(plain.text(trial).await?, "yes");
    store.save_subscription(&Subscription { status: SubscriptionStatus::PastDue, ..new(BOB) }).await?;
    assert_eq!(plain.text(trial).await?, "yes", "the flag is the application's beside another status");
    store.save_subscription(&new(BOB)).await?;
    assert_eq!(plain.text(trial).await?, "no");
    let row = r#"SELECT "customerId" || '/' || status || '/' || "createdAt" || '/' || COALESCE("updatedAt", 0) || '/' || "expiresAt"
        || '/' || type || '/' || COALESCE(version, 0) FROM subscriptions WHERE "subscriptionId" = 'sub_3'"#;
    assert_eq!(plain.text(row).await?, "cus_2/active/1710000000/0/1712592000/tier1/0");

    plain.run(r#"UPDATE subscriptions SET version = 7 WHERE "subscriptionId" = 'sub_3'"#).await?;
    let canceled = Subscription {
        status: SubscriptionStatus::Canceled,
        canceled_at: Some(start + TimeDelta::milliseconds(1_500)),
        updated_at: start + TimeDelta::seconds(2),
        ..new(BOB)
    };
    store.save_subscription(&canceled).await?;
    assert_eq!(plain.text(row).await?, "cus_2/canceled/1710000000/1710000002/1712592000/tier1/7");
    assert_eq!(
        store.get_subscription("sub_3").await?.canceled_at,
        Some(start + TimeDelta::seconds(1)),
        "whole seconds"
    );
    for (field, subscription) in [
        ("status", Subscription { status: SubscriptionStatus::Paused, ..canceled.clone() }),
        ("provider_id", Subscription { provider_id: Some("sub_4".into()), ..canceled.clone() }),
        ("subscriber_id", Subscription { subscriber_id: "cus_2".into(), ..canceled.clone() }),
        ("paused_at", Subscription { paused_at: Some(start), ..canceled.clone() }),
    ] {
        assert_eq!(refused(store.save_subscription(&subscription).await), Some(field));
    }
    store.delete_subscription("sub_3").await?;
    assert_eq!(plain.rows("subscriptions").await?, others);
    Ok(())
}
