//! Rows of the billing engine, and the stores on them.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgPoolOptions;
use sqlx::types::Uuid;
use store_core::contract::Capability::{Atomic, Mapping};
use store_core::contract::{plan, subscription, usage};
use store_core::{
    Conflict, Plan, PlanFilter, PlanInterval, PlanStore, SqlPlanStore, SqlSubscriptionStore, SqlUsageStore,
    StoreError, Subscription, SubscriptionFilter, SubscriptionStatus, SubscriptionStore, UsageRecord,
    UsageStore,
};
use store_tests::databases::{Database, postgres};
use store_tests::harness::{Outcome, Suite};

use crate::contract::{self, CONNECTIONS, Statements};
use crate::lago::{Plans, Subscriptions, Usage};
use crate::race::{self, Racing};
use crate::refused;
use crate::rows::Plain;

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Postgres, "lago::plans_are_read", plans_are_read);
    suite.on(Database::Postgres, "lago::plans_are_written", plans_are_written);
    suite.on(Database::Postgres, "lago::subscriptions_are_read", subscriptions_are_read);
    suite.on(Database::Postgres, "lago::subscriptions_are_written", subscriptions_are_written);
    suite.on(Database::Postgres, "lago::usage_is_read", usage_is_read);
    suite.on(Database::Postgres, "lago::usage_is_written", usage_is_written);
    suite.on(Database::Postgres, "lago::what_is_saved_back_stays", what_is_saved_back_stays);
    suite.on(Database::Postgres, "lago::racing_sign_ups_have_one_winner", || async {
        let place = table(RACERS).await?;
        race::one_winner(&RACING, place.url()).await?;
        place.remove().await;
        Ok(())
    });
    contract::rules(suite, Database::Postgres, "lago::plan", plan::RULES, &[Mapping], || async {
        let place = table(ORGANIZATIONS).await?;
        let store = Plans { pool: place.pool.clone(), organization: OURS };
        Ok((place.into(), contract::plans(store)))
    });
    contract::rules(
        suite,
        Database::Postgres,
        "lago::subscription",
        subscription::RULES,
        &[Mapping, Atomic],
        || async {
            let place = table(ORGANIZATIONS).await?;
            let others = Statements {
            pool: place.pool.clone(),
            plan: "INSERT INTO plans (id, organization_id, name, created_at, updated_at, code, \"interval\", amount_cents, amount_currency)
                VALUES ($1::text::uuid, '00000000-0000-0000-0000-000000000001', '', now(), now(), $1, 1, 0, 'EUR')
                ON CONFLICT DO NOTHING",
            subscriber: "INSERT INTO customers (id) VALUES ($1::text::uuid) ON CONFLICT DO NOTHING",
        };
            let store = Subscriptions { pool: place.pool.clone(), organization: OURS };
            Ok((place.into(), contract::subscriptions(store, others)))
        },
    );
    contract::rules(suite, Database::Postgres, "lago::usage", usage::RULES, &[Mapping], || async {
        let place = table(ORGANIZATIONS).await?;
        let store = Usage { pool: place.pool.clone(), organization: OURS };
        Ok((place.into(), contract::usage(store)))
    });
}

async fn table(rows: &'static str) -> Result<postgres::Place, sqlx::Error> {
    let place = postgres::fresh(CONNECTIONS).await?;
    place.pool.run(include_str!("../lago.sql")).await?;
    place.pool.run(rows).await?;
    Ok(place)
}

const OURS: Uuid = Uuid::from_u128(1);
const THEIRS: Uuid = Uuid::from_u128(2);

const ORGANIZATIONS: &str = "INSERT INTO organizations VALUES
    ('00000000-0000-0000-0000-000000000001'), ('00000000-0000-0000-0000-000000000002')";

const QUARTERLY: &str = "00000000-0000-0000-0000-0000000000a1";
const WEEKLY: &str = "00000000-0000-0000-0000-0000000000a2";
const GONE: &str = "00000000-0000-0000-0000-0000000000a4";
const THEIR_PLAN: &str = "00000000-0000-0000-0000-0000000000a5";
const CUSTOMER: &str = "00000000-0000-0000-0000-0000000000c1";
const ENDED: &str = "00000000-0000-0000-0000-0000000000b1";
const LIVE: &str = "00000000-0000-0000-0000-0000000000b2";

/// As the engine writes them, for two organizations.
const ROWS: &str = r#"
    INSERT INTO organizations VALUES ('00000000-0000-0000-0000-000000000001'), ('00000000-0000-0000-0000-000000000002');
    INSERT INTO customers VALUES ('00000000-0000-0000-0000-0000000000c1');
    INSERT INTO plans (id, organization_id, name, created_at, updated_at, code, "interval", description, amount_cents,
        amount_currency, trial_period, parent_id, deleted_at, pending_deletion, invoice_display_name)
    VALUES
        ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-000000000001', 'Quarterly', '2024-01-01',
            '2024-01-01', 'q', 3, null, 900, 'EUR', null, null, null, false, 'Shown'),
        ('00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-000000000001', 'Weekly', '2024-01-02',
            '2024-01-02 01:02:03.000004', 'w', 0, 'By the week', 100, 'EUR', 7, null, null, true, null),
        ('00000000-0000-0000-0000-0000000000a3', '00000000-0000-0000-0000-000000000001', 'Copy', '2024-01-03',
            '2024-01-03', 'q', 3, null, 800, 'EUR', null, '00000000-0000-0000-0000-0000000000a1', null, false, null),
        ('00000000-0000-0000-0000-0000000000a4', '00000000-0000-0000-0000-000000000001', 'Gone', '2024-01-04',
            '2024-01-04', 'g', 1, null, 1, 'EUR', null, null, '2024-02-01', false, null),
        ('00000000-0000-0000-0000-0000000000a5', '00000000-0000-0000-0000-000000000002', 'Theirs', '2024-01-05',
            '2024-01-05', 'q', 1, null, 5, 'USD', null, null, null, false, null);
    INSERT INTO subscriptions (id, customer_id, plan_id, status, started_at, created_at, updated_at, external_id, ending_at,
        organization_id, billing_time)
    VALUES
        ('00000000-0000-0000-0000-0000000000b1', '00000000-0000-0000-0000-0000000000c1',
            '00000000-0000-0000-0000-0000000000a1', 2, '2023-01-01', '2023-01-01', '2023-01-01', 'ext', '2024-01-01',
            '00000000-0000-0000-0000-000000000001', 1),
        ('00000000-0000-0000-0000-0000000000b2', '00000000-0000-0000-0000-0000000000c1',
            '00000000-0000-0000-0000-0000000000a1', 1, null, '2024-01-01 00:00:00.123456', '2024-01-01', 'ext', null,
            '00000000-0000-0000-0000-000000000001', 1),
        ('00000000-0000-0000-0000-0000000000b3', '00000000-0000-0000-0000-0000000000c1',
            '00000000-0000-0000-0000-0000000000a5', 1, '2024-05-01', '2024-05-01', '2024-05-01', 'ext', null,
            '00000000-0000-0000-0000-000000000002', 0);
    INSERT INTO events (organization_id, transaction_id, code, properties, "timestamp", created_at, updated_at, metadata,
        external_subscription_id, deleted_at)
    VALUES
        ('00000000-0000-0000-0000-000000000001', 't1', 'calls', '{"value": "3"}', '2024-01-01 10:00', now(), now(), '{"n": 1}', 'ext', null),
        ('00000000-0000-0000-0000-000000000001', 't2', 'calls', '{"value": 4}', '2024-01-01 11:00', now(), now(), '{}', 'ext', null),
        ('00000000-0000-0000-0000-000000000001', 't3', 'calls', '{"value": 100}', '2024-01-01 12:00', now(), now(), '{}', 'ext', now()),
        ('00000000-0000-0000-0000-000000000002', 't1', 'calls', '{"value": 1000}', '2024-01-01 10:00', now(), now(), '{}', 'ext', null);
"#;

const NOWHERE: &str = r#"
    INSERT INTO events (organization_id, transaction_id, code, properties, "timestamp", created_at, updated_at, external_subscription_id)
    VALUES
        ('00000000-0000-0000-0000-000000000001', 't4', 'calls', '{"value": 10000}', null, now(), now(), 'ext'),
        ('00000000-0000-0000-0000-000000000001', 't5', 'calls', '{"value": 10000}', '2024-01-01 10:30', now(), now(), null);
"#;

const RACERS: &str = r#"
    INSERT INTO organizations VALUES ('00000000-0000-0000-0000-000000000001');
    INSERT INTO plans (id, organization_id, name, created_at, updated_at, code, "interval", amount_cents, amount_currency)
    VALUES ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-000000000001', '', now(), now(), 'p', 1, 0, 'EUR');
    INSERT INTO customers SELECT lpad(to_hex(n), 32, '0')::uuid FROM generate_series(1, 400) n;
"#;

/// There is one status that is live.
pub(crate) const RACING: Racing = Racing {
    name: "lago",
    connect: |url| {
        Box::pin(async move {
            let options = PgPoolOptions::new().min_connections(CONNECTIONS).max_connections(CONNECTIONS);
            Ok(Arc::new(Subscriptions { pool: options.connect(&url).await?, organization: OURS }) as _)
        })
    },
    make: |racer| {
        let start = time("2024-01-01T00:00:00Z");
        let [id, customer] =
            [racer.number(), racer.subscriber()].map(|number| Uuid::from_u128(number as u128).to_string());
        let period = start..start + TimeDelta::days(30);
        Subscription {
            provider_id: Some(racer.name()),
            ..Subscription::new(id, customer, QUARTERLY, SubscriptionStatus::Active, period)
        }
    },
};

fn time(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

async fn plans_are_read() -> Outcome {
    let place = table(ROWS).await?;
    let store = Plans { pool: place.pool.clone(), organization: OURS };
    store.verify_plans().await?;
    let quarterly = Plan {
        provider_id: Some("q".into()),
        interval_count: 3,
        created_at: time("2024-01-01T00:00:00Z"),
        updated_at: time("2024-01-01T00:00:00Z"),
        ..Plan::new(QUARTERLY, "Quarterly", 900, "EUR", PlanInterval::Month)
    };
    let weekly = Plan {
        provider_id: Some("w".into()),
        description: "By the week".into(),
        trial_days: 7,
        active: false,
        created_at: time("2024-01-02T00:00:00Z"),
        updated_at: time("2024-01-02T01:02:03.000004Z"),
        ..Plan::new(WEEKLY, "Weekly", 100, "EUR", PlanInterval::Week)
    };
    assert_eq!(store.list_plans(&PlanFilter { active_only: true }).await?, std::slice::from_ref(&quarterly));
    assert_eq!(store.get_plan(WEEKLY).await?, weekly);
    // No copy, nothing deleted, nothing of others.
    assert_eq!(store.list_plans(&PlanFilter::default()).await?, [quarterly, weekly]);
    for none in [GONE, THEIR_PLAN, "q", "00000000-0000-0000-0000-0000000000A1"] {
        assert!(store.get_plan(none).await.is_err_and(|error| error.is_not_found()), "{none}");
    }
    place.remove().await;
    Ok(())
}

async fn plans_are_written() -> Outcome {
    let place = table(ROWS).await?;
    let store = Plans { pool: place.pool.clone(), organization: OURS };
    let theirs = Plans { pool: place.pool.clone(), organization: THEIRS };
    let others = place.pool.rows("plans").await?;
    let new = Plan {
        provider_id: Some("half".into()),
        interval_count: 6,
        trial_days: 14,
        ..Plan::new("00000000-0000-0000-0000-0000000000aa", "Half a year", 4_900, "EUR", PlanInterval::Month)
    };
    store.save_plan(&new).await?;
    let row = r#"SELECT concat_ws('|', right(organization_id::text, 1), code, "interval", amount_cents, trial_period, description,
        pay_in_advance, pending_deletion, pricing_type, parent_id, deleted_at IS NULL) FROM plans
        WHERE id = '00000000-0000-0000-0000-0000000000aa'"#;
    assert_eq!(
        place.pool.text(row).await?,
        "1|half|4|4900|14|f|f|legacy|t",
        "complete, as the CHECK asks for"
    );

    for (field, plan) in [
        ("interval", Plan { interval_count: 2, ..new.clone() }),
        ("provider_id", Plan { provider_id: None, ..new.clone() }),
        ("features", Plan { features: vec!["sso".into()], ..new.clone() }),
        ("id", Plan { id: "q".into(), ..new.clone() }),
    ] {
        assert_eq!(refused(store.save_plan(&plan).await), Some(field));
    }
    let taken = store.save_plan(&Plan { provider_id: Some("w".into()), ..new.clone() }).await;
    assert_eq!(taken.expect_err("it is").conflict(), Some(&Conflict::ProviderId));
    for id in [QUARTERLY, &new.id] {
        let theirs = theirs.save_plan(&Plan { id: id.into(), ..new.clone() }).await;
        assert_eq!(theirs.expect_err("the id is taken").conflict(), Some(&Conflict::Id));
    }
    assert_eq!(place.pool.text(row).await?, "1|half|4|4900|14|f|f|legacy|t");

    place
        .pool
        .run("UPDATE plans SET pay_in_advance = true, invoice_display_name = 'x' WHERE code = 'half'")
        .await?;
    store.save_plan(&Plan { active: false, trial_days: 0, ..new.clone() }).await?;
    assert_eq!(place.pool.text(row).await?, "1|half|4|4900|t|t|legacy|t", "no trial is NULL");
    store.delete_plan(&new.id).await?;
    assert_eq!(place.pool.text(row).await?, "1|half|4|4900|t|t|legacy|f", "the row is marked");
    assert!(store.get_plan(&new.id).await.is_err_and(|error| error.is_not_found()));
    let revived = store.save_plan(&new).await;
    assert_eq!(revived.expect_err("it is not revived").conflict(), Some(&Conflict::Id));
    place.pool.run("DELETE FROM plans WHERE code = 'half'").await?;
    assert_eq!(place.pool.rows("plans").await?, others);
    place.remove().await;
    Ok(())
}

async fn subscriptions_are_read() -> Outcome {
    let place = table(ROWS).await?;
    let store = Subscriptions { pool: place.pool.clone(), organization: OURS };
    store.verify_subscriptions().await?;
    let created = time("2024-01-01T00:00:00.123456Z");
    let live = Subscription {
        provider_id: Some("ext".into()),
        created_at: created,
        updated_at: time("2024-01-01T00:00:00Z"),
        ..Subscription::new(
            LIVE,
            CUSTOMER,
            QUARTERLY,
            SubscriptionStatus::Active,
            created..time("9999-12-31T23:59:59Z"),
        )
    };
    let ended = Subscription {
        provider_id: Some("ext".into()),
        created_at: time("2023-01-01T00:00:00Z"),
        updated_at: time("2023-01-01T00:00:00Z"),
        ..Subscription::new(
            ENDED,
            CUSTOMER,
            QUARTERLY,
            SubscriptionStatus::Expired,
            time("2023-01-01T00:00:00Z")..time("2024-01-01T00:00:00Z"),
        )
    };
    assert_eq!(store.get_active_subscription(CUSTOMER).await?, live);
    assert_eq!(store.get_subscription_by_provider_id("ext").await?, live, "of several the live one");
    assert_eq!(store.list_subscriptions(&SubscriptionFilter::default()).await?, [ended, live]);
    place.remove().await;
    Ok(())
}

async fn subscriptions_are_written() -> Outcome {
    let place = table(ROWS).await?;
    let store = Subscriptions { pool: place.pool.clone(), organization: OURS };
    let others = place.pool.rows("subscriptions").await?;
    let start = time("2024-03-01T00:00:00.000001Z");
    let new = Subscription {
        provider_id: Some("ext".into()),
        ..Subscription::new(
            "00000000-0000-0000-0000-0000000000bb",
            CUSTOMER,
            WEEKLY,
            SubscriptionStatus::new("pending"),
            start..start + TimeDelta::days(30),
        )
    };
    store.save_subscription(&new).await?;
    let row = "SELECT concat_ws('|', right(organization_id::text, 1), external_id, status, started_at, ending_at, canceled_at,
        billing_time, on_termination_invoice) FROM subscriptions WHERE id = '00000000-0000-0000-0000-0000000000bb'";
    let times = "2024-03-01 00:00:00.000001|2024-03-31 00:00:00.000001";
    assert_eq!(place.pool.text(row).await?, format!("1|ext|0|{times}|0|generate"));

    place
        .pool
        .run("UPDATE subscriptions SET billing_time = 1 WHERE external_id = 'ext' AND status = 0")
        .await?;
    let canceled = Subscription {
        status: SubscriptionStatus::Canceled,
        canceled_at: Some(time("2024-03-02T00:00:00Z")),
        ..new.clone()
    };
    store.save_subscription(&canceled).await?;
    assert_eq!(place.pool.text(row).await?, format!("1|ext|3|{times}|2024-03-02 00:00:00|1|generate"));
    for (field, subscription) in [
        ("status", Subscription { status: SubscriptionStatus::PastDue, ..canceled.clone() }),
        (
            "plan_id",
            Subscription { plan_id: "00000000-0000-0000-0000-00000000dead".into(), ..canceled.clone() },
        ),
        ("provider_id", Subscription { provider_id: None, ..canceled.clone() }),
        ("trial_start", Subscription { trial_start: Some(start), ..canceled.clone() }),
    ] {
        assert_eq!(refused(store.save_subscription(&subscription).await), Some(field));
    }
    store.delete_subscription(&new.id).await?;
    assert_eq!(place.pool.rows("subscriptions").await?, others);
    place.remove().await;
    Ok(())
}

async fn usage_is_read() -> Outcome {
    let place = table(ROWS).await?;
    let store = Usage { pool: place.pool.clone(), organization: OURS };
    // They are usage of no subscription, and of no time.
    place.pool.run(NOWHERE).await?;
    store.verify_usage().await?;
    let (from, to) = (time("2024-01-01T00:00:00Z"), time("2024-01-02T00:00:00Z"));
    assert_eq!(store.sum_usage("ext", "calls", from, to).await?, 7);
    assert_eq!(store.sum_usage("ext", "calls", from, time("2024-01-01T11:00:00Z")).await?, 3);
    let records = store.list_usage_records("ext", from, to).await?;
    let first = UsageRecord {
        metadata: [("n".into(), "1".into())].into(),
        ..UsageRecord::new("t1", "ext", "calls", 3, time("2024-01-01T10:00:00Z"))
    };
    assert_eq!(
        records,
        [first.clone(), UsageRecord::new("t2", "ext", "calls", 4, time("2024-01-01T11:00:00Z"))]
    );
    // A property that is no whole number, or none, is no quantity.
    for value in [r#"{"value": 1.5}"#, r#"{"value": null}"#, r#"{"seconds": 5}"#] {
        let event = format!("UPDATE events SET properties = '{value}' WHERE transaction_id = 't2'");
        sqlx::raw_sql(AssertSqlSafe(event)).execute(&place.pool).await?;
        let sum = store.sum_usage("ext", "calls", from, to).await;
        assert!(
            matches!(&sum, Err(StoreError::Corrupt { column, .. }) if column == "properties"),
            "{value}: {sum:?}"
        );
        assert!(store.list_usage_records("ext", from, to).await.is_err(), "{value}");
        assert_eq!(store.sum_usage("ext", "calls", from, time("2024-01-01T11:00:00Z")).await?, 3, "{value}");
    }
    place.remove().await;
    Ok(())
}

async fn usage_is_written() -> Outcome {
    let place = table(ROWS).await?;
    let store = Usage { pool: place.pool.clone(), organization: OURS };
    let others = place.pool.rows("events").await?;
    let (from, to) = (time("2024-01-01T00:00:00Z"), time("2024-01-02T00:00:00Z"));
    let new = UsageRecord {
        metadata: [("ip".into(), "::1".into())].into(),
        ..UsageRecord::new("t9", "ext", "calls", -2, time("2024-01-01T13:00:00.000001Z"))
    };
    store.save_usage_record(&new).await?;
    let row = r#"SELECT concat_ws('|', right(organization_id::text, 1), code, properties, "timestamp", metadata, external_subscription_id,
        subscription_id, deleted_at, abs(extract(epoch FROM now() AT TIME ZONE 'UTC' - created_at)) < 600, created_at = updated_at)
        FROM events WHERE transaction_id = 't9'"#;
    assert_eq!(
        place.pool.text(row).await?,
        r#"1|calls|{"value": -2}|2024-01-01 13:00:00.000001|{"ip": "::1"}|ext|t|t"#
    );
    assert_eq!(store.sum_usage("ext", "calls", from, to).await?, 5);
    assert_eq!(store.list_usage_records("ext", from, to).await?.last(), Some(&new));
    // It counts once, also where a deleted event has its key; of another subscription or organization it is another.
    for taken in ["t9", "t1", "t3"] {
        let again =
            store.save_usage_record(&UsageRecord { id: taken.into(), quantity: 50, ..new.clone() }).await;
        assert_eq!(again.expect_err("it is taken").conflict(), Some(&Conflict::Id), "{taken}");
    }
    assert_eq!(store.sum_usage("ext", "calls", from, to).await?, 5);
    let theirs = Usage { pool: place.pool.clone(), organization: THEIRS };
    theirs.save_usage_record(&new).await?;
    store.save_usage_record(&UsageRecord { subscription_id: "else".into(), ..new.clone() }).await?;
    assert_eq!(theirs.sum_usage("ext", "calls", from, to).await?, 998);
    assert_eq!(store.sum_usage("ext", "calls", from, to).await?, 5);
    let reported = UsageRecord { id: "t10".into(), provider_reported_at: Some(from), ..new };
    assert_eq!(refused(store.save_usage_record(&reported).await), Some("provider_reported_at"));
    place.pool.run("DELETE FROM events WHERE transaction_id = 't9'").await?;
    assert_eq!(place.pool.rows("events").await?, others);
    place.remove().await;
    Ok(())
}

async fn what_is_saved_back_stays() -> Outcome {
    let place = table(ROWS).await?;
    let plans = Plans { pool: place.pool.clone(), organization: OURS };
    let subscriptions = Subscriptions { pool: place.pool.clone(), organization: OURS };
    let before = [place.pool.rows("plans").await?, place.pool.rows("subscriptions").await?];
    for plan in plans.list_plans(&PlanFilter::default()).await? {
        plans.save_plan(&plan).await?;
    }
    for subscription in subscriptions.list_subscriptions(&SubscriptionFilter::default()).await? {
        subscriptions.save_subscription(&subscription).await?;
    }
    assert_eq!([place.pool.rows("plans").await?, place.pool.rows("subscriptions").await?], before);
    place.remove().await;
    Ok(())
}
