//! Rows of the back office, and the stores on them.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::SqlitePool;
use sqlx::sqlite::SqlitePoolOptions;
use store_core::contract::Capability::{Atomic, Mapping};
use store_core::contract::{plan, subscription};
use store_core::{
    AtomicSubscriptionStore, Conflict, Plan, PlanFilter, PlanInterval, PlanStore, SqlPlanStore,
    SqlSubscriptionStore, StoreError, Subscription, SubscriptionFilter, SubscriptionStatus,
    SubscriptionStore,
};
use store_tests::databases::{Database, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::cloudflare::{Plans, Subscriptions};
use crate::contract::{self, CONNECTIONS, Statements};
use crate::race::{self, Racing};
use crate::refused;
use crate::rows::Plain;

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Sqlite, "cloudflare::plans_are_read", plans_are_read);
    suite.on(Database::Sqlite, "cloudflare::plans_are_written", plans_are_written);
    suite.on(Database::Sqlite, "cloudflare::subscriptions_are_read", subscriptions_are_read);
    suite.on(Database::Sqlite, "cloudflare::subscriptions_are_written", subscriptions_are_written);
    suite.on(Database::Sqlite, "cloudflare::what_is_saved_back_stays", what_is_saved_back_stays);
    suite.on(Database::Sqlite, "cloudflare::racing_sign_ups_have_one_winner", || async {
        let place = table(RACERS).await?;
        race::one_winner(&RACING, place.url()).await?;
        place.remove().await;
        Ok(())
    });
    contract::rules(suite, Database::Sqlite, "cloudflare::plan", plan::RULES, &[Mapping], || async {
        let place = table("").await?;
        let store = Plans { pool: place.pool.clone() };
        Ok((place.into(), contract::plans(store)))
    });
    contract::rules(
        suite,
        Database::Sqlite,
        "cloudflare::subscription",
        subscription::RULES,
        &[Mapping, Atomic],
        || async {
            let place = table("").await?;
            let subject = contract::subscriptions(
                Subscriptions { pool: place.pool.clone() },
                Statements {
                    pool: place.pool.clone(),
                    plan: "INSERT OR IGNORE INTO subscriptions (id, name, description, price) VALUES (CAST(?1 AS INTEGER), '', '', 0)",
                    subscriber: "INSERT OR IGNORE INTO customers (id) VALUES (CAST(?1 AS INTEGER))",
                },
            );
            Ok((place.into(), subject))
        },
    );
}

async fn table(rows: &'static str) -> Result<sqlite::Place, sqlx::Error> {
    let place = sqlite::fresh(CONNECTIONS).await?;
    place.pool.run(include_str!("../cloudflare.sql")).await?;
    place.pool.run(rows).await?;
    Ok(place)
}

/// As the back office writes them: times are those of the database's clock.
const ROWS: &str = "
    INSERT INTO customers (id, name) VALUES (1, 'Ann'), (2, 'Bob'), (3, 'Cid');
    INSERT INTO subscriptions (id, name, description, price, created_at, updated_at) VALUES
        (1, 'Basic', 'A start', 900, '2024-01-01 10:00:00', '2024-01-01 10:00:00'),
        (2, 'Pro', '', 2900, '2024-01-01 10:00:00', '2024-02-01 10:00:00');
    INSERT INTO features (id, name) VALUES (1, 'search'), (2, 'export');
    INSERT INTO subscription_features (subscription_id, feature_id) VALUES (2, 1), (2, 2);
    INSERT INTO customer_subscriptions (id, customer_id, subscription_id, status, subscription_starts_at, subscription_ends_at, created_at, updated_at) VALUES
        (10, 1, 1, 'cancelled', '2024-01-02 00:00:00', '2024-02-02 00:00:00', '2024-01-02 00:00:00', '2024-01-09 00:00:00'),
        (11, 1, 2, 'active', '2024-02-02 00:00:00', '2024-03-02 00:00:00', '2024-02-02 00:00:00', '2024-02-02 00:00:00'),
        (12, 2, 2, 'expired', '2023-02-02 00:00:00', '2023-03-02 00:00:00', '2023-02-02 00:00:00', '2023-03-02 00:00:00');
";

const RACERS: &str = "
    INSERT INTO subscriptions (id, name, description, price) VALUES (1, 'Basic', '', 900);
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT 400)
    INSERT INTO customers (id) SELECT n FROM numbers;
";

/// There is one status that is live.
pub(crate) const RACING: Racing = Racing {
    name: "cloudflare",
    connect: |url| {
        Box::pin(async move {
            let options = SqlitePoolOptions::new().min_connections(CONNECTIONS).max_connections(CONNECTIONS);
            Ok(Arc::new(Subscriptions { pool: options.connect(&url).await? }) as _)
        })
    },
    make: |racer| {
        let start = time("2024-01-01T00:00:00Z");
        let (id, customer) = (racer.number().to_string(), racer.subscriber().to_string());
        Subscription::new(id, customer, "1", SubscriptionStatus::Active, start..start + TimeDelta::days(30))
    },
};

fn time(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

async fn plans_are_read() -> Outcome {
    let place = table(ROWS).await?;
    let store = Plans { pool: place.pool.clone() };
    store.verify_plans().await?;
    let basic = Plan {
        description: "A start".into(),
        created_at: time("2024-01-01T10:00:00Z"),
        updated_at: time("2024-01-01T10:00:00Z"),
        ..Plan::new("1", "Basic", 900, "USD", PlanInterval::Month)
    };
    let pro = Plan {
        features: vec!["export".into(), "search".into()],
        created_at: time("2024-01-01T10:00:00Z"),
        updated_at: time("2024-02-01T10:00:00Z"),
        ..Plan::new("2", "Pro", 2900, "USD", PlanInterval::Month)
    };
    assert_eq!(store.get_plan("2").await?, pro);
    let all = [basic, pro];
    assert_eq!(store.list_plans(&PlanFilter::default()).await?, all);
    assert_eq!(store.list_plans(&PlanFilter { active_only: true }).await?, all);
    for no_id in ["3", "02", "Basic", ""] {
        assert!(store.get_plan(no_id).await.is_err_and(|error| error.is_not_found()));
    }
    place.remove().await;
    Ok(())
}

async fn plans_are_written() -> Outcome {
    let place = table(ROWS).await?;
    let store = Plans { pool: place.pool.clone() };
    let others = place.pool.rows("subscriptions").await?;
    let new =
        Plan { description: "For all".into(), ..Plan::new("7", "Team", 9900, "USD", PlanInterval::Month) };
    store.save_plan(&new).await?;
    let row =
        "SELECT name || '|' || description || '|' || price || '|' || (created_at LIKE '____-__-__ __:__:__')
        || '|' || (updated_at LIKE '____-__-__ __:__:__') FROM subscriptions WHERE id = 7";
    assert_eq!(place.pool.text(row).await?, "Team|For all|9900|1|1");
    place.pool.run("INSERT INTO subscription_features (subscription_id, feature_id) VALUES (7, 1)").await?;

    let mut team = store.get_plan("7").await?;
    assert_eq!(team.features, ["search"]);
    team.amount = 8900;
    store.save_plan(&team).await?;
    assert_eq!(place.pool.text(row).await?, "Team|For all|8900|1|1");
    for (field, plan) in [
        ("features", Plan { features: vec!["export".into()], ..team.clone() }),
        ("currency", Plan { currency: "EUR".into(), ..team.clone() }),
        ("interval", Plan { interval: PlanInterval::Year, ..team.clone() }),
        ("trial_days", Plan { trial_days: 14, ..team.clone() }),
        ("provider_id", Plan { provider_id: Some("price_1".into()), ..team.clone() }),
    ] {
        assert_eq!(refused(store.save_plan(&plan).await), Some(field));
    }
    assert_eq!(place.pool.text(row).await?, "Team|For all|8900|1|1");
    assert_eq!(refused(store.delete_plan("2").await), Some("id"), "customers have it");
    store.delete_plan("7").await?;
    assert_eq!(place.pool.rows("subscriptions").await?, others);
    assert_eq!(place.pool.text("SELECT CAST(count(*) AS TEXT) FROM subscription_features").await?, "2");
    place.remove().await;
    Ok(())
}

async fn subscriptions_are_read() -> Outcome {
    let place = table(ROWS).await?;
    let store = Subscriptions { pool: place.pool.clone() };
    store.verify_subscriptions().await?;
    let live = Subscription {
        created_at: time("2024-02-02T00:00:00Z"),
        updated_at: time("2024-02-02T00:00:00Z"),
        ..Subscription::new(
            "11",
            "1",
            "2",
            SubscriptionStatus::Active,
            time("2024-02-02T00:00:00Z")..time("2024-03-02T00:00:00Z"),
        )
    };
    assert_eq!(store.get_active_subscription("1").await?, live);
    assert!(store.get_active_subscription("2").await.is_err_and(|error| error.is_not_found()));
    let ids = |list: Vec<Subscription>| list.into_iter().map(|one| one.id).collect::<Vec<_>>();
    let with = |status| SubscriptionFilter { status: Some(status), ..Default::default() };
    assert_eq!(ids(store.list_subscriptions(&SubscriptionFilter::default()).await?), ["12", "10", "11"]);
    assert_eq!(ids(store.list_subscriptions(&with(SubscriptionStatus::Canceled)).await?), ["10"]);
    assert_eq!(ids(store.list_subscriptions(&with(SubscriptionStatus::Expired)).await?), ["12"]);
    assert_eq!(ids(store.list_subscriptions(&with(SubscriptionStatus::new("cancelled"))).await?), [""; 0]);
    place.remove().await;
    Ok(())
}

async fn subscriptions_are_written() -> Outcome {
    let place = table(ROWS).await?;
    let store = Subscriptions { pool: place.pool.clone() };
    let others = place.pool.rows("customer_subscriptions").await?;
    let start = time("2024-05-01T00:00:00.9Z");
    let of = |id: &str, customer: &str| {
        Subscription::new(id, customer, "1", SubscriptionStatus::Active, start..start + TimeDelta::days(30))
    };
    let second = store.create_subscription_if_not_active(&of("20", "1")).await;
    assert_eq!(second.expect_err("it has one").conflict(), Some(&Conflict::Live));
    let nobody = store.create_subscription_if_not_active(&of("20", "99")).await;
    assert!(matches!(nobody, Err(StoreError::InvalidInput { .. })), "there is no such customer: {nobody:?}");
    store.create_subscription_if_not_active(&of("20", "3")).await?;
    let row = "SELECT customer_id || '|' || subscription_id || '|' || status || '|' || subscription_starts_at || '|'
        || subscription_ends_at FROM customer_subscriptions WHERE id = 20";
    assert_eq!(place.pool.text(row).await?, "3|1|active|2024-05-01 00:00:00|2024-05-31 00:00:00");

    let mut canceled = store.get_subscription("20").await?;
    (canceled.status, canceled.canceled_at) = (SubscriptionStatus::Canceled, Some(start));
    store.save_subscription(&canceled).await?;
    assert_eq!(place.pool.text(row).await?, "3|1|cancelled|2024-05-01 00:00:00|2024-05-31 00:00:00");
    assert_eq!(store.get_subscription("20").await?.canceled_at, None, "it has no column, and may be dropped");
    let paused = Subscription { status: SubscriptionStatus::Paused, ..canceled.clone() };
    assert_eq!(refused(store.save_subscription(&paused).await), Some("status"), "there is no word for it");
    let trial = Subscription { trial_end: Some(start), ..canceled };
    assert_eq!(refused(store.save_subscription(&trial).await), Some("trial_end"));
    store.delete_subscription("20").await?;
    assert_eq!(place.pool.rows("customer_subscriptions").await?, others);
    place.remove().await;
    Ok(())
}

/// But for `updated_at`: a trigger notes each save.
async fn what_is_saved_back_stays() -> Outcome {
    async fn rows(pool: &SqlitePool) -> Result<[Vec<String>; 2], sqlx::Error> {
        let plans = "SELECT quote(id) || quote(name) || quote(description) || quote(price) || quote(created_at) FROM subscriptions";
        let subscriptions = "SELECT quote(id) || quote(customer_id) || quote(subscription_id) || quote(status)
            || quote(subscription_starts_at) || quote(subscription_ends_at) || quote(created_at) FROM customer_subscriptions";
        Ok([pool.texts(plans).await?, pool.texts(subscriptions).await?])
    }
    let place = table(ROWS).await?;
    let (plans, subscriptions) =
        (Plans { pool: place.pool.clone() }, Subscriptions { pool: place.pool.clone() });
    let before = rows(&place.pool).await?;
    for plan in plans.list_plans(&PlanFilter::default()).await? {
        plans.save_plan(&plan).await?;
    }
    for subscription in subscriptions.list_subscriptions(&SubscriptionFilter::default()).await? {
        subscriptions.save_subscription(&subscription).await?;
    }
    assert_eq!(rows(&place.pool).await?, before);
    place.remove().await;
    Ok(())
}
