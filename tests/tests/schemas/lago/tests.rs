use sqlx::PgPool;
use sqlx::types::Uuid;
use store_core::{
    PlanFilter, PlanInterval, PlanStore, SqlPlanStore, SqlSubscriptionStore, SqlUsageStore, StoreError,
    SubscriptionStatus, SubscriptionStore, UsageStore,
};
use store_tests::databases::{Database, postgres};
use store_tests::harness::{Outcome, Suite};

use super::{Plans, Subscriptions, Usage};
use crate::rows;

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Postgres, "lago_plans", plans);
    suite.on(Database::Postgres, "lago_subscriptions", subscriptions);
    suite.on(Database::Postgres, "lago_events_are_counted", events);
}

const OURS: Uuid = Uuid::from_u128(1);
const THEIRS: Uuid = Uuid::from_u128(2);
const QUARTERLY: &str = "00000000-0000-0000-0000-0000000000a1";
const CUSTOMER: &str = "00000000-0000-0000-0000-0000000000c1";

async fn table() -> Result<postgres::Place, sqlx::Error> {
    let place = postgres::fresh(4).await?;
    sqlx::raw_sql(include_str!("../lago.sql")).execute(&place.pool).await?;
    sqlx::raw_sql(
        r#"
        INSERT INTO organizations VALUES ('00000000-0000-0000-0000-000000000001'), ('00000000-0000-0000-0000-000000000002');
        INSERT INTO customers VALUES ('00000000-0000-0000-0000-0000000000c1');
        INSERT INTO plans (id, organization_id, name, created_at, updated_at, code, "interval", description, amount_cents, amount_currency,
            trial_period, parent_id, deleted_at, pending_deletion, invoice_display_name)
        VALUES
            ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-000000000001', 'Quarterly', '2024-01-01', '2024-01-01', 'q', 3, null, 900, 'EUR', null, null, null, false, 'Shown'),
            ('00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-000000000001', 'Weekly', '2024-01-02', '2024-01-02', 'w', 0, 'By the week', 100, 'EUR', 7, null, null, true, null),
            ('00000000-0000-0000-0000-0000000000a3', '00000000-0000-0000-0000-000000000001', 'Copy', '2024-01-03', '2024-01-03', 'q', 3, null, 800, 'EUR', null, '00000000-0000-0000-0000-0000000000a1', null, false, null),
            ('00000000-0000-0000-0000-0000000000a4', '00000000-0000-0000-0000-000000000001', 'Gone', '2024-01-04', '2024-01-04', 'g', 1, null, 1, 'EUR', null, null, '2024-02-01', false, null),
            ('00000000-0000-0000-0000-0000000000a5', '00000000-0000-0000-0000-000000000002', 'Theirs', '2024-01-05', '2024-01-05', 'q', 1, null, 5, 'USD', null, null, null, false, null);
        INSERT INTO subscriptions (id, customer_id, plan_id, status, started_at, created_at, updated_at, external_id, ending_at, organization_id, billing_time)
        VALUES
            ('00000000-0000-0000-0000-0000000000b1', '00000000-0000-0000-0000-0000000000c1', '00000000-0000-0000-0000-0000000000a1', 2, '2023-01-01', '2023-01-01', '2023-01-01', 'ext', '2024-01-01', '00000000-0000-0000-0000-000000000001', 1),
            ('00000000-0000-0000-0000-0000000000b2', '00000000-0000-0000-0000-0000000000c1', '00000000-0000-0000-0000-0000000000a1', 1, null, '2024-01-01 00:00:00.123456', '2024-01-01', 'ext', null, '00000000-0000-0000-0000-000000000001', 1);
        INSERT INTO events (organization_id, transaction_id, code, properties, "timestamp", created_at, updated_at, metadata, external_subscription_id, deleted_at)
        VALUES
            ('00000000-0000-0000-0000-000000000001', 't1', 'calls', '{"value": "3"}', '2024-01-01 10:00', now(), now(), '{"n": 1}', 'ext', null),
            ('00000000-0000-0000-0000-000000000001', 't2', 'calls', '{"value": 4}', '2024-01-01 11:00', now(), now(), '{}', 'ext', null),
            ('00000000-0000-0000-0000-000000000001', 't3', 'calls', '{"value": 100}', '2024-01-01 12:00', now(), now(), '{}', 'ext', now()),
            ('00000000-0000-0000-0000-000000000002', 't1', 'calls', '{"value": 1000}', '2024-01-01 10:00', now(), now(), '{}', 'ext', null);
        "#,
    )
    .execute(&place.pool)
    .await?;
    Ok(place)
}

async fn row(pool: &PgPool, table: &str, id: &str) -> Result<String, sqlx::Error> {
    rows::postgres(pool, &format!("SELECT to_jsonb(t)::text FROM {table} t WHERE id = $1::text::uuid"), id)
        .await
}

async fn plans() -> Outcome {
    let place = table().await?;
    let store = Plans { pool: place.pool.clone(), organization: OURS };
    let theirs = Plans { pool: place.pool.clone(), organization: THEIRS };
    store.verify_plans().await?;
    let all = store.list_plans(&PlanFilter::default()).await?;
    let names: Vec<_> = all.iter().map(|plan| plan.name.as_str()).collect();
    assert_eq!(names, ["Quarterly", "Weekly"], "no copy, nothing deleted, nothing of others");
    assert_eq!((&all[0].interval, all[0].interval_count, all[0].trial_days), (&PlanInterval::Month, 3, 0));
    assert_eq!((&all[1].interval, all[1].interval_count, all[1].trial_days), (&PlanInterval::Week, 1, 7));
    assert_eq!((all[0].active, all[1].active), (true, false));
    for plan in &all {
        let before = row(&place.pool, "plans", &plan.id).await?;
        store.save_plan(plan).await?;
        assert_eq!(row(&place.pool, "plans", &plan.id).await?, before);
    }
    assert!(theirs.get_plan(QUARTERLY).await.is_err_and(|error| error.is_not_found()));
    let before = row(&place.pool, "plans", QUARTERLY).await?;
    assert!(
        theirs.save_plan(&all[0]).await.is_err_and(|error| error.conflict().is_some()),
        "the id is taken"
    );
    assert_eq!(row(&place.pool, "plans", QUARTERLY).await?, before);
    let mut odd = all[0].clone();
    odd.interval_count = 2;
    assert!(matches!(
        store.save_plan(&odd).await,
        Err(StoreError::InvalidInput { field: Some("interval"), .. })
    ));
    store.delete_plan(QUARTERLY).await?;
    assert!(store.get_plan(QUARTERLY).await.is_err_and(|error| error.is_not_found()));
    assert!(row(&place.pool, "plans", QUARTERLY).await?.contains("\"Shown\""), "the row is still there");
    assert!(
        store.save_plan(&all[0]).await.is_err_and(|error| error.conflict().is_some()),
        "it is not revived"
    );
    place.remove().await;
    Ok(())
}

async fn subscriptions() -> Outcome {
    let place = table().await?;
    let store = Subscriptions { pool: place.pool.clone(), organization: OURS };
    store.verify_subscriptions().await?;
    let live = store.get_active_subscription(CUSTOMER).await?;
    assert_eq!(live.current_period_start, live.created_at, "a NULL is the time of creation");
    assert_eq!(live.current_period_end.to_string(), "9999-12-31 23:59:59 UTC");
    assert_eq!(store.get_subscription_by_provider_id("ext").await?, live, "of several the live one");
    for subscription in store.list_subscriptions(&Default::default()).await? {
        let before = row(&place.pool, "subscriptions", &subscription.id).await?;
        store.save_subscription(&subscription).await?;
        assert_eq!(row(&place.pool, "subscriptions", &subscription.id).await?, before);
    }
    let mut changed = live.clone();
    changed.status = SubscriptionStatus::Trialing;
    let refused = store.save_subscription(&changed).await;
    assert!(
        matches!(refused, Err(StoreError::InvalidInput { field: Some("status"), .. })),
        "there is no number for it"
    );
    changed.status = SubscriptionStatus::Canceled;
    store.save_subscription(&changed).await?;
    let status = "SELECT (status::text || ' ' || billing_time) FROM subscriptions WHERE id = $1::text::uuid";
    assert_eq!(rows::postgres(&place.pool, status, &live.id).await?, "3 1");
    changed.plan_id = "00000000-0000-0000-0000-00000000dead".into();
    let refused = store.save_subscription(&changed).await;
    assert!(matches!(refused, Err(StoreError::InvalidInput { field: Some("plan_id"), .. })), "{refused:?}");
    place.remove().await;
    Ok(())
}

async fn events() -> Outcome {
    let place = table().await?;
    let store = Usage { pool: place.pool.clone(), organization: OURS };
    store.verify_usage().await?;
    let at = |hour: i64| chrono::DateTime::from_timestamp(1_704_067_200 + hour * 3600, 0).unwrap_or_default();
    assert_eq!(store.sum_usage("ext", "calls", at(0), at(24)).await?, 7);
    assert_eq!(store.sum_usage("ext", "calls", at(10), at(11)).await?, 3);
    let records = store.list_usage_records("ext", at(0), at(24)).await?;
    assert_eq!(records[0].metadata["n"], "1");
    assert!(matches!(store.save_usage_record(&records[0]).await, Err(StoreError::ReadOnly { .. })));
    place.remove().await;
    Ok(())
}
