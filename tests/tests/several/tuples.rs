//! Labels over several columns: rows of another application, read, found and saved back.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{
    AtomicSubscriptionStore, Conflict, Plan, PlanFilter, PlanInterval, PlanStore, SqlPlanStore as _,
    SqlSubscriptionStore as _, StoreError, Subscription, SubscriptionFilter, SubscriptionStatus,
    SubscriptionStore,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};
use store_tests::race::one_wins;

use crate::plain::Plain;

macro_rules! stores {
    ($module:ident, $Pool:ident) => {
        pub(crate) mod $module {
            use store_core::{PlanStore, SubscriptionStore};

            /// What is active on trial is trialing; of what is not active the flag says nothing.
            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", atomic)]
            #[store(columns(
                        status(over("status", "trial"), labels(
                            trialing = ("active", true),
                            active = ("active", false | null),
                            past_due = ("past_due" | "late", _),
                            canceled = ("canceled", _) | ("ended", false),
                            "unpaid" = ("unpaid", _),
                        )),
                    ))]
            pub(crate) struct Subscriptions {
                pub(crate) pool: sqlx::$Pool,
            }

            /// Both fields leave a column as it is for one of their values.
            #[derive(PlanStore)]
            #[store(table = "plans")]
            #[store(columns(
                        interval(over(column("unit", as = char(2)), column("every", as = i16)), labels(
                            month = ("m", 1 | null), month * 3 = ("m", 3), year = ("y", _),
                        )),
                        active(over("state", "hidden"), labels(
                            true = ("on", false),
                            false = ("off", _) | (_, true),
                        )),
                    ))]
            pub(crate) struct Plans {
                pub(crate) pool: sqlx::$Pool,
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
    #[store(columns(status(
        over(column("status", type = "state"), column("flag", type = "yes or no")),
        labels(active = ("on" | "running", "yes"), canceled = ("on", "no") | ("off", _)),
    )))]
    pub(super) struct States {
        pub(super) pool: sqlx::PgPool,
    }
}

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! on {
        ($database:expr, $place:ident, $stores:ident) => {
            suite.on($database, "tuples::subscriptions", || async {
                let place = $place::fresh(8).await?;
                let store = Arc::new($stores::Subscriptions { pool: place.pool.clone() });
                store.create_subscription_schema().await?;
                store.verify_subscriptions().await?;
                subscriptions(&place.pool, &*store).await?;
                races(store).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "tuples::plans", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Plans { pool: place.pool.clone() };
                store.create_plan_schema().await?;
                store.verify_plans().await?;
                plans(&place.pool, &store).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "tuples::columns_of_another_application", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Subscriptions { pool: place.pool.clone() };
                let ddl = <$stores::Subscriptions as store_core::SqlSubscriptionStore>::SUBSCRIPTION_DDL;
                defaults(&place.pool, &store, ddl).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "tuples::a_key_that_holds_other_rows_is_found", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Subscriptions { pool: place.pool.clone() };
                let ddl = <$stores::Subscriptions as store_core::SqlSubscriptionStore>::SUBSCRIPTION_DDL;
                keys(&place.pool, &store, ddl).await?;
                place.remove().await;
                Ok(())
            });
        };
    }
    on!(Database::Sqlite, sqlite, on_sqlite);
    on!(Database::Postgres, postgres, on_postgres);
    on!(Database::Mysql, mysql, on_mysql);
    suite.on(Database::Postgres, "tuples::types_of_the_schema", || async {
        let place = postgres::fresh(8).await?;
        place.pool.run("CREATE TYPE state AS ENUM ('on', 'running', 'off')").await?;
        place.pool.run("CREATE TYPE \"yes or no\" AS ENUM ('yes', 'no', 'maybe')").await?;
        let store = Arc::new(of_a_type::States { pool: place.pool.clone() });
        store.create_subscription_schema().await?;
        store.verify_subscriptions().await?;
        types(&place.pool, &*store).await?;
        races(store).await?;
        place.remove().await;
        Ok(())
    });
}

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(10_000) + TimeDelta::hours(hour)
}

fn status(word: &str) -> SubscriptionStatus {
    SubscriptionStatus::new(word)
}

fn subscription(id: &str, status: SubscriptionStatus) -> Subscription {
    Subscription {
        created_at: at(0),
        updated_at: at(0),
        ..Subscription::new(id, format!("of {id}"), "pro", status, at(1)..at(720))
    }
}

fn refused<T: std::fmt::Debug>(outcome: store_core::Result<T>) -> Option<&'static str> {
    match outcome {
        Err(StoreError::InvalidInput { field, .. }) => field,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn corrupt<T: std::fmt::Debug>(outcome: store_core::Result<T>) -> (String, String) {
    match outcome {
        Err(StoreError::Corrupt { column, source, .. }) => (column, source.to_string()),
        other => panic!("expected a fault of the row, got {other:?}"),
    }
}

const SUBSCRIPTION: [&str; 8] =
    ["id", "subscriber_id", "plan_id", "status", "trial", "current_period_start", "metadata", "updated_at"];

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

/// The status and the flag of the only row.
async fn pair(plain: &impl Plain) -> Result<(Option<String>, bool, bool), sqlx::Error> {
    let status = plain.texts("SELECT status FROM subscriptions WHERE id = 's'").await?;
    let with = async |condition: &str| {
        let sql = format!("SELECT id FROM subscriptions WHERE id = 's' AND {condition}");
        Ok::<_, sqlx::Error>(!plain.texts(&sql).await?.is_empty())
    };
    Ok((status[0].clone(), with("trial = TRUE").await?, with("trial IS NULL").await?))
}

async fn subscriptions(plain: &impl Plain, store: &impl AtomicSubscriptionStore) -> Outcome {
    store.save_subscription(&subscription("s", status("active"))).await?;
    for (stored, word) in [
        ("'active', trial = TRUE", "trialing"),
        ("'active', trial = FALSE", "active"),
        ("'active', trial = NULL", "active"),
        ("'past_due', trial = NULL", "past_due"),
        ("'past_due', trial = TRUE", "past_due"),
        ("'late', trial = FALSE", "past_due"),
        ("'canceled', trial = TRUE", "canceled"),
        ("'canceled', trial = NULL", "canceled"),
        ("'ended', trial = FALSE", "canceled"),
        ("'unpaid', trial = TRUE", "unpaid"),
    ] {
        plain.run(&format!("UPDATE subscriptions SET status = {stored}")).await?;
        let read = saved_back(plain, store, &SUBSCRIPTION, "s").await?;
        assert_eq!(read.status, status(word), "{stored}");
        for other in ["active", "trialing", "past_due", "canceled", "unpaid", "paused", "late"] {
            let filter = SubscriptionFilter { status: Some(status(other)), ..Default::default() };
            let whole = SubscriptionFilter {
                subscriber_id: Some("of s".into()),
                plan_id: Some("pro".into()),
                status: Some(status(other)),
            };
            let expected = if other == word { std::slice::from_ref(&read) } else { &[] };
            assert_eq!(store.list_subscriptions(&filter).await?, expected, "{stored} as {other}");
            assert_eq!(store.list_subscriptions(&whole).await?, expected, "{stored} as {other}");
        }
        let live = store.get_active_subscription("of s").await;
        let rival =
            Subscription { subscriber_id: "of s".into(), ..subscription("rival", status("trialing")) };
        let created = store.create_subscription_if_not_active(&rival).await;
        let buried =
            Subscription { subscriber_id: "of s".into(), ..subscription("dead", status("canceled")) };
        let dead = store.create_subscription_if_not_active(&buried).await;
        if read.status.is_live() {
            assert_eq!(live?, read, "{stored}");
            assert_eq!(created.unwrap_err().conflict(), Some(&Conflict::Live), "{stored}");
            assert_eq!(dead.unwrap_err().conflict(), Some(&Conflict::Live), "{stored}");
            let saved = store.save_subscription(&rival).await;
            assert_eq!(saved.unwrap_err().conflict(), Some(&Conflict::Live), "{stored}");
        } else {
            assert!(live.unwrap_err().is_not_found(), "{stored}");
            created?;
            assert_eq!(dead.unwrap_err().conflict(), Some(&Conflict::Live), "there is a rival now");
            store.delete_subscription("rival").await?;
        }
        // To every other status and back.
        for other in ["active", "trialing", "past_due", "canceled", "unpaid"] {
            store.save_subscription(&Subscription { status: status(other), ..read.clone() }).await?;
            assert_eq!(store.get_subscription("s").await?.status, status(other), "from {stored}");
            store.save_subscription(&read).await?;
            assert_eq!(store.get_subscription("s").await?, read, "from {other}");
        }
    }

    // What a label says nothing of stays as it is, and what it says is written.
    plain.run("UPDATE subscriptions SET status = 'active', trial = TRUE").await?;
    let read = store.get_subscription("s").await?;
    store.save_subscription(&Subscription { status: status("past_due"), ..read.clone() }).await?;
    assert_eq!(pair(plain).await?, (Some("past_due".into()), true, false));
    store.save_subscription(&Subscription { status: status("active"), ..read.clone() }).await?;
    assert_eq!(pair(plain).await?, (Some("active".into()), false, false));
    plain.run("UPDATE subscriptions SET trial = NULL").await?;
    store.save_subscription(&Subscription { status: status("active"), ..read.clone() }).await?;
    assert_eq!(pair(plain).await?, (Some("active".into()), false, true));

    for word in ["paused", "ended", "late", "of another kind"] {
        let other = Subscription { status: status(word), ..read.clone() };
        assert_eq!(refused(store.save_subscription(&other).await), Some("status"));
        let new = Subscription { status: status(word), ..subscription("new", status(word)) };
        assert_eq!(refused(store.create_subscription_if_not_active(&new).await), Some("status"));
    }
    for stored in ["'paused', trial = NULL", "'ended', trial = TRUE", "'ended', trial = NULL"] {
        plain.run(&format!("UPDATE subscriptions SET status = {stored}")).await?;
        let (column, fault) = corrupt(store.get_subscription("s").await);
        assert_eq!(column, "status", "{stored}");
        assert!(fault.contains("the labels are (`active`, true), (`active`, false | NULL)"), "{fault}");
    }
    plain.run("DELETE FROM subscriptions").await?;
    Ok(())
}

/// A new row has the default of a column of which its label says nothing.
async fn defaults(plain: &impl Plain, store: &impl AtomicSubscriptionStore, ddl: &str) -> Outcome {
    let (boolean, integer) = ("BOOLEAN", "INTEGER");
    let made = |ty: &str| ddl.replacen(&format!(" {ty},"), &format!(" {ty} NOT NULL DEFAULT TRUE,"), 1);
    let script = if ddl.contains(&format!(" {boolean},")) { made(boolean) } else { made(integer) };
    assert_ne!(script, ddl);
    plain.run(&script).await?;
    for (id, word, trial) in [
        ("a", "past_due", true),
        ("b", "canceled", true),
        ("c", "active", false),
        ("d", "trialing", true),
        ("e", "unpaid", true),
    ] {
        store.create_subscription_if_not_active(&subscription(id, status(word))).await?;
        let found = plain.texts("SELECT id FROM subscriptions WHERE trial = TRUE").await?;
        assert_eq!(found.contains(&Some(id.to_owned())), trial, "{word}");
        assert_eq!(store.get_subscription(id).await?.status, status(word));
        store.save_subscription(&subscription(&format!("saved {id}"), status(word))).await?;
        let found =
            plain.texts("SELECT id FROM subscriptions WHERE trial = TRUE AND id LIKE 'saved%'").await?;
        assert_eq!(found.contains(&Some(format!("saved {id}"))), trial, "{word}");
    }
    Ok(())
}

/// A key over rows that are not live, or not over all that are, is told.
async fn keys(plain: &impl Plain, store: &impl store_core::SqlSubscriptionStore, ddl: &str) -> Outcome {
    let at = ddl.find("'active'").expect("the key has a predicate");
    let swapped = format!("{}{}", &ddl[..at], ddl[at..].replacen("'active'", "'past_due'", 1));
    plain.run(&swapped).await?;
    let found = store.verify_subscriptions().await.unwrap_err();
    let StoreError::Schema { source } = &found else { panic!("{found}") };
    let text = source.to_string();
    assert!(text.contains("live_key"), "{text}");
    let (_, remedy) = text.split_once("run: ").expect("it says what to run");
    plain.run(remedy.lines().next().unwrap_or_default()).await?;
    store.verify_subscriptions().await?;
    Ok(())
}

async fn plans(plain: &impl Plain, store: &impl PlanStore) -> Outcome {
    let base =
        Plan { created_at: at(0), updated_at: at(0), ..Plan::new("p", "Pro", 1, "EUR", PlanInterval::Month) };
    store.save_plan(&base).await?;
    const COLUMNS: [&str; 6] = ["id", "name", "unit", "every", "state", "hidden"];
    let intervals = [
        ("unit = 'm', every = 1", PlanInterval::Month, 1),
        ("unit = 'm', every = NULL", PlanInterval::Month, 1),
        ("unit = 'm', every = 3", PlanInterval::Month, 3),
        ("unit = 'y', every = 7", PlanInterval::Year, 1),
        ("unit = 'y', every = NULL", PlanInterval::Year, 1),
    ];
    let states = [
        ("state = 'on', hidden = FALSE", true),
        ("state = 'on', hidden = TRUE", false),
        ("state = 'off', hidden = NULL", false),
        ("state = 'off', hidden = TRUE", false),
        ("state = 'gone', hidden = TRUE", false),
    ];
    for (interval, unit, count) in &intervals {
        for (state, active) in states {
            plain.run(&format!("UPDATE plans SET {interval}, {state}")).await?;
            let read = store.get_plan("p").await?;
            assert_eq!((&read.interval, read.interval_count, read.active), (unit, *count, active));
            let before = plain.dump("plans", &COLUMNS).await?;
            store.save_plan(&read).await?;
            assert_eq!(plain.dump("plans", &COLUMNS).await?, before, "{interval}, {state}");
            let listed = store.list_plans(&PlanFilter { active_only: true }).await?;
            assert_eq!(listed.len(), usize::from(active), "{state}");
            for (_, unit, count) in &intervals {
                let other =
                    Plan { interval: unit.clone(), interval_count: *count, active: !active, ..read.clone() };
                store.save_plan(&other).await?;
                assert_eq!(store.get_plan("p").await?, other, "from {interval}, {state}");
                store.save_plan(&read).await?;
                assert_eq!(store.get_plan("p").await?, read, "{interval}, {state}");
            }
        }
    }
    let other = Plan { interval_count: 2, ..base.clone() };
    assert_eq!(refused(store.save_plan(&other).await), Some("interval"));
    plain.run("UPDATE plans SET unit = 'm', every = 4").await?;
    assert_eq!(corrupt(store.get_plan("p").await).0, "unit");
    plain.run("UPDATE plans SET unit = 'y', state = 'off', hidden = FALSE").await?;
    let read = store.get_plan("p").await?;
    store.delete_plan("p").await?;
    store.save_plan(&read).await?;
    let new = plain.texts("SELECT id FROM plans WHERE every IS NULL AND hidden IS NULL").await?;
    assert_eq!(new, [Some("p".to_owned())]);
    Ok(())
}

async fn types(plain: &impl Plain, store: &impl AtomicSubscriptionStore) -> Outcome {
    store.save_subscription(&subscription("s", status("active"))).await?;
    for (stored, word) in [
        ("'on', flag = 'yes'", "active"),
        ("'running', flag = 'yes'", "active"),
        ("'on', flag = 'no'", "canceled"),
        ("'off', flag = 'maybe'", "canceled"),
    ] {
        plain.run(&format!("UPDATE subscriptions SET status = {stored}")).await?;
        let read = saved_back(plain, store, &["status", "flag"], "s").await?;
        assert_eq!(read.status, status(word), "{stored}");
        let filter = SubscriptionFilter { status: Some(status(word)), ..Default::default() };
        assert_eq!(store.list_subscriptions(&filter).await?, [read], "{stored}");
    }
    plain.run("UPDATE subscriptions SET status = 'on', flag = 'maybe'").await?;
    assert_eq!(corrupt(store.get_subscription("s").await).0, "status");
    plain.run("DELETE FROM subscriptions").await?;
    Ok(())
}

/// Of many that come at once one is live.
async fn races(store: Arc<impl AtomicSubscriptionStore + 'static>) -> Outcome {
    for round in 0..3 {
        let subscriber = format!("racer {round}");
        let new = (0..16).map(|task| Subscription {
            subscriber_id: subscriber.clone(),
            ..subscription(&format!("racer {round} {task}"), status("active"))
        });
        one_wins(&store, new).await?;
        assert!(store.get_active_subscription(&subscriber).await?.status.is_live());
    }
    Ok(())
}
