//! Rows of the webhook, and the stores on them.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgPoolOptions;
use sqlx::types::Uuid;
use store_core::contract::Capability::{Atomic, Mapping};
use store_core::contract::{plan, subscription};
use store_core::{
    AtomicSubscriptionStore, Conflict, Plan, PlanFilter, PlanInterval, PlanStore, SqlPlanStore,
    SqlSubscriptionStore, StoreError, Subscription, SubscriptionFilter, SubscriptionStatus,
    SubscriptionStore,
};
use store_tests::databases::{Database, postgres};
use store_tests::harness::{Outcome, Suite};

use crate::contract::{self, CONNECTIONS, Statements};
use crate::race::{self, Racing};
use crate::refused;
use crate::rows::Plain;
use crate::vercel::{Plans, Subscriptions};

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Postgres, "vercel::plans_are_read", plans_are_read);
    suite.on(Database::Postgres, "vercel::subscriptions_are_read", subscriptions_are_read);
    suite.on(Database::Postgres, "vercel::subscriptions_are_written", subscriptions_are_written);
    suite.on(Database::Postgres, "vercel::what_is_saved_back_stays", what_is_saved_back_stays);
    suite.on(
        Database::Postgres,
        "vercel::the_index_that_is_missing_is_printed",
        the_index_that_is_missing_is_printed,
    );
    suite.on(Database::Postgres, "vercel::racing_sign_ups_have_one_winner", || async {
        let place = table(RACERS).await?;
        race::one_winner(&RACING, place.url()).await?;
        place.remove().await;
        Ok(())
    });
    contract::rules(suite, Database::Postgres, "vercel::plan", plan::RULES, &[Mapping], || async {
        let place = table("").await?;
        let store = Plans { pool: place.pool.clone() };
        Ok((place.into(), contract::plans(store)))
    });
    contract::rules(
        suite,
        Database::Postgres,
        "vercel::subscription",
        subscription::RULES,
        &[Mapping, Atomic],
        || async {
            let place = table("").await?;
            let others = Statements {
                pool: place.pool.clone(),
                plan: "INSERT INTO prices (id) VALUES ($1) ON CONFLICT DO NOTHING",
                subscriber: "INSERT INTO users (id) VALUES ($1::text::uuid) ON CONFLICT DO NOTHING",
            };
            let store = Subscriptions { pool: place.pool.clone() };
            Ok((place.into(), contract::subscriptions(store, others)))
        },
    );
}

/// The tables with the index behind `atomic`, and rows.
async fn table(rows: &'static str) -> Result<postgres::Place, Box<dyn std::error::Error + Send + Sync>> {
    let place = postgres::fresh(CONNECTIONS).await?;
    place.pool.run(include_str!("../vercel.sql")).await?;
    place.pool.run(rows).await?;
    let store = Subscriptions { pool: place.pool.clone() };
    let missing = store.verify_subscriptions().await.expect_err("the table lacks the index").to_string();
    let index = missing.split("run: ").nth(1).expect("the index is printed").to_owned();
    sqlx::raw_sql(AssertSqlSafe(index)).execute(&place.pool).await?;
    Ok(place)
}

const ANN: &str = "6f1c2a52-6f0b-4a5a-9f57-2f0a9be4a111";
const BOB: &str = "6f1c2a52-6f0b-4a5a-9f57-2f0a9be4a222";

/// As the webhook writes them.
const ROWS: &str = r#"
    INSERT INTO users VALUES ('6f1c2a52-6f0b-4a5a-9f57-2f0a9be4a111'), ('6f1c2a52-6f0b-4a5a-9f57-2f0a9be4a222');
    INSERT INTO products VALUES ('prod_1', true, 'Pro', 'Everything', null, '{"index": "0"}'),
        ('prod_2', null, 'Old', null, null, null);
    INSERT INTO prices VALUES
        ('price_1', 'prod_1', true, null, 1000, 'eur', 'recurring', 'month', null, null, null),
        ('price_2', 'prod_2', true, 'Yearly', 9900, 'usd', 'recurring', 'year', 2, 14, '{"a": "b"}'),
        ('price_3', 'prod_1', true, 'Once', 500, 'eur', 'one_time', null, null, null, '{}'),
        ('price_4', 'prod_1', true, 'In tiers', null, 'eur', 'recurring', 'month', 1, null, '{}');
    INSERT INTO subscriptions (id, user_id, status, metadata, price_id, quantity, created, current_period_start,
        current_period_end, ended_at, cancel_at, canceled_at, trial_start, trial_end)
    VALUES
        ('sub_1', '6f1c2a52-6f0b-4a5a-9f57-2f0a9be4a111', 'incomplete', null, 'price_1', 3,
            '2024-01-01', '2024-01-01', '2024-02-01', null, null, null, null, null),
        ('sub_2', '6f1c2a52-6f0b-4a5a-9f57-2f0a9be4a111', 'trialing', '{"k": "v"}', 'price_2', 1,
            '2024-01-02', '2024-01-02', '2024-01-16', null, '2025-01-01', null, '2024-01-02', '2024-01-16');
"#;

const RACERS: &str = "
    INSERT INTO prices (id) VALUES ('price_1');
    INSERT INTO users SELECT lpad(to_hex(n), 32, '0')::uuid FROM generate_series(1, 400) n;
";

pub(crate) const RACING: Racing = Racing {
    name: "vercel",
    connect: |url| {
        Box::pin(async move {
            let options = PgPoolOptions::new().min_connections(CONNECTIONS).max_connections(CONNECTIONS);
            Ok(Arc::new(Subscriptions { pool: options.connect(&url).await? }) as _)
        })
    },
    make: |racer| {
        let start = time("2024-01-01T00:00:00Z");
        let (id, user) = (racer.name(), Uuid::from_u128(racer.subscriber() as u128));
        let period = start..start + TimeDelta::days(30);
        Subscription {
            provider_id: Some(id.clone()),
            ..Subscription::new(id, user.to_string(), "price_1", racer.status(), period)
        }
    },
};

fn time(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

async fn plans_are_read() -> Outcome {
    let place = table(ROWS).await?;
    let store = Plans { pool: place.pool.clone() };
    store.verify_plans().await?;
    let pro = Plan {
        provider_id: Some("price_1".into()),
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
        ..Plan::new("price_1", "Pro", 1000, "eur", PlanInterval::Month)
    };
    let old = Plan {
        provider_id: Some("price_2".into()),
        description: "Yearly".into(),
        interval_count: 2,
        trial_days: 14,
        metadata: [("a".into(), "b".into())].into(),
        active: false,
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
        ..Plan::new("price_2", "Old", 9900, "usd", PlanInterval::Year)
    };
    assert_eq!(store.list_plans(&PlanFilter { active_only: true }).await?, std::slice::from_ref(&pro));
    assert_eq!(store.list_plans(&PlanFilter::default()).await?, [pro.clone(), old]);
    assert_eq!(store.get_plan("price_1").await?, pro);
    for none in ["price_3", "price_4"] {
        assert!(store.get_plan(none).await.is_err_and(|error| error.is_not_found()), "{none}");
    }
    assert!(matches!(store.save_plan(&pro).await, Err(StoreError::ReadOnly { .. })));
    assert!(matches!(store.delete_plan("price_1").await, Err(StoreError::ReadOnly { .. })));
    place.remove().await;
    Ok(())
}

async fn subscriptions_are_read() -> Outcome {
    let place = table(ROWS).await?;
    let store = Subscriptions { pool: place.pool.clone() };
    let (status, period) =
        (SubscriptionStatus::new("incomplete"), time("2024-01-01T00:00:00Z")..time("2024-02-01T00:00:00Z"));
    let first = Subscription {
        provider_id: Some("sub_1".into()),
        created_at: time("2024-01-01T00:00:00Z"),
        updated_at: time("2024-01-01T00:00:00Z"),
        ..Subscription::new("sub_1", ANN, "price_1", status.clone(), period)
    };
    assert_eq!(store.get_subscription("sub_1").await?, first);
    let live = store.get_active_subscription(ANN).await?;
    assert_eq!((live.id.as_str(), live.metadata["k"].as_str()), ("sub_2", "v"));
    assert_eq!(live.trial_end, Some(time("2024-01-16T00:00:00Z")));
    assert_eq!(store.get_subscription_by_provider_id("sub_2").await?, live);
    let incomplete = SubscriptionFilter { status: Some(status), ..Default::default() };
    assert_eq!(store.list_subscriptions(&incomplete).await?, [first]);
    let nobody = SubscriptionFilter { subscriber_id: Some("no uuid".into()), ..Default::default() };
    assert_eq!(store.list_subscriptions(&nobody).await?, []);
    place.remove().await;
    Ok(())
}

async fn subscriptions_are_written() -> Outcome {
    let place = table(ROWS).await?;
    let store = Subscriptions { pool: place.pool.clone() };
    let others = place.pool.rows("subscriptions").await?;
    let start = time("2024-03-01T00:00:00.000001Z");
    let new = |user| Subscription {
        provider_id: Some("sub_3".into()),
        metadata: [("from".into(), "engine".into())].into(),
        created_at: start,
        updated_at: start,
        ..Subscription::new(
            "sub_3",
            user,
            "price_1",
            SubscriptionStatus::Active,
            start..start + TimeDelta::days(30),
        )
    };
    let second = store.create_subscription_if_not_active(&new(ANN)).await;
    assert_eq!(second.expect_err("she has one").conflict(), Some(&Conflict::Live));
    store.create_subscription_if_not_active(&new(BOB)).await?;
    let row = "SELECT concat_ws('|', user_id, status, metadata, price_id, created = current_period_start, ended_at IS NULL,
        cancel_at IS NULL, canceled_at, trial_start, trial_end, quantity) FROM subscriptions WHERE id = 'sub_3'";
    let created = format!(r#"{BOB}|active|{{"from": "engine"}}|price_1|t|t|t"#);
    assert_eq!(place.pool.text(row).await?, created, "what defaults to now is NULL");

    place
        .pool
        .run("UPDATE subscriptions SET quantity = 5, cancel_at = '2025-01-01' WHERE id = 'sub_3'")
        .await?;
    let mut changed = store.get_subscription("sub_3").await?;
    changed.status = SubscriptionStatus::PastDue;
    changed.canceled_at = Some(time("2024-03-02T00:00:00Z"));
    changed.metadata.clear();
    store.save_subscription(&changed).await?;
    let row = "SELECT concat_ws('|', status, metadata IS NULL, canceled_at::date, quantity, cancel_at::date) FROM subscriptions
        WHERE id = 'sub_3'";
    assert_eq!(place.pool.text(row).await?, "past_due|t|2024-03-02|5|2025-01-01");
    for (field, subscription) in [
        ("paused_at", Subscription { paused_at: Some(start), ..changed.clone() }),
        ("status", Subscription { status: SubscriptionStatus::Expired, ..changed.clone() }),
        ("provider_id", Subscription { provider_id: None, ..changed.clone() }),
        ("subscriber_id", Subscription { subscriber_id: "somebody".into(), ..changed.clone() }),
        ("plan_id", Subscription { plan_id: "price_9".into(), ..changed.clone() }),
    ] {
        assert_eq!(refused(store.save_subscription(&subscription).await), Some(field));
    }
    assert_eq!(place.pool.text(row).await?, "past_due|t|2024-03-02|5|2025-01-01");
    store.delete_subscription("sub_3").await?;
    assert_eq!(place.pool.rows("subscriptions").await?, others);
    place.remove().await;
    Ok(())
}

async fn what_is_saved_back_stays() -> Outcome {
    let place = table(ROWS).await?;
    let store = Subscriptions { pool: place.pool.clone() };
    let before = place.pool.rows("subscriptions").await?;
    for subscription in store.list_subscriptions(&SubscriptionFilter::default()).await? {
        store.save_subscription(&subscription).await?;
    }
    assert_eq!(place.pool.rows("subscriptions").await?, before);
    place.remove().await;
    Ok(())
}

async fn the_index_that_is_missing_is_printed() -> Outcome {
    let place = table("").await?;
    Subscriptions { pool: place.pool.clone() }.verify_subscriptions().await?;
    place.remove().await;
    Ok(())
}
