//! A starter kit for a shop with logins (Postgres, `vercel.sql`): products, prices and subscriptions are copies of what the
//! payment provider has, written by a webhook.
//!
//! What can't be mapped, and why:
//!
//! - a plan is a price and its product, so it is read from a view; the webhook alone writes it. No table has times of a plan;
//! - `paused_at` has no column, nor has `updated_at`, which reads as `created`;
//! - usage is not kept.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgPool;
use store_core::{
    PlanFilter, PlanInterval, PlanStore, SqlPlanStore, SqlSubscriptionStore, StoreError, Subscription,
    SubscriptionFilter, SubscriptionStatus, SubscriptionStore,
};
use store_tests::databases::{Database, postgres};
use store_tests::harness::{Outcome, Suite};

use crate::rows;

/// Prices with their products, those that recur.
#[derive(PlanStore)]
#[store(table = "plans", read_only, scope("type" = "recurring"), absent(features, limits))]
#[store(always(created_at = "1970-01-01T00:00:00Z", updated_at = "1970-01-01T00:00:00Z"))]
#[store(columns(
    provider_id = "id",
    description(if_null = ""),
    amount = "unit_amount",
    interval(type = "pricing_plan_interval", labels(day, week, month, year)),
    interval_count(as = i32, if_null = 1),
    trial_days(column = "trial_period_days", as = i32, if_null = 0),
    metadata(if_null = {}),
))]
pub(crate) struct Plans {
    pub(crate) pool: sqlx::PgPool,
}

/// One column is the id here and at the provider. The table lacks the unique index behind `atomic`, which `verify` prints. Both columns
/// of `insert` are unset by whoever makes a row: their default is the time of now, by which a new subscription would have ended.
#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic, absent(paused_at), lossy(updated_at))]
#[store(insert("ended_at" = null, "cancel_at" = null))]
#[store(columns(
    provider_id = "id",
    subscriber_id(column = "user_id", as = uuid),
    plan_id = "price_id",
    status(type = "subscription_status", labels(
        trialing, active, past_due, paused, canceled, "incomplete", "incomplete_expired", "unpaid",
    )),
    metadata(if_null = {}),
    created_at = "created",
    updated_at = "created",
))]
pub(crate) struct Subscriptions {
    pub(crate) pool: sqlx::PgPool,
}

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Postgres, "vercel_plans_are_read", plans);
    suite.on(Database::Postgres, "vercel_subscriptions_are_read", subscriptions);
    suite.on(Database::Postgres, "vercel_saves_leave_the_rest", saves);
    suite.on(Database::Postgres, "vercel_verifies_with_its_index", verifies);
}

const USER: &str = "6f1c2a52-6f0b-4a5a-9f57-2f0a9be4a111";

/// The tables, and rows as the webhook writes them.
async fn table() -> Result<postgres::Place, sqlx::Error> {
    let place = postgres::fresh(4).await?;
    sqlx::raw_sql(include_str!("vercel.sql")).execute(&place.pool).await?;
    sqlx::raw_sql(
        r#"
        INSERT INTO users VALUES ('6f1c2a52-6f0b-4a5a-9f57-2f0a9be4a111');
        INSERT INTO products VALUES ('prod_1', true, 'Pro', 'Everything', null, '{"index": "0"}'),
            ('prod_2', null, 'Old', null, null, null);
        INSERT INTO prices VALUES
            ('price_1', 'prod_1', true, null, 1000, 'eur', 'recurring', 'month', null, null, null),
            ('price_2', 'prod_2', true, 'Yearly', 9900, 'usd', 'recurring', 'year', 2, 14, '{"a": "b"}'),
            ('price_3', 'prod_1', true, 'Once', 500, 'eur', 'one_time', null, null, null, '{}');
        INSERT INTO subscriptions (id, user_id, status, metadata, price_id, quantity, created, ended_at, cancel_at, canceled_at, trial_start, trial_end)
        VALUES
            ('sub_1', '6f1c2a52-6f0b-4a5a-9f57-2f0a9be4a111', 'incomplete', null, 'price_1', 3, '2024-01-01', null, null, null, null, null),
            ('sub_2', '6f1c2a52-6f0b-4a5a-9f57-2f0a9be4a111', 'trialing', '{"k": "v"}', 'price_2', 1, '2024-01-02', null, '2025-01-01', null, '2024-01-02', '2024-01-16');
        "#,
    )
    .execute(&place.pool)
    .await?;
    Ok(place)
}

async fn row(pool: &PgPool, id: &str) -> Result<String, sqlx::Error> {
    rows::postgres(pool, "SELECT to_jsonb(t)::text FROM subscriptions t WHERE id = $1", id).await
}

async fn plans() -> Outcome {
    let place = table().await?;
    let store = Plans { pool: place.pool.clone() };
    store.verify_plans().await?;
    let ids = |plans: Vec<store_core::Plan>| plans.into_iter().map(|plan| plan.id).collect::<Vec<_>>();
    assert_eq!(ids(store.list_plans(&PlanFilter::default()).await?), ["price_1", "price_2"]);
    assert_eq!(ids(store.list_plans(&PlanFilter { active_only: true }).await?), ["price_1"]);
    let plan = store.get_plan("price_1").await?;
    assert_eq!((plan.name.as_str(), plan.description.as_str(), plan.amount), ("Pro", "", 1000));
    assert_eq!((plan.interval.clone(), plan.interval_count, plan.trial_days), (PlanInterval::Month, 1, 0));
    assert!(plan.metadata.is_empty());
    let other = store.get_plan("price_2").await?;
    assert_eq!((other.interval, other.interval_count, other.trial_days), (PlanInterval::Year, 2, 14));
    assert!(store.get_plan("price_3").await.is_err_and(|error| error.is_not_found()), "it doesn't recur");
    assert!(matches!(store.save_plan(&plan).await, Err(StoreError::ReadOnly { .. })));
    place.remove().await;
    Ok(())
}

async fn subscriptions() -> Outcome {
    let place = table().await?;
    let store = Subscriptions { pool: place.pool.clone() };
    let first = store.get_subscription("sub_1").await?;
    assert_eq!(first.status, SubscriptionStatus::new("incomplete"));
    assert_eq!((first.provider_id.as_deref(), first.subscriber_id.as_str()), (Some("sub_1"), USER));
    assert!(first.metadata.is_empty());
    assert_eq!(first.created_at, first.updated_at);
    let live = store.get_active_subscription(USER).await?;
    assert_eq!((live.id.as_str(), live.metadata["k"].as_str()), ("sub_2", "v"));
    assert_eq!(store.get_subscription_by_provider_id("sub_2").await?, live);
    let incomplete =
        SubscriptionFilter { status: Some(SubscriptionStatus::new("incomplete")), ..Default::default() };
    assert_eq!(store.list_subscriptions(&incomplete).await?, [first]);
    let nobody = SubscriptionFilter { subscriber_id: Some("no uuid".into()), ..Default::default() };
    assert!(store.list_subscriptions(&nobody).await?.is_empty());
    place.remove().await;
    Ok(())
}

async fn saves() -> Outcome {
    let place = table().await?;
    let store = Subscriptions { pool: place.pool.clone() };
    for id in ["sub_1", "sub_2"] {
        let before = row(&place.pool, id).await?;
        store.save_subscription(&store.get_subscription(id).await?).await?;
        assert_eq!(row(&place.pool, id).await?, before, "read and saved back it stays as it is");
    }
    let others = row(&place.pool, "sub_1").await?;
    let mut changed = store.get_subscription("sub_2").await?;
    changed.status = SubscriptionStatus::PastDue;
    changed.canceled_at = DateTime::from_timestamp(1_706_000_000, 0);
    store.save_subscription(&changed).await?;
    let kept =
        "SELECT status::text || ' ' || quantity || ' ' || cancel_at::date FROM subscriptions WHERE id = $1";
    assert_eq!(rows::postgres(&place.pool, kept, "sub_2").await?, "past_due 1 2025-01-01");
    assert_eq!(store.get_subscription("sub_2").await?.canceled_at, changed.canceled_at);
    assert_eq!(row(&place.pool, "sub_1").await?, others);
    refused(&store, &changed).await;
    let start = DateTime::<Utc>::from_timestamp(1_706_000_000, 0).unwrap_or_default();
    let mut new = Subscription::new(
        "sub_3",
        USER,
        "price_1",
        SubscriptionStatus::Canceled,
        start..start + TimeDelta::days(30),
    );
    new.provider_id = Some("sub_3".into());
    (new.created_at, new.updated_at) = (start, start);
    store.save_subscription(&new).await?;
    let unset = "SELECT (ended_at IS NULL AND cancel_at IS NULL)::text FROM subscriptions WHERE id = $1";
    assert_eq!(
        rows::postgres(&place.pool, unset, "sub_3").await?,
        "true",
        "their defaults are the time of now"
    );
    store.delete_subscription("sub_3").await?;
    place.remove().await;
    Ok(())
}

/// What the table has no place for is refused, and changes nothing.
async fn refused(store: &Subscriptions, record: &Subscription) {
    let refusal = |record: Subscription| async move {
        match store.save_subscription(&record).await {
            Err(StoreError::InvalidInput { field, .. }) => field,
            other => panic!("{other:?}"),
        }
    };
    let paused = Subscription { paused_at: Some(record.created_at), ..record.clone() };
    assert_eq!(refusal(paused).await, Some("paused_at"));
    assert_eq!(
        refusal(Subscription { status: SubscriptionStatus::Expired, ..record.clone() }).await,
        Some("status")
    );
    assert_eq!(refusal(Subscription { provider_id: None, ..record.clone() }).await, Some("provider_id"));
    let nobody = Subscription { subscriber_id: "somebody".into(), ..record.clone() };
    assert_eq!(refusal(nobody).await, Some("subscriber_id"));
}

async fn verifies() -> Outcome {
    let place = table().await?;
    let store = Subscriptions { pool: place.pool.clone() };
    let missing = store.verify_subscriptions().await.expect_err("the table lacks the index").to_string();
    let index = missing.split("run: ").nth(1).expect("the index is printed").to_owned();
    sqlx::raw_sql(sqlx::AssertSqlSafe(index)).execute(&place.pool).await?;
    store.verify_subscriptions().await?;
    place.remove().await;
    Ok(())
}
