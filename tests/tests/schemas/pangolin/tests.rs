use store_core::{SqlSubscriptionStore, StoreError, SubscriptionStatus, SubscriptionStore};
use store_tests::databases::{Database, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use super::{on_postgres, on_sqlite};
use crate::rows;

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Sqlite, "pangolin", sqlite);
    suite.on(Database::Postgres, "pangolin", postgres);
}

/// As the licence server writes them.
const ROWS: &str = r#"
    INSERT INTO "orgs" ("orgId") VALUES ('org');
    INSERT INTO "customers" ("customerId", "orgId", "createdAt", "updatedAt") VALUES ('cus_1', 'org', 1700000000, 1700000000);
    INSERT INTO "subscriptions" ("subscriptionId", "customerId", "status", "createdAt", "updatedAt", "canceledAt", "expiresAt", "type")
    VALUES ('sub_1', 'cus_1', 'active', 1700000000, null, null, null, 'team'),
        ('sub_2', 'cus_1', 'canceled', 1600000000, 1600000005, 1600000004, 1600000009, null);
"#;

async fn reads(store: &impl SqlSubscriptionStore) -> Outcome {
    let live = store.get_active_subscription("cus_1").await?;
    assert_eq!(
        (live.id.as_str(), live.plan_id.as_str(), live.status.clone()),
        ("sub_1", "team", SubscriptionStatus::Active)
    );
    assert_eq!((live.updated_at, live.current_period_start), (live.created_at, live.created_at));
    assert_eq!(live.current_period_end.to_string(), "9999-12-31 23:59:59 UTC");
    let old = store.get_subscription_by_provider_id("sub_2").await?;
    assert_eq!((old.plan_id.as_str(), old.canceled_at.map(|at| at.timestamp())), ("", Some(1_600_000_004)));
    let mut trialing = old.clone();
    trialing.status = SubscriptionStatus::Trialing;
    let refused = store.save_subscription(&trialing).await;
    assert!(matches!(refused, Err(StoreError::InvalidInput { field: Some("status"), .. })));
    Ok(())
}

/// Reads and saves back each row.
async fn saves_back(store: &impl SubscriptionStore) -> Outcome {
    for subscription in store.list_subscriptions(&Default::default()).await? {
        store.save_subscription(&subscription).await?;
    }
    Ok(())
}

async fn sqlite() -> Outcome {
    const ALL: &str = "SELECT group_concat(quote(`subscriptionId`) || quote(`customerId`) || quote(`status`) || quote(`createdAt`) \
        || quote(`updatedAt`) || quote(`canceledAt`) || quote(`expiresAt`) || quote(`type`), '/') FROM `subscriptions` WHERE ?1 <> ''";
    let place = sqlite::fresh(1).await?;
    sqlx::raw_sql(include_str!("../pangolin_sqlite.sql")).execute(&place.pool).await?;
    sqlx::raw_sql(ROWS).execute(&place.pool).await?;
    let store = on_sqlite::Subscriptions { pool: place.pool.clone() };
    reads(&store).await?;
    let before = rows::sqlite(&place.pool, ALL, "all").await?;
    saves_back(&store).await?;
    assert_eq!(rows::sqlite(&place.pool, ALL, "all").await?, before);
    let missing = store.verify_subscriptions().await.expect_err("the table lacks the index").to_string();
    let index = missing.split("run: ").nth(1).expect("the index is printed").to_owned();
    sqlx::raw_sql(sqlx::AssertSqlSafe(index)).execute(&place.pool).await?;
    store.verify_subscriptions().await?;
    place.remove().await;
    Ok(())
}

async fn postgres() -> Outcome {
    const ALL: &str = "SELECT jsonb_agg(to_jsonb(t) ORDER BY t.*)::text FROM subscriptions t WHERE $1 <> ''";
    let place = postgres::fresh(4).await?;
    sqlx::raw_sql(include_str!("../pangolin_postgres.sql")).execute(&place.pool).await?;
    sqlx::raw_sql(ROWS).execute(&place.pool).await?;
    let store = on_postgres::Subscriptions { pool: place.pool.clone() };
    reads(&store).await?;
    let before = rows::postgres(&place.pool, ALL, "all").await?;
    saves_back(&store).await?;
    assert_eq!(rows::postgres(&place.pool, ALL, "all").await?, before);
    place.remove().await;
    Ok(())
}
