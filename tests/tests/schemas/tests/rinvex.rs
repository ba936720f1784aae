//! Rows of the package, and the stores on them.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::mysql::MySqlPoolOptions;
use store_core::contract::Capability::{Atomic, Mapping};
use store_core::contract::{plan, subscription};
use store_core::{
    AtomicSubscriptionStore, Conflict, Plan, PlanFilter, PlanInterval, PlanStore, SqlPlanStore,
    SqlSubscriptionStore, StoreError, Subscription, SubscriptionFilter, SubscriptionStatus,
    SubscriptionStore,
};
use store_tests::databases::{Database, mysql};
use store_tests::harness::{Outcome, Suite};

use crate::contract::{self, CONNECTIONS, Statements};
use crate::race::{self, Racing};
use crate::refused;
use crate::rinvex::{Plans, Subscriptions};
use crate::rows::Plain;

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Mysql, "rinvex::plans_are_read", plans_are_read);
    suite.on(Database::Mysql, "rinvex::plans_are_written", plans_are_written);
    suite.on(Database::Mysql, "rinvex::subscriptions_are_read", subscriptions_are_read);
    suite.on(Database::Mysql, "rinvex::what_is_saved_back_stays", what_is_saved_back_stays);
    contract::rules(suite, Database::Mysql, "rinvex::plan", plan::RULES, &[Mapping], || async {
        let place = table("DO 0").await?;
        let store = Plans { pool: place.pool.clone() };
        Ok((place.into(), contract::plans(store)))
    });
    suite.on(Database::Mysql, "rinvex::subscriptions_are_written", subscriptions_are_written);
    contract::rules(
        suite,
        Database::Mysql,
        "rinvex::subscription",
        subscription::RULES,
        &[Mapping, Atomic],
        || async {
            let place = table(ZEROS).await?;
            let others = Statements {
                pool: place.pool.clone(),
                plan: "INSERT INTO plans (id, slug, name, currency) SELECT k, k, '{}', 'EUR' FROM (SELECT ? AS k) AS one",
                subscriber: "INSERT INTO users (id) VALUES (?)",
            };
            let store = Subscriptions { pool: place.pool.clone() };
            Ok((place.into(), contract::subscriptions(store, others).agreeing(agree)))
        },
    );
    suite.on(Database::Mysql, "rinvex::racing_sign_ups_have_one_winner", || async {
        let place = table(RACERS).await?;
        race::one_winner(&RACING, place.url()).await?;
        place.remove().await;
        Ok(())
    });
}

async fn table(rows: &'static str) -> Result<mysql::Place, sqlx::Error> {
    let place = mysql::fresh(CONNECTIONS).await?;
    place.pool.run(include_str!("../rinvex.sql")).await?;
    place.pool.run(rows).await?;
    Ok(place)
}

/// As the package writes them, for users and for teams.
const ROWS: &str = r#"
    INSERT INTO users (id) VALUES (1), (2), (9007199254740993);
    INSERT INTO plans (id, slug, name, description, is_active, price, signup_fee, currency, trial_period, trial_interval,
        invoice_period, invoice_interval, sort_order, created_at, updated_at, deleted_at)
    VALUES
        (1, 'pro', '{"en": "Pro", "de": "Profi"}', '{"en": "Everything"}', 1, 19.99, 5.00, 'USD', 14, 'day', 1, 'month', 3,
            '2024-01-01 00:00:00', '2024-01-02 00:00:00', null),
        (2, 'free', '{"en": "Free"}', null, 0, 0.00, 0.00, 'USD', 0, 'day', 3, 'month', 0, null, null, null),
        (3, 'gone', '{"en": "Gone"}', null, 1, 1.00, 0.00, 'USD', 0, 'day', 1, 'year', 0, null, null, '2024-03-01 00:00:00'),
        (4, 'de', '{"de":"Viel",  "en":"Much"}', '{"de":"Alles"}', 1, 99.00, 0.00, 'USD', 0, 'day', 1, 'year', 0, null, null, null);
    INSERT INTO plan_subscriptions (id, subscriber_type, subscriber_id, plan_id, slug, name, trial_ends_at, starts_at, ends_at,
        canceled_at, timezone, created_at, updated_at, deleted_at)
    VALUES
        (1, 'App\\Models\\User', 1, 1, 'main', '{"en": "Main"}', null, '2024-01-01 00:00:00', '2124-01-01 00:00:00', null,
            'Europe/Rome', '2024-01-01 00:00:00', '2024-01-01 00:00:00', null),
        (2, 'App\\Models\\User', 2, 1, 'old', '{"en": "Main"}', null, '2023-01-01 00:00:00', '2023-02-01 00:00:00', null,
            null, '2023-01-01 00:00:00', '2023-01-01 00:00:00', null),
        (3, 'App\\Models\\User', 2, 1, 'stopped', '{"en": "Main"}', null, '2023-03-01 00:00:00', '2123-01-01 00:00:00',
            '2023-04-01 00:00:00', null, '2023-03-01 00:00:00', '2023-04-01 00:00:00', null),
        (4, 'App\\Models\\User', 9007199254740993, 2, 'trial', '{"en": "Main"}', '2124-01-01 00:00:00', null, null, null,
            null, null, null, null),
        (5, 'App\\Models\\Team', 1, 1, 'team', '{"en": "Main"}', null, '2024-01-01 00:00:00', null, null, null, null, null, null),
        (6, 'App\\Models\\User', 1, 1, 'gone', '{"en": "Main"}', null, '2024-01-01 00:00:00', null, null, null, null, null,
            '2024-02-01 00:00:00');
"#;

/// A trial that has no certain number of days.
const BY_THE_MONTH: &str = r#"
    INSERT INTO plans (id, slug, name, currency, trial_period, trial_interval, created_at)
    VALUES (5, 'long', '{"en": "Long"}', 'USD', 1, 'month', '2024-05-01 00:00:00');
"#;

/// Rows that no insert makes: MySQL takes zero for an id that it has to make.
const ZEROS: &str = r#"
    INSERT INTO plans (slug, name, currency) VALUES ('0', '{}', 'EUR');
    INSERT INTO users () VALUES ();
    UPDATE plans SET id = 0;
    UPDATE users SET id = 0;
"#;

/// Gives a subscription the times that say its status.
fn agree(subscription: &mut Subscription) {
    let [past, future] = ["2001-01-01T00:00:00Z", "2124-01-01T00:00:00Z"].map(time);
    let Subscription { status, current_period_end: end, trial_end, canceled_at, .. } = subscription;
    *canceled_at = (*status == SubscriptionStatus::Canceled).then(|| canceled_at.unwrap_or(past));
    match status {
        SubscriptionStatus::Canceled => {}
        SubscriptionStatus::Expired => *end = past.min(*end),
        SubscriptionStatus::Trialing => (*end, *trial_end) = (future.max(*end), Some(future)),
        _ => (*end, *trial_end) = (future.max(*end), trial_end.map(|end| past.min(end))),
    }
}

const RACERS: &str = r#"
    INSERT INTO plans (id, slug, name, currency) VALUES (1, 'pro', '{"en": "Pro"}', 'USD');
    INSERT INTO users (id) WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 400) SELECT n FROM numbers;
"#;

pub(crate) const RACING: Racing = Racing {
    name: "rinvex",
    connect: |url| {
        Box::pin(async move {
            let options = MySqlPoolOptions::new().min_connections(CONNECTIONS).max_connections(CONNECTIONS);
            Ok(Arc::new(Subscriptions { pool: options.connect(&url).await? }) as _)
        })
    },
    make: |racer| {
        let [id, user] = [racer.number(), racer.subscriber()].map(|number| number.to_string());
        let period = time("2024-01-01T00:00:00Z")..time("2124-01-01T00:00:00Z");
        let trial_end = (racer.status() == SubscriptionStatus::Trialing).then_some(period.end);
        Subscription {
            provider_id: Some(racer.name()),
            trial_end,
            ..Subscription::new(id, user, "1", racer.status(), period)
        }
    },
};

fn time(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

/// When rows without such a time were made.
const UNKNOWN: &str = "1970-01-01T00:00:01Z";

async fn plans_are_read() -> Outcome {
    let place = table(ROWS).await?;
    let store = Plans { pool: place.pool.clone() };
    store.verify_plans().await?;
    let pro = Plan {
        provider_id: Some("pro".into()),
        description: "Everything".into(),
        trial_days: 14,
        created_at: time("2024-01-01T00:00:00Z"),
        updated_at: time("2024-01-02T00:00:00Z"),
        ..Plan::new("1", "Pro", 1999, "USD", PlanInterval::Month)
    };
    let free = Plan {
        provider_id: Some("free".into()),
        interval_count: 3,
        active: false,
        created_at: time(UNKNOWN),
        updated_at: time(UNKNOWN),
        ..Plan::new("2", "Free", 0, "USD", PlanInterval::Month)
    };
    let much = Plan {
        provider_id: Some("de".into()),
        created_at: time(UNKNOWN),
        updated_at: time(UNKNOWN),
        ..Plan::new("4", "Much", 9900, "USD", PlanInterval::Year)
    };
    assert_eq!(store.list_plans(&PlanFilter { active_only: true }).await?, [much.clone(), pro.clone()]);
    assert_eq!(store.list_plans(&PlanFilter::default()).await?, [free, much, pro.clone()]);
    for none in ["3", "9", "01", "pro"] {
        assert!(store.get_plan(none).await.is_err_and(|error| error.is_not_found()), "{none}");
    }
    place.pool.run(BY_THE_MONTH).await?;
    assert_eq!(corrupt(store.get_plan("5").await), ["5", "trial_period"]);
    assert_eq!(corrupt(store.list_plans(&PlanFilter::default()).await), ["5", "trial_period"]);
    assert_eq!(store.get_plan("1").await?, pro, "other rows are read as before");
    place.pool.run("UPDATE plans SET name = '{\"de\": \"Profi\"}' WHERE id = 1").await?;
    assert_eq!(corrupt(store.get_plan("1").await), ["1", "name"]);
    place.remove().await;
    Ok(())
}

/// The key and the column of what can't be read.
fn corrupt(outcome: store_core::Result<impl std::fmt::Debug>) -> [String; 2] {
    match outcome {
        Err(StoreError::Corrupt { key, column, .. }) => [key, column],
        other => panic!("expected a fault of the row, got {other:?}"),
    }
}

async fn plans_are_written() -> Outcome {
    let place = table(ROWS).await?;
    let store = Plans { pool: place.pool.clone() };
    let others = place.pool.rows("plans").await?;
    let mut pro = store.get_plan("1").await?;
    (pro.amount, pro.interval, pro.active) = (2499, PlanInterval::Year, false);
    (pro.name, pro.description, pro.trial_days) = ("Professional".into(), String::new(), 30);
    pro.updated_at = time("2024-06-01T00:00:00.9Z");
    store.save_plan(&pro).await?;
    let row = "SELECT CONCAT_WS('|', slug, price, signup_fee, invoice_interval, is_active, sort_order, updated_at, trial_period,
        trial_interval, JSON_VALUE(name, '$.en'), JSON_VALUE(name, '$.de'), JSON_LENGTH(description)) FROM plans WHERE id = 1";
    let saved = "pro|24.99|5.00|year|0|3|2024-06-01 00:00:00|30|day|Professional|Profi|0";
    assert_eq!(place.pool.text(row).await?, saved, "the other language stays");
    for (field, plan) in [
        ("amount", Plan { amount: 100_000_000, ..pro.clone() }),
        ("currency", Plan { currency: "EURO".into(), ..pro.clone() }),
        ("provider_id", Plan { provider_id: None, ..pro.clone() }),
        ("trial_days", Plan { trial_days: 65_536, ..pro.clone() }),
        ("features", Plan { features: vec!["sso".into()], ..pro.clone() }),
        ("created_at", Plan { created_at: time("2038-01-19T03:14:08Z"), ..pro.clone() }),
    ] {
        assert_eq!(refused(store.save_plan(&plan).await), Some(field));
    }
    let taken = store.save_plan(&Plan { provider_id: Some("FREE".into()), ..pro.clone() }).await;
    assert_eq!(taken.expect_err("the collation knows no case").conflict(), Some(&Conflict::ProviderId));
    let taken = store.save_plan(&Plan { provider_id: Some("gone".into()), ..pro.clone() }).await;
    assert_eq!(taken.expect_err("what is deleted has it").conflict(), Some(&Conflict::ProviderId));
    assert_eq!(place.pool.text(row).await?, saved);

    // A new one has its texts in English, and none that is empty.
    let new = Plan {
        provider_id: Some("new".into()),
        trial_days: 7,
        ..Plan::new("9", "New \u{e9}", 5, "EUR", PlanInterval::Week)
    };
    store.save_plan(&new).await?;
    let texts = "SELECT CONCAT_WS('|', trial_period, trial_interval, JSON_LENGTH(name), JSON_VALUE(name, '$.en'), description,
        signup_fee, sort_order) FROM plans WHERE id = 9";
    assert_eq!(place.pool.text(texts).await?, "7|day|1|New \u{e9}|{}|0.00|0");
    place.pool.run("UPDATE plans SET description = '{\"de\": \"Neu\"}' WHERE id = 9").await?;
    store.save_plan(&Plan { description: "It is new".into(), ..new }).await?;
    let described = "SELECT CONCAT_WS('|', JSON_VALUE(description, '$.de'), JSON_VALUE(description, '$.en')) FROM plans WHERE id = 9";
    assert_eq!(place.pool.text(described).await?, "Neu|It is new");
    place.pool.run("DELETE FROM plans WHERE id = 9").await?;

    // What can't be read can be put right.
    place.pool.run(BY_THE_MONTH).await?;
    let long = Plan {
        provider_id: Some("long".into()),
        trial_days: 31,
        ..Plan::new("5", "Long", 0, "USD", PlanInterval::Month)
    };
    store.save_plan(&long).await?;
    assert_eq!(store.get_plan("5").await?.trial_days, 31);
    place.pool.run("DELETE FROM plans WHERE id = 5").await?;

    store.delete_plan("1").await?;
    assert!(store.get_plan("1").await.is_err_and(|error| error.is_not_found()));
    assert_eq!(
        place.pool.text("SELECT slug FROM plans WHERE id = 1 AND deleted_at IS NOT NULL").await?,
        "pro"
    );
    let revived = store.save_plan(&pro).await;
    assert_eq!(revived.expect_err("it is not revived").conflict(), Some(&Conflict::Id));
    place.pool.run("DELETE FROM plans WHERE id = 1").await?;
    assert_eq!(place.pool.rows("plans").await?, others[1..]);
    place.remove().await;
    Ok(())
}

async fn subscriptions_are_read() -> Outcome {
    let place = table(ROWS).await?;
    let store = Subscriptions { pool: place.pool.clone() };
    store.verify_subscriptions().await?;
    let live = store.get_active_subscription("1").await?;
    let main = Subscription {
        provider_id: Some("main".into()),
        created_at: time("2024-01-01T00:00:00Z"),
        updated_at: time("2024-01-01T00:00:00Z"),
        ..Subscription::new(
            "1",
            "1",
            "1",
            SubscriptionStatus::Active,
            time("2024-01-01T00:00:00Z")..time("2124-01-01T00:00:00Z"),
        )
    };
    assert_eq!(live, main);
    let trial = Subscription {
        provider_id: Some("trial".into()),
        trial_end: Some(time("2124-01-01T00:00:00Z")),
        created_at: time(UNKNOWN),
        updated_at: time(UNKNOWN),
        ..Subscription::new(
            "4",
            "9007199254740993",
            "2",
            SubscriptionStatus::Trialing,
            time(UNKNOWN)..time("9999-12-31T23:59:59Z"),
        )
    };
    assert_eq!(store.get_active_subscription("9007199254740993").await?, trial);
    assert!(store.get_active_subscription("2").await.is_err_and(|error| error.is_not_found()));
    let all = store.list_subscriptions(&SubscriptionFilter::default()).await?;
    let ids: Vec<_> = all.iter().map(|one| (one.id.as_str(), one.status.as_str())).collect();
    assert_eq!(ids, [("4", "trialing"), ("2", "expired"), ("3", "canceled"), ("1", "active")]);
    place.remove().await;
    Ok(())
}

async fn subscriptions_are_written() -> Outcome {
    let place = table(ROWS).await?;
    let store = Subscriptions { pool: place.pool.clone() };
    let others = place.pool.rows("plan_subscriptions").await?;
    let new = |id: &str, user: &str| Subscription {
        provider_id: Some("new".into()),
        created_at: time("2024-04-30T00:00:00Z"),
        updated_at: time("2024-04-30T00:00:00Z"),
        ..Subscription::new(
            id,
            user,
            "1",
            SubscriptionStatus::Active,
            time("2024-05-01T00:00:00.9Z")..time("2124-05-01T00:00:00Z"),
        )
    };
    let second = store.create_subscription_if_not_active(&new("9", "1")).await;
    assert_eq!(second.expect_err("the user has one").conflict(), Some(&Conflict::Live));
    let nobody = store.create_subscription_if_not_active(&new("9", "99")).await;
    assert_eq!(refused(nobody), Some("subscriber_id"), "there is no row to lock");
    let of_a_team = store.save_subscription(&new("5", "2")).await;
    assert_eq!(of_a_team.expect_err("the id is taken").conflict(), Some(&Conflict::Id));
    store.create_subscription_if_not_active(&new("9", "2")).await?;
    let row = "SELECT CONCAT_WS('|', subscriber_type, subscriber_id, plan_id, slug, JSON_UNQUOTE(JSON_EXTRACT(name, '$.en')),
        starts_at, ends_at, canceled_at, timezone) FROM plan_subscriptions WHERE id = 9";
    let created = "App\\Models\\User|2|1|new|main|2024-05-01 00:00:00|2124-05-01 00:00:00";
    assert_eq!(place.pool.text(row).await?, created);

    let current = store.get_subscription("9").await?;
    let canceled = Some(time("2024-06-01T00:00:00Z"));
    for (field, subscription) in [
        ("status", Subscription { status: SubscriptionStatus::Canceled, ..current.clone() }),
        ("status", Subscription { canceled_at: canceled, ..current.clone() }),
        ("status", Subscription { status: SubscriptionStatus::Paused, ..current.clone() }),
        ("status", Subscription { current_period_end: time("2024-06-01T00:00:00Z"), ..current.clone() }),
        ("provider_id", Subscription { provider_id: None, ..current.clone() }),
    ] {
        assert_eq!(refused(store.save_subscription(&subscription).await), Some(field));
    }
    assert_eq!(place.pool.text(row).await?, created, "what is refused changes nothing");
    place.pool.run("UPDATE plan_subscriptions SET timezone = 'Europe/Rome' WHERE id = 9").await?;
    let canceled = Subscription { status: SubscriptionStatus::Canceled, canceled_at: canceled, ..current };
    store.save_subscription(&canceled).await?;
    assert_eq!(place.pool.text(row).await?, format!("{created}|2024-06-01 00:00:00|Europe/Rome"));
    store.delete_subscription("9").await?;
    assert!(store.get_subscription("9").await.is_err_and(|error| error.is_not_found()));
    assert_eq!(
        place.pool.text(row).await?,
        format!("{created}|2024-06-01 00:00:00|Europe/Rome"),
        "the row is marked"
    );
    place.pool.run("DELETE FROM plan_subscriptions WHERE id = 9").await?;
    assert_eq!(place.pool.rows("plan_subscriptions").await?, others);
    place.remove().await;
    Ok(())
}

async fn what_is_saved_back_stays() -> Outcome {
    let place = table(ROWS).await?;
    let (plans, subscriptions) =
        (Plans { pool: place.pool.clone() }, Subscriptions { pool: place.pool.clone() });
    let before = [place.pool.rows("plans").await?, place.pool.rows("plan_subscriptions").await?];
    for plan in plans.list_plans(&PlanFilter::default()).await? {
        plans.save_plan(&plan).await?;
    }
    for subscription in subscriptions.list_subscriptions(&SubscriptionFilter::default()).await? {
        subscriptions.save_subscription(&subscription).await?;
    }
    assert_eq!([place.pool.rows("plans").await?, place.pool.rows("plan_subscriptions").await?], before);
    place.remove().await;
    Ok(())
}
