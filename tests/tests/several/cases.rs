//! Fields that other columns decide: what rows read as, what is found, and what is refused.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{
    AtomicSubscriptionStore, Conflict, Plan, PlanFilter, PlanInterval, PlanStore, SqlPlanStore as _,
    SqlSubscriptionStore, StoreError, Subscription, SubscriptionFilter, SubscriptionStatus,
    SubscriptionStore,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};
use store_tests::race::one_wins;

use crate::plain::Plain;

macro_rules! stores {
    ($module:ident, $Pool:ident, $expired:literal, $trialing:literal) => {
        pub(crate) mod $module {
            use store_core::{PlanStore, SubscriptionStore};

            /// The times say it, without the clock.
            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", atomic, soft_delete(column = "deleted_at"))]
            #[store(columns(status(case(
                        canceled = "canceled_at IS NOT NULL", paused = "paused_at IS NOT NULL",
                        "on (trial)" = "trial_start = trial_end", trialing = "trial_end IS NOT NULL", active,
                    ))))]
            pub(crate) struct Times {
                pub(crate) pool: sqlx::$Pool,
            }

            /// The times say it, and so does the clock.
            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions")]
            #[store(columns(status(case(
                        canceled = "canceled_at IS NOT NULL", expired = $expired, trialing = $trialing, active,
                    ))))]
            pub(crate) struct Clocked {
                pub(crate) pool: sqlx::$Pool,
            }

            /// A column of its own says it, which the store writes beside the fields.
            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", atomic)]
            #[store(write("state" = status(as = i32, labels(
                        active = 1, trialing = 2, canceled = 3, "unpaid" = 4, "Unpaid" = 5,
                    ))))]
            #[store(columns(status(case(
                        trialing = "state = 2", canceled = "state = 3", "unpaid" = "state = 4", "Unpaid" = "state > 4",
                        active,
                    ))))]
            pub(crate) struct Numbered {
                pub(crate) pool: sqlx::$Pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans", write("hidden" = active(as = i16, labels(true = 0, false = 1))))]
            #[store(columns(active(case(false = "hidden = 1", true))))]
            pub(crate) struct Plans {
                pub(crate) pool: sqlx::$Pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans", columns(active(case(true = "amount > 0 AND currency = 'EUR'", false))))]
            pub(crate) struct Priced {
                pub(crate) pool: sqlx::$Pool,
            }
        }
    };
}

stores!(
    on_sqlite,
    SqlitePool,
    "current_period_end <= strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')",
    "trial_end > strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"
);
stores!(on_postgres, PgPool, "current_period_end <= now()", "trial_end > now()");
stores!(on_mysql, MySqlPool, "current_period_end <= UTC_TIMESTAMP(6)", "trial_end > UTC_TIMESTAMP(6)");

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Sqlite, "cases::words_are_those_of_the_column", || async {
        let place = sqlite::fresh(2).await?;
        let folding =
            on_sqlite::Priced::PLAN_DDL.replace("`currency` TEXT", "`currency` TEXT COLLATE NOCASE");
        place.pool.run(&folding).await?;
        let store = on_sqlite::Priced { pool: place.pool.clone() };
        store.verify_plans().await?;
        let plan = Plan::new("p", "Pro", 1, "eur", PlanInterval::Month);
        let plan = Plan { created_at: at(0), updated_at: at(0), ..plan };
        store.save_plan(&plan).await?;
        assert_eq!(store.get_plan("p").await?, plan);
        refused(store.save_plan(&Plan { active: false, ..plan.clone() }).await);
        assert_eq!(store.get_plan("p").await?, plan);
        place.remove().await;
        Ok(())
    });
    macro_rules! on {
        ($database:expr, $place:ident, $stores:ident) => {
            suite.on($database, "cases::times", || async {
                let place = $place::fresh(8).await?;
                let store = Arc::new($stores::Times { pool: place.pool.clone() });
                store.create_subscription_schema().await?;
                store.verify_subscriptions().await?;
                times(&place.pool, &*store).await?;
                conflicts(&place.pool, &*store).await?;
                in_transaction(&place.pool, &*store).await?;
                races(store).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "cases::clock", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Clocked { pool: place.pool.clone() };
                store.create_subscription_schema().await?;
                store.verify_subscriptions().await?;
                clock(&place.pool, &store).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "cases::plans", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Priced { pool: place.pool.clone() };
                store.create_plan_schema().await?;
                store.verify_plans().await?;
                plans(&place.pool, &store).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "cases::a_key_of_other_rows_is_told", || async {
                let place = $place::fresh(2).await?;
                let store = $stores::Times { pool: place.pool.clone() };
                let ddl = $stores::Times::SUBSCRIPTION_DDL;
                keys(&place.pool, &store, ddl).await?;
                place.remove().await;
                Ok(())
            });
        };
    }
    on!(Database::Sqlite, sqlite, on_sqlite);
    on!(Database::Postgres, postgres, on_postgres);
    on!(Database::Mysql, mysql, on_mysql);
}

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(10_000) + TimeDelta::hours(hour)
}

fn status(word: &str) -> SubscriptionStatus {
    SubscriptionStatus::new(word)
}

/// A subscription whose times say its status.
fn subscription(id: &str, word: &str) -> Subscription {
    let new = Subscription {
        created_at: at(0),
        updated_at: at(0),
        ..Subscription::new(id, format!("of {id}"), "pro", status(word), at(1)..at(720))
    };
    match word {
        "canceled" => Subscription { canceled_at: Some(at(3)), trial_end: Some(at(2)), ..new },
        "paused" => Subscription { paused_at: Some(at(4)), ..new },
        "trialing" => Subscription { trial_start: Some(at(1)), trial_end: Some(at(2)), ..new },
        "on (trial)" => Subscription { trial_start: Some(at(2)), trial_end: Some(at(2)), ..new },
        _ => new,
    }
}

/// Gives a subscription the times that say its status.
pub(crate) fn agree(subscription: &mut Subscription) {
    let Subscription { status, trial_start, trial_end, canceled_at, paused_at, .. } = subscription;
    let word = status.as_str();
    *canceled_at = canceled_at.or(Some(at(3))).filter(|_| word == "canceled");
    *paused_at = paused_at.or(Some(at(4))).filter(|_| matches!(word, "canceled" | "paused"));
    match word {
        "on (trial)" => (*trial_start, *trial_end) = (Some(at(2)), Some(at(2))),
        "trialing" => (*trial_start, *trial_end) = (None, trial_end.or(Some(at(2)))),
        "active" => *trial_end = None,
        _ => {}
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: store_core::Result<T>) -> String {
    match outcome {
        Err(StoreError::InvalidInput { field: Some("status" | "active"), reason, .. }) => reason,
        other => panic!("expected a refusal of the status, got {other:?}"),
    }
}

const WORDS: [&str; 5] = ["active", "trialing", "on (trial)", "paused", "canceled"];
const COLUMNS: [&str; 7] =
    ["id", "subscriber_id", "plan_id", "current_period_end", "trial_end", "canceled_at", "paused_at"];

async fn times(plain: &impl Plain, store: &impl AtomicSubscriptionStore) -> Outcome {
    for word in WORDS {
        let new = subscription("s", word);
        store.save_subscription(&new).await?;
        assert_eq!(store.get_subscription("s").await?, new);
        let before = plain.dump("subscriptions", &COLUMNS).await?;
        store.save_subscription(&new).await?;
        assert_eq!(plain.dump("subscriptions", &COLUMNS).await?, before, "{word}");

        // What the row would not read as is refused, of an old row and of a new one, and nothing is written.
        for other in WORDS.into_iter().filter(|other| *other != word) {
            let unfit = Subscription { plan_id: "max".into(), status: status(other), ..new.clone() };
            let reason = refused(store.save_subscription(&unfit).await);
            assert_eq!(reason, format!("the other columns say `{word}`"));
            let unfit = Subscription { id: "t".into(), subscriber_id: "of t".into(), ..unfit };
            refused(store.save_subscription(&unfit).await);
            refused(store.create_subscription_if_not_active(&unfit).await);
        }
        for unknown in ["expired", "ACTIVE", "of another kind"] {
            let unfit = Subscription { status: status(unknown), ..new.clone() };
            let reason = refused(store.save_subscription(&unfit).await);
            assert_eq!(reason, format!("other columns decide it here, and none of them for `{unknown}`"));
        }
        assert_eq!(plain.dump("subscriptions", &COLUMNS).await?, before, "{word}");

        for other in [&WORDS[..], &["expired", "ACTIVE", "nowhere"]].concat() {
            let filter = SubscriptionFilter { status: Some(status(other)), ..Default::default() };
            let whole = SubscriptionFilter {
                subscriber_id: Some("of s".into()),
                plan_id: Some("pro".into()),
                status: Some(status(other)),
            };
            let expected = if other == word { std::slice::from_ref(&new) } else { &[] };
            assert_eq!(store.list_subscriptions(&filter).await?, expected, "{word} as {other}");
            assert_eq!(store.list_subscriptions(&whole).await?, expected, "{word} as {other}");
        }
        let live = store.get_active_subscription("of s").await;
        if new.status.is_live() {
            assert_eq!(live?, new);
        } else {
            assert!(live.unwrap_err().is_not_found(), "{word}");
        }
    }
    Ok(())
}

/// A status that fits is refused for what else is in its way, and by that name.
async fn conflicts(plain: &impl Plain, store: &impl AtomicSubscriptionStore) -> Outcome {
    store.save_subscription(&subscription("s", "active")).await?;
    let rival = |word: &str| Subscription { subscriber_id: "of s".into(), ..subscription("rival", word) };
    for word in ["active", "trialing", "canceled"] {
        let created = store.create_subscription_if_not_active(&rival(word)).await;
        assert_eq!(created.unwrap_err().conflict(), Some(&Conflict::Live), "{word}");
    }
    for word in ["active", "trialing"] {
        let saved = store.save_subscription(&rival(word)).await;
        assert_eq!(saved.unwrap_err().conflict(), Some(&Conflict::Live), "{word}");
    }
    store.save_subscription(&rival("canceled")).await?;
    let created = store.create_subscription_if_not_active(&subscription("rival", "canceled")).await;
    assert_eq!(created.unwrap_err().conflict(), Some(&Conflict::Id));
    // The id of what was deleted is taken, whatever the status.
    store.delete_subscription("s").await?;
    let taken = store.save_subscription(&subscription("s", "canceled")).await;
    assert_eq!(taken.unwrap_err().conflict(), Some(&Conflict::Id));
    let unfit = Subscription { canceled_at: None, ..subscription("s", "canceled") };
    refused(store.save_subscription(&unfit).await);
    plain.run("DELETE FROM subscriptions").await?;
    Ok(())
}

/// A refusal leaves the caller's transaction as it was.
async fn in_transaction<DB, S>(pool: &sqlx::Pool<DB>, store: &S) -> Outcome
where
    DB: sqlx::Database,
    S: SqlSubscriptionStore<Database = DB>,
{
    let mut transaction = pool.begin().await?;
    store.save_subscription_in(&mut transaction, &subscription("kept", "paused")).await?;
    let unfit = Subscription { status: status("active"), ..subscription("kept", "paused") };
    refused(store.save_subscription_in(&mut transaction, &unfit).await);
    store.save_subscription_in(&mut transaction, &subscription("too", "canceled")).await?;
    transaction.commit().await?;
    assert_eq!(store.get_subscription("kept").await?, subscription("kept", "paused"));
    assert_eq!(store.list_subscriptions(&SubscriptionFilter::default()).await?.len(), 2);
    Ok(())
}

/// Of many that come at once one is live.
async fn races(store: Arc<impl AtomicSubscriptionStore + 'static>) -> Outcome {
    for round in 0..3 {
        let subscriber = format!("racer {round}");
        let new = (0..16).map(|task| Subscription {
            subscriber_id: subscriber.clone(),
            ..subscription(&format!("racer {round} {task}"), ["active", "trialing"][task % 2])
        });
        one_wins(&store, new).await?;
        assert!(store.get_active_subscription(&subscriber).await?.status.is_live());
    }
    Ok(())
}

/// Time alone changes what a row reads as.
async fn clock(plain: &impl Plain, store: &impl SubscriptionStore) -> Outcome {
    let now = DateTime::from_timestamp(Utc::now().timestamp(), 0).unwrap_or_default();
    let day = TimeDelta::days(1);
    let base = Subscription {
        created_at: at(0),
        updated_at: at(0),
        ..Subscription::new("s", "ann", "pro", status("active"), now - day..now + day)
    };
    let ended = now - TimeDelta::minutes(1);
    let trial = Some(now + day);
    for (word, current_period_end, trial_end, canceled_at) in [
        ("active", now + day, None, None),
        ("active", now + day, Some(ended), None),
        ("trialing", now + day, trial, None),
        ("expired", ended, trial, None),
        ("canceled", ended, None, Some(now)),
    ] {
        let new =
            Subscription { status: status(word), current_period_end, trial_end, canceled_at, ..base.clone() };
        store.save_subscription(&new).await?;
        assert_eq!(store.get_subscription("s").await?, new, "{word}");
        for other in ["active", "trialing", "expired", "canceled"] {
            let filter = SubscriptionFilter { status: Some(status(other)), ..Default::default() };
            assert_eq!(store.list_subscriptions(&filter).await?.len(), usize::from(other == word), "{word}");
            if other != word {
                refused(
                    store.save_subscription(&Subscription { status: status(other), ..new.clone() }).await,
                );
            }
        }
        assert_eq!(store.get_active_subscription("ann").await.is_ok(), new.status.is_live());
    }
    store.save_subscription(&base).await?;
    plain.run("UPDATE subscriptions SET current_period_end = current_period_start").await?;
    let read = store.get_subscription("s").await?;
    assert_eq!(read.status, status("expired"));
    store.save_subscription(&read).await?;
    assert_eq!(store.get_subscription("s").await?, read);
    Ok(())
}

/// The key behind `atomic` is known by its words.
async fn keys(plain: &impl Plain, store: &impl SqlSubscriptionStore, ddl: &str) -> Outcome {
    assert!(ddl.contains("paused_at IS NOT NULL"), "{ddl}");
    plain.run(&ddl.replacen("paused_at IS NOT NULL", "trial_start IS NOT NULL", 1)).await?;
    let found = store.verify_subscriptions().await.unwrap_err();
    let StoreError::Schema { source } = &found else { panic!("{found}") };
    let text = source.to_string();
    assert!(text.contains("can't prove that key `subscriptions_live_key`"), "{text}");
    let (_, remedy) = text.split_once("run: ").expect("it says what to run");
    plain.run(remedy.lines().next().unwrap_or_default()).await?;
    store.verify_subscriptions().await?;
    Ok(())
}

async fn plans(plain: &impl Plain, store: &impl PlanStore) -> Outcome {
    let plan = |amount: i64, currency: &str| Plan {
        active: amount > 0 && currency == "EUR",
        created_at: at(0),
        updated_at: at(0),
        ..Plan::new("p", "Pro", amount, currency, PlanInterval::Month)
    };
    for (amount, currency) in [(1, "EUR"), (0, "EUR"), (1, "USD"), (1, "eur"), (1, "EUR ")] {
        let new = plan(amount, currency);
        store.save_plan(&new).await?;
        assert_eq!(store.get_plan("p").await?, new);
        let listed = store.list_plans(&PlanFilter { active_only: true }).await?;
        assert_eq!(listed.len(), usize::from(new.active));
        let before = plain.dump("plans", &["id", "name", "amount", "currency"]).await?;
        let unfit = Plan { active: !new.active, name: "Max".into(), ..new.clone() };
        assert_eq!(refused(store.save_plan(&unfit).await), format!("the other columns say {}", new.active));
        refused(store.save_plan(&Plan { id: "q".into(), ..unfit }).await);
        assert_eq!(plain.dump("plans", &["id", "name", "amount", "currency"]).await?, before);
    }
    Ok(())
}
