//! Labels, meanings of NULL, sentinels and shared columns: rows of another application, read, found and saved back.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{
    AtomicSubscriptionStore, Conflict, Plan, PlanFilter, PlanInterval, PlanStore, ReportableUsageStore,
    SqlPlanStore as _, SqlSubscriptionStore as _, SqlUsageStore as _, StoreError, Subscription,
    SubscriptionFilter, SubscriptionStatus, SubscriptionStore, UsageRecord,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};
use store_tests::race::one_wins;

use crate::plain::Plain;

macro_rules! stores {
    ($module:ident, $Pool:ident) => {
        mod $module {
            use store_core::{PlanStore, SubscriptionStore, UsageStore};

            /// Words that other words may join, NULL among them.
            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", atomic)]
            #[store(columns(
                        provider_id(also_none = "none"),
                        plan_id(if_null = "free"),
                        status(labels(
                            active = "on" | "it's \"running\"" | null,
                            trialing = "trial",
                            canceled = "cancelled" | "ended",
                            "incomplete" = "new",
                            ..
                        )),
                        canceled_at(also_none = "1990-01-01T00:00:00Z"),
                        metadata(if_null = {}),
                        created_at(if_null = "2000-01-01T00:00:00Z"),
                        updated_at(if_null = created_at),
                    ))]
            pub(super) struct Words {
                pub(super) pool: sqlx::$Pool,
            }

            /// Numbers and nothing else; one column for both ids, and for two times.
            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", atomic, lossy(trial_end))]
            #[store(columns(
                        provider_id = "id",
                        status(as = i32, labels(active = 1 | 2, trialing = -1, canceled = 3 | null)),
                        paused_at = "canceled_at",
                        trial_end = "current_period_end",
                    ))]
            pub(super) struct Numbers {
                pub(super) pool: sqlx::$Pool,
            }

            /// What is said to be true is false.
            #[derive(PlanStore)]
            #[store(table = "plans")]
            #[store(columns(
                        active(column = "pending_deletion", labels(true = false | null, false = true)),
                        interval(as = i32, labels(week = 0, month = 1 | 11, month * 3 = 3, year = 2 | null)),
                        provider_id(also_none = ""),
                        description(if_null = ""),
                        amount(if_null = 0),
                        trial_days(as = i32, if_null = 0),
                        features(if_null = []),
                        limits(if_null = {}),
                        metadata(if_null = {}),
                    ))]
            pub(super) struct Plans {
                pub(super) pool: sqlx::$Pool,
            }

            #[derive(UsageStore)]
            #[store(table = "usage_records", reportable)]
            #[store(columns(
                metric(if_null = "calls"),
                quantity(if_null = 1),
                recorded_at(if_null = "2000-01-01T00:00:00Z"),
                provider_reported_at(also_none = "1990-01-01T00:00:00Z"),
            ))]
            pub(super) struct Usage {
                pub(super) pool: sqlx::$Pool,
            }
        }
    };
}

stores!(on_sqlite, SqlitePool);
stores!(on_postgres, PgPool);
stores!(on_mysql, MySqlPool);

mod of_a_type {
    use store_core::SubscriptionStore;

    #[derive(SubscriptionStore)]
    #[store(table = "subscriptions", atomic)]
    #[store(columns(status(type = "state", labels(active = "on" | "running" | null, canceled, ..))))]
    pub(super) struct States {
        pub(super) pool: sqlx::PgPool,
    }
}

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! on {
        ($database:expr, $place:ident, $stores:ident, $nothing:literal) => {
            suite.on($database, "stored::words", || async {
                let place = $place::fresh(8).await?;
                let store = Arc::new($stores::Words { pool: place.pool.clone() });
                store.create_subscription_schema().await?;
                store.verify_subscriptions().await?;
                words(&place.pool, &*store, $nothing).await?;
                sentinels(&place.pool, &*store).await?;
                races(store).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "stored::numbers_and_shared_columns", || async {
                let place = $place::fresh(8).await?;
                let store = Arc::new($stores::Numbers { pool: place.pool.clone() });
                store.create_subscription_schema().await?;
                store.verify_subscriptions().await?;
                numbers(&place.pool, &*store).await?;
                shared(&place.pool, &*store).await?;
                races(store).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "stored::plans", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Plans { pool: place.pool.clone() };
                store.create_plan_schema().await?;
                store.verify_plans().await?;
                plans(&place.pool, &store).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "stored::usage", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Usage { pool: place.pool.clone() };
                store.create_usage_schema().await?;
                store.verify_usage().await?;
                usage(&place.pool, &store, $nothing).await?;
                place.remove().await;
                Ok(())
            });
        };
    }
    on!(Database::Sqlite, sqlite, on_sqlite, "'1990-01-01T00:00:00+00:00'");
    on!(Database::Postgres, postgres, on_postgres, "'1990-01-01T00:00:00Z'");
    on!(Database::Mysql, mysql, on_mysql, "'1990-01-01 00:00:00'");
    suite.on(Database::Postgres, "stored::words_of_an_enum", || async {
        let place = postgres::fresh(8).await?;
        // The set is open, so each word of the contract can be written.
        let words = "'on', 'running', 'canceled', 'trialing', 'paused', 'past_due', 'expired'";
        place.pool.run(&format!("CREATE TYPE state AS ENUM ({words})")).await?;
        let store = Arc::new(of_a_type::States { pool: place.pool.clone() });
        store.create_subscription_schema().await?;
        store.verify_subscriptions().await?;
        enums(&place.pool, &*store).await?;
        races(store).await?;
        place.remove().await;
        Ok(())
    });
}

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(10_000) + TimeDelta::hours(hour)
}

fn subscription(id: &str, status: SubscriptionStatus) -> Subscription {
    let period = at(1)..at(720);
    Subscription {
        created_at: at(0),
        updated_at: at(0),
        ..Subscription::new(id, format!("of {id}"), "pro", status, period)
    }
}

fn refused<T: std::fmt::Debug>(outcome: store_core::Result<T>) -> Option<&'static str> {
    match outcome {
        Err(StoreError::InvalidInput { field, .. }) => field,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn corrupt<T: std::fmt::Debug>(outcome: store_core::Result<T>) -> String {
    match outcome {
        Err(StoreError::Corrupt { column, .. }) => column,
        other => panic!("expected a fault of the row, got {other:?}"),
    }
}

/// The ids of the subscriptions with a status.
async fn with(
    store: &impl SubscriptionStore,
    status: &SubscriptionStatus,
) -> Result<Vec<String>, StoreError> {
    let filter = SubscriptionFilter { status: Some(status.clone()), ..Default::default() };
    Ok(store.list_subscriptions(&filter).await?.into_iter().map(|it| it.id).collect())
}

const SUBSCRIPTION: [&str; 14] = [
    "id",
    "provider_id",
    "subscriber_id",
    "plan_id",
    "status",
    "current_period_start",
    "current_period_end",
    "trial_start",
    "trial_end",
    "canceled_at",
    "paused_at",
    "metadata",
    "created_at",
    "updated_at",
];

/// Reads a record and saves it, which changes nothing, and gives it.
async fn saved_back(
    plain: &impl Plain,
    store: &impl SubscriptionStore,
    columns: &[&str],
    id: &str,
) -> Result<Subscription, Box<dyn std::error::Error + Send + Sync>> {
    let read = store.get_subscription(id).await?;
    let before = plain.dump("subscriptions", columns).await?;
    store.save_subscription(&read).await?;
    assert_eq!(plain.dump("subscriptions", columns).await?, before, "as it was before {read:?} was saved");
    assert_eq!(store.get_subscription(id).await?, read);
    Ok(read)
}

async fn words(plain: &impl Plain, store: &impl AtomicSubscriptionStore, nothing: &str) -> Outcome {
    let base = subscription("s", SubscriptionStatus::Active);
    let status = |word: &str| SubscriptionStatus::new(word);
    store.save_subscription(&base).await?;

    for (stored, word) in [
        ("'on'", "active"),
        ("'it''s \"running\"'", "active"),
        ("NULL", "active"),
        ("'trial'", "trialing"),
        ("'cancelled'", "canceled"),
        ("'ended'", "canceled"),
        ("'new'", "incomplete"),
        ("'paused'", "paused"),
        ("'of another kind'", "of another kind"),
    ] {
        plain.run(&format!("UPDATE subscriptions SET status = {stored}")).await?;
        let read = saved_back(plain, store, &SUBSCRIPTION, "s").await?;
        assert_eq!(read.status, status(word), "{stored}");
        assert_eq!(with(store, &read.status).await?, ["s"], "{stored}");
        let filter = SubscriptionFilter {
            subscriber_id: Some("of s".into()),
            plan_id: Some("pro".into()),
            status: Some(read.status.clone()),
        };
        assert_eq!(store.list_subscriptions(&filter).await?, std::slice::from_ref(&read), "{stored}");
        let others = ["active", "trialing", "canceled", "incomplete", "paused", "on", "trial", "nowhere"];
        for other in others.into_iter().filter(|other| *other != word) {
            assert_eq!(with(store, &status(other)).await?, [""; 0], "{stored} is not {other}");
        }
        let live = store.get_active_subscription("of s").await;
        let mut rival = subscription("rival", SubscriptionStatus::Trialing);
        rival.subscriber_id = "of s".into();
        let created = store.create_subscription_if_not_active(&rival).await;
        if read.status.is_live() {
            assert_eq!(live?, read, "{stored}");
            assert_eq!(created.unwrap_err().conflict(), Some(&Conflict::Live), "{stored}");
            let saved = store.save_subscription(&rival).await;
            assert_eq!(saved.unwrap_err().conflict(), Some(&Conflict::Live), "{stored}");
        } else {
            assert!(live.unwrap_err().is_not_found(), "{stored}");
            created?;
            store.delete_subscription("rival").await?;
        }
        // Another status is written, and this one again under its first label.
        store.save_subscription(&Subscription { status: status("paused"), ..read.clone() }).await?;
        assert_eq!(store.get_subscription("s").await?.status, SubscriptionStatus::Paused);
        store.save_subscription(&read).await?;
        assert_eq!(store.get_subscription("s").await?, read);
    }
    for taken in ["on", "ended", "trial", "new"] {
        let taken = Subscription { status: status(taken), ..base.clone() };
        assert_eq!(refused(store.save_subscription(&taken).await), Some("status"));
    }
    for twin in ["'active'", "'canceled'", "'incomplete'"] {
        plain.run(&format!("UPDATE subscriptions SET status = {twin}")).await?;
        assert_eq!(corrupt(store.get_subscription("s").await), "status", "{twin}");
    }

    // The other columns in which NULL stands for something, or something for none.
    plain.run("UPDATE subscriptions SET status = 'on'").await?;
    let unset = format!(
        "UPDATE subscriptions SET plan_id = NULL, metadata = NULL, created_at = NULL, updated_at = NULL, \
         provider_id = 'none', canceled_at = {nothing}"
    );
    plain.run(&unset).await?;
    let read = saved_back(plain, store, &SUBSCRIPTION, "s").await?;
    let year_2000 = DateTime::from_timestamp(946_684_800, 0).unwrap();
    let expected =
        Subscription { plan_id: "free".into(), created_at: year_2000, updated_at: year_2000, ..base.clone() };
    assert_eq!(read, expected);
    let of_plan = |plan: &str| SubscriptionFilter { plan_id: Some(plan.into()), ..Default::default() };
    assert_eq!(store.list_subscriptions(&of_plan("free")).await?, std::slice::from_ref(&read));
    assert_eq!(store.list_subscriptions(&of_plan("pro")).await?, []);

    // What NULL stands for stays where it is written out, and so does NULL where nothing stands for none.
    plain
        .run(
            "UPDATE subscriptions SET plan_id = 'free', metadata = '{}', updated_at = current_period_end, \
             created_at = current_period_end, provider_id = NULL, canceled_at = NULL",
        )
        .await?;
    let read = saved_back(plain, store, &SUBSCRIPTION, "s").await?;
    assert_eq!(store.list_subscriptions(&of_plan("free")).await?, std::slice::from_ref(&read));

    // It goes with the other field only as long as both have one value.
    store.save_subscription(&Subscription { created_at: at(5), updated_at: at(6), ..base.clone() }).await?;
    plain.run("UPDATE subscriptions SET updated_at = NULL").await?;
    let read = store.get_subscription("s").await?;
    assert_eq!((read.created_at, read.updated_at), (at(5), at(5)));
    store.save_subscription(&Subscription { created_at: at(4), ..read.clone() }).await?;
    let read = store.get_subscription("s").await?;
    assert_eq!((read.created_at, read.updated_at), (at(4), at(5)));

    // New rows have NULL for what it stands for, and what stands for none.
    store.delete_subscription("s").await?;
    let new = Subscription { plan_id: "free".into(), created_at: year_2000, ..base.clone() };
    store.create_subscription_if_not_active(&Subscription { updated_at: year_2000, ..new.clone() }).await?;
    let unset = "SELECT id FROM subscriptions WHERE plan_id IS NULL AND metadata IS NULL AND created_at IS NULL \
                 AND updated_at IS NULL AND provider_id = 'none' AND canceled_at IS NOT NULL AND status = 'on'";
    assert_eq!(plain.texts(unset).await?, [Some("s".to_owned())]);

    // Lists are in the order of what is read.
    for (id, created_at) in [("a", at(0)), ("b", year_2000 - TimeDelta::days(1)), ("c", year_2000)] {
        store.save_subscription(&Subscription { created_at, ..subscription(id, status("paused")) }).await?;
    }
    let listed = store.list_subscriptions(&SubscriptionFilter::default()).await?;
    let ids: Vec<_> = listed.iter().map(|it| it.id.as_str()).collect();
    assert!(at(0) < year_2000);
    assert_eq!(ids, ["a", "b", "c", "s"]);
    Ok(())
}

/// Any number of records have no provider id, and one that none stands for is no provider id.
async fn sentinels(plain: &impl Plain, store: &impl AtomicSubscriptionStore) -> Outcome {
    for id in ["s", "a", "b", "c"] {
        store.delete_subscription(id).await?;
    }
    for id in ["one", "two", "three"] {
        let new = Subscription { provider_id: None, ..subscription(id, SubscriptionStatus::Active) };
        store.create_subscription_if_not_active(&new).await?;
        store.save_subscription(&new).await?;
    }
    let stored = plain.texts("SELECT provider_id FROM subscriptions").await?;
    assert_eq!(stored, vec![Some("none".to_owned()); 3]);
    assert!(store.get_subscription_by_provider_id("none").await.unwrap_err().is_not_found());
    let mut one = store.get_subscription("one").await?;
    one.provider_id = Some("none".into());
    assert_eq!(refused(store.save_subscription(&one).await), Some("provider_id"));
    one.provider_id = Some("sub_1".into());
    store.save_subscription(&one).await?;
    assert_eq!(store.get_subscription_by_provider_id("sub_1").await?, one);
    let mut two = store.get_subscription("two").await?;
    two.provider_id = Some("sub_1".into());
    assert_eq!(store.save_subscription(&two).await.unwrap_err().conflict(), Some(&Conflict::ProviderId));
    // Where NULL is none already, none stays NULL, and a value is written.
    plain.run("UPDATE subscriptions SET provider_id = NULL, canceled_at = NULL").await?;
    two.provider_id = Some("sub_2".into());
    two.canceled_at = Some(at(9));
    store.save_subscription(&two).await?;
    assert_eq!(store.get_subscription("two").await?, two);
    one.provider_id = None;
    store.save_subscription(&one).await?;
    let stored = plain.texts("SELECT provider_id FROM subscriptions ORDER BY id").await?;
    assert_eq!(stored, [None, None, Some("sub_2".to_owned())]);
    let nowhere = DateTime::from_timestamp(631_152_000, 0);
    assert_eq!(
        refused(store.save_subscription(&Subscription { canceled_at: nowhere, ..one }).await),
        Some("canceled_at")
    );
    Ok(())
}

/// Of many that come at once one is live.
async fn races(store: Arc<impl AtomicSubscriptionStore + 'static>) -> Outcome {
    for round in 0..3 {
        let subscriber = format!("racer {round}");
        let new = (0..16).map(|task| {
            let id = format!("racer {round} {task}");
            let status = [SubscriptionStatus::Active, SubscriptionStatus::Trialing][task % 2].clone();
            Subscription {
                provider_id: Some(id.clone()),
                subscriber_id: subscriber.clone(),
                trial_end: Some(at(720)),
                ..subscription(&id, status)
            }
        });
        one_wins(&store, new).await?;
        assert!(store.get_active_subscription(&subscriber).await?.status.is_live());
    }
    Ok(())
}

const NUMBERS: [&str; 11] = [
    "id",
    "subscriber_id",
    "plan_id",
    "status",
    "current_period_start",
    "current_period_end",
    "trial_start",
    "canceled_at",
    "metadata",
    "created_at",
    "updated_at",
];

async fn numbers(plain: &impl Plain, store: &impl AtomicSubscriptionStore) -> Outcome {
    let base = Subscription {
        provider_id: Some("s".into()),
        trial_end: Some(at(720)),
        ..subscription("s", SubscriptionStatus::Active)
    };
    store.save_subscription(&base).await?;
    assert_eq!(store.get_subscription("s").await?, base);
    for (stored, status) in [
        ("1", SubscriptionStatus::Active),
        ("2", SubscriptionStatus::Active),
        ("-1", SubscriptionStatus::Trialing),
        ("3", SubscriptionStatus::Canceled),
        ("NULL", SubscriptionStatus::Canceled),
    ] {
        plain.run(&format!("UPDATE subscriptions SET status = {stored}")).await?;
        let read = saved_back(plain, store, &NUMBERS, "s").await?;
        assert_eq!(read.status, status, "{stored}");
        for word in ["active", "trialing", "canceled", "paused", "1", "3"].map(SubscriptionStatus::new) {
            let expected: &[&str] = if word == status { &["s"] } else { &[] };
            assert_eq!(with(store, &word).await?, expected, "{stored} as {word}");
        }
        assert_eq!(store.get_active_subscription("of s").await.is_ok(), status.is_live(), "{stored}");
    }
    let paused = Subscription { status: SubscriptionStatus::Paused, ..base.clone() };
    assert_eq!(refused(store.save_subscription(&paused).await), Some("status"));
    plain.run("UPDATE subscriptions SET status = 7").await?;
    assert_eq!(corrupt(store.get_subscription("s").await), "status");
    store.delete_subscription("s").await?;
    Ok(())
}

async fn shared(plain: &impl Plain, store: &impl AtomicSubscriptionStore) -> Outcome {
    let base = Subscription {
        provider_id: Some("s".into()),
        trial_end: Some(at(720)),
        canceled_at: Some(at(3)),
        paused_at: Some(at(3)),
        ..subscription("s", SubscriptionStatus::Canceled)
    };
    store.save_subscription(&base).await?;
    assert_eq!(store.get_subscription_by_provider_id("s").await?, base);
    let other = Subscription { provider_id: Some("t".into()), ..base.clone() };
    assert_eq!(refused(store.save_subscription(&other).await), Some("provider_id"));
    let none = Subscription { provider_id: None, ..base.clone() };
    assert_eq!(refused(store.create_subscription_if_not_active(&none).await), Some("provider_id"));
    let none = Subscription { paused_at: None, ..base.clone() };
    assert_eq!(refused(store.save_subscription(&none).await), Some("paused_at"));
    let both = Subscription { paused_at: None, canceled_at: None, ..base.clone() };
    store.save_subscription(&both).await?;
    assert_eq!(saved_back(plain, store, &NUMBERS, "s").await?, both);
    // What is lossy by name is read from its column, and never written.
    store.save_subscription(&Subscription { trial_end: None, ..both.clone() }).await?;
    store.save_subscription(&Subscription { trial_end: Some(at(1)), ..both.clone() }).await?;
    assert_eq!(store.get_subscription("s").await?, both);
    Ok(())
}

async fn plans(plain: &impl Plain, store: &impl PlanStore) -> Outcome {
    const COLUMNS: [&str; 13] = [
        "id",
        "provider_id",
        "name",
        "description",
        "amount",
        "currency",
        "trial_days",
        "features",
        "limits",
        "metadata",
        "pending_deletion",
        "created_at",
        "updated_at",
    ];
    let base = Plan {
        interval_count: 3,
        trial_days: 7,
        features: vec!["seats".into()],
        created_at: at(0),
        updated_at: at(0),
        ..Plan::new("p", "Pro", 1_900, "EUR", PlanInterval::Month)
    };
    store.save_plan(&base).await?;
    assert_eq!(store.get_plan("p").await?, base);
    let stored = plain.texts(&interval_of(plain)).await?;
    assert!(stored[0].as_ref().is_some_and(|text| text.ends_with('3')), "{stored:?}");
    for (interval, count) in [(PlanInterval::Month, 2), (PlanInterval::Week, 3), (PlanInterval::Day, 1)] {
        let plan = Plan { interval: interval.clone(), interval_count: count, ..base.clone() };
        assert_eq!(refused(store.save_plan(&plan).await), Some("interval"), "{interval} {count}");
    }
    for (stored, interval, count) in [
        ("0", PlanInterval::Week, 1),
        ("1", PlanInterval::Month, 1),
        ("11", PlanInterval::Month, 1),
        ("NULL", PlanInterval::Year, 1),
    ] {
        plain.run(&set_interval(plain, stored)).await?;
        let read = store.get_plan("p").await?;
        assert_eq!((read.interval.clone(), read.interval_count), (interval, count), "{stored}");
        let before = plain.texts(&interval_of(plain)).await?;
        store.save_plan(&read).await?;
        assert_eq!(plain.texts(&interval_of(plain)).await?, before, "{stored}");
    }
    for (stored, is_active) in [("TRUE", false), ("FALSE", true), ("NULL", true)] {
        plain.run(&format!("UPDATE plans SET pending_deletion = {stored}")).await?;
        let before = plain.dump("plans", &COLUMNS).await?;
        let read = store.get_plan("p").await?;
        assert_eq!(read.active, is_active, "{stored}");
        let listed = store.list_plans(&PlanFilter { active_only: true }).await?;
        assert_eq!(!listed.is_empty(), is_active, "{stored}");
        store.save_plan(&read).await?;
        assert_eq!(plain.dump("plans", &COLUMNS).await?, before, "{stored}");
        store.save_plan(&Plan { active: !is_active, ..read.clone() }).await?;
        assert_eq!(store.get_plan("p").await?.active, !is_active);
    }
    for values in [
        "description = NULL, amount = NULL, trial_days = NULL, features = NULL, limits = NULL, metadata = NULL, \
         provider_id = ''",
        "description = '', amount = 0, trial_days = 0, features = '[]', limits = '{}', metadata = '{}', \
         provider_id = NULL",
    ] {
        plain.run(&format!("UPDATE plans SET {values}")).await?;
        let before = plain.dump("plans", &COLUMNS).await?;
        let read = store.get_plan("p").await?;
        let empty = (String::new(), 0, 0, None);
        assert_eq!((read.description.clone(), read.amount, read.trial_days, read.provider_id.clone()), empty);
        assert!(read.features.is_empty() && read.limits.is_empty() && read.metadata.is_empty());
        store.save_plan(&read).await?;
        assert_eq!(plain.dump("plans", &COLUMNS).await?, before, "{values}");
    }
    let full = Plan { description: "all of it".into(), ..base.clone() };
    store.save_plan(&full).await?;
    assert_eq!(store.get_plan("p").await?, full);
    // The value for none is in as many rows as there are.
    store.save_plan(&Plan { id: "q".into(), ..base.clone() }).await?;
    store.save_plan(&Plan { id: "r".into(), ..base }).await?;
    assert_eq!(plain.texts("SELECT id FROM plans WHERE provider_id = '' ORDER BY id").await?.len(), 2);
    Ok(())
}

/// `interval` is a word of SQL.
fn interval<P: Plain>(_: &P) -> &'static str {
    if P::as_text("c").contains("CAST") { "`interval`" } else { "\"interval\"" }
}

fn interval_of<P: Plain>(plain: &P) -> String {
    format!("SELECT {} FROM plans", P::as_text(interval(plain)))
}

fn set_interval<P: Plain>(plain: &P, value: &str) -> String {
    format!("UPDATE plans SET {} = {value}", interval(plain))
}

async fn usage(plain: &impl Plain, store: &impl ReportableUsageStore, nothing: &str) -> Outcome {
    let record = |id: &str| UsageRecord::new(id, "s", "tokens", 5, at(0));
    for id in ["a", "b", "c"] {
        store.save_usage_record(&record(id)).await?;
    }
    plain.run("UPDATE usage_records SET metric = NULL, quantity = NULL WHERE id = 'a'").await?;
    plain.run("UPDATE usage_records SET recorded_at = NULL WHERE id = 'b'").await?;
    plain.run("UPDATE usage_records SET provider_reported_at = NULL WHERE id = 'c'").await?;

    let year_2000 = DateTime::from_timestamp(946_684_800, 0).unwrap();
    let second = TimeDelta::seconds(1);
    let (first, last) = (at(0), at(1));
    let listed = store.list_usage_records("s", DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC).await?;
    let a = UsageRecord { metric: "calls".into(), quantity: 1, ..record("a") };
    let b = UsageRecord { recorded_at: year_2000, ..record("b") };
    assert_eq!(listed, [a.clone(), record("c"), b.clone()], "in the order of what is read");
    assert_eq!(store.sum_usage("s", "calls", first, last).await?, 1);
    assert_eq!(store.sum_usage("s", "tokens", first, last).await?, 5);
    assert_eq!(store.sum_usage("s", "tokens", first, year_2000).await?, 5);
    assert_eq!(store.sum_usage("s", "tokens", first, year_2000 + second).await?, 10);
    assert_eq!(store.list_usage_records("s", year_2000, year_2000 + second).await?, std::slice::from_ref(&b));
    assert_eq!(store.list_usage_records("s", year_2000 + second, DateTime::<Utc>::MAX_UTC).await?, []);

    assert_eq!(store.list_unreported_usage(9).await?, [a, record("c"), b], "NULL and what stands for none");
    store.mark_usage_reported("a", at(2)).await?;
    assert_eq!(store.list_unreported_usage(9).await?.len(), 2);
    let marked = format!("UPDATE usage_records SET provider_reported_at = {nothing} WHERE id = 'a'");
    plain.run(&marked).await?;
    assert_eq!(store.list_unreported_usage(1).await?[0].id, "a");
    let reserved = DateTime::from_timestamp(631_152_000, 0).unwrap();
    assert_eq!(refused(store.mark_usage_reported("a", reserved).await), Some("provider_reported_at"));
    // A new row with the values that NULL stands for.
    let new = UsageRecord { metric: "calls".into(), quantity: 1, recorded_at: year_2000, ..record("d") };
    store.save_usage_record(&new).await?;
    let unset =
        "SELECT id FROM usage_records WHERE metric IS NULL AND quantity IS NULL AND recorded_at IS NULL";
    assert_eq!(plain.texts(unset).await?, [Some("d".to_owned())]);
    assert_eq!(store.sum_usage("s", "calls", year_2000, year_2000 + second).await?, 1);
    Ok(())
}

async fn enums(plain: &impl Plain, store: &impl AtomicSubscriptionStore) -> Outcome {
    store.save_subscription(&subscription("s", SubscriptionStatus::Active)).await?;
    for (stored, word) in [
        ("'on'", "active"),
        ("'running'", "active"),
        ("NULL", "active"),
        ("'canceled'", "canceled"),
        ("'trialing'", "trialing"),
    ] {
        plain.run(&format!("UPDATE subscriptions SET status = {stored}")).await?;
        let read = saved_back(plain, store, &SUBSCRIPTION, "s").await?;
        assert_eq!(read.status, SubscriptionStatus::new(word), "{stored}");
        for other in ["active", "canceled", "trialing", "no label of the type"].map(SubscriptionStatus::new) {
            let expected: &[&str] = if other == read.status { &["s"] } else { &[] };
            assert_eq!(with(store, &other).await?, expected, "{stored} as {other}");
        }
        assert_eq!(store.get_active_subscription("of s").await.is_ok(), read.status.is_live(), "{stored}");
    }
    let unknown = subscription("t", SubscriptionStatus::new("no label of the type"));
    assert!(matches!(
        store.save_subscription(&unknown).await,
        Err(StoreError::InvalidInput { field: Some("status") | None, .. })
    ));
    Ok(())
}
