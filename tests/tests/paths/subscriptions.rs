//! Subscriptions, of which a subscriber has one that is live.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{
    AtomicSubscriptionStore, Conflict, SqlSubscriptionStore as _, StoreError, Subscription,
    SubscriptionFilter, SubscriptionStatus,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};
use store_tests::race::one_wins;

use super::stores::{on_mysql, on_postgres, on_sqlite};
use crate::plain::Plain;

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! on {
        ($database:expr, $place:ident, $stores:ident) => {
            suite.on($database, "paths::subscriptions", || async {
                let place = $place::fresh(8).await?;
                let store = Arc::new($stores::Subscriptions { pool: place.pool.clone() });
                store.create_subscription_schema().await?;
                store.verify_subscriptions().await?;
                rows(&place.pool, &*store).await?;
                races(store).await?;
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

fn subscription(id: &str, status: SubscriptionStatus) -> Subscription {
    Subscription {
        created_at: at(0),
        updated_at: at(0),
        ..Subscription::new(id, format!("of {id}"), "7", status, at(1)..at(720))
    }
}

async fn with(
    store: &impl AtomicSubscriptionStore,
    status: &SubscriptionStatus,
) -> Result<Vec<String>, StoreError> {
    let filter = SubscriptionFilter { status: Some(status.clone()), ..Default::default() };
    Ok(store.list_subscriptions(&filter).await?.into_iter().map(|it| it.id).collect())
}

async fn rows(plain: &impl Plain, store: &impl AtomicSubscriptionStore) -> Outcome {
    let bare = subscription("s", SubscriptionStatus::Active);
    let full = Subscription {
        provider_id: Some("ref".into()),
        trial_start: Some(at(-1)),
        trial_end: Some(at(0)),
        canceled_at: Some(at(3)),
        paused_at: Some(at(4)),
        metadata: [("a".to_owned(), "b".to_owned())].into(),
        status: SubscriptionStatus::Canceled,
        updated_at: at(9),
        ..bare.clone()
    };
    for stored in [&bare, &full, &bare] {
        store.save_subscription(stored).await?;
        assert_eq!(store.get_subscription("s").await?, *stored);
    }
    store.save_subscription(&full).await?;
    assert_eq!(store.get_subscription_by_provider_id("ref").await?, full);
    let no_number = Subscription { plan_id: "x".into(), ..full.clone() };
    let refused = store.save_subscription(&no_number).await;
    assert!(matches!(refused, Err(StoreError::InvalidInput { field: Some("plan_id"), .. })), "{refused:?}");

    let rest =
        "\"period\":{\"start\":864003600000000,\"end\":\"866592000000000\"},\"created\":864000000000000";
    for (stored, status) in [
        ("\"status\":\"on\",\"plan\":{\"id\":7},", SubscriptionStatus::Active),
        ("\"status\":\"running\",\"plan\":{\"id\":\"7\"},", SubscriptionStatus::Active),
        ("\"status\":\"trialing\",\"ref\":\"\",\"plan\":{\"id\":7,\"x\":1},", SubscriptionStatus::Trialing),
        (
            "\"status\":\"off\",\"ref\":null,\"canceled_at\":null,\"plan\":{\"id\":7},",
            SubscriptionStatus::Canceled,
        ),
        ("\"status\":null,\"plan\":{\"id\":7},", SubscriptionStatus::Canceled),
        ("\"plan\":{\"id\":7},\"meta\":{},", SubscriptionStatus::Canceled),
        ("\"status\":5,\"plan\":{\"id\":7},", SubscriptionStatus::new("5")),
    ] {
        plain.run(&format!("UPDATE subscriptions SET data = '{{{stored} {rest}}}'")).await?;
        let before = plain.dump("subscriptions", &["data"]).await?;
        let read = store.get_subscription("s").await?;
        assert_eq!(read, Subscription { status: status.clone(), ..bare.clone() }, "{stored}");
        store.save_subscription(&read).await?;
        assert_eq!(plain.dump("subscriptions", &["data"]).await?, before, "{stored}");
        for word in ["active", "trialing", "canceled", "5", "paused"].map(SubscriptionStatus::new) {
            let expected: &[&str] = if word == status { &["s"] } else { &[] };
            assert_eq!(with(store, &word).await?, expected, "{stored} as {word}");
        }
        assert_eq!(store.get_active_subscription("of s").await.is_ok(), status.is_live(), "{stored}");
        for (plan, found) in [("7", 1), ("8", 0), ("07", 0)] {
            let filter = SubscriptionFilter { plan_id: Some(plan.into()), ..Default::default() };
            assert_eq!(store.list_subscriptions(&filter).await?.len(), found, "{stored} of {plan}");
        }
        let new =
            Subscription { subscriber_id: "of s".into(), ..subscription("new", SubscriptionStatus::Active) };
        let created = store.create_subscription_if_not_active(&new).await;
        match created {
            Ok(()) => {
                assert!(!status.is_live(), "{stored}");
                store.delete_subscription("new").await?;
            }
            Err(error) => {
                assert_eq!(error.conflict(), Some(&Conflict::Live), "{stored}");
                assert!(status.is_live(), "{stored}");
            }
        }
    }
    // A row of another subscriber that makes no sense is in nobody's way.
    plain.run("UPDATE subscriptions SET data = '[1]'").await?;
    store.create_subscription_if_not_active(&subscription("t", SubscriptionStatus::Active)).await?;
    assert_eq!(store.get_active_subscription("of t").await?.id, "t");
    assert!(
        matches!(store.get_subscription("s").await, Err(StoreError::Corrupt { column, .. }) if column == "data")
    );
    store.delete_subscription("s").await?;
    store.delete_subscription("t").await?;
    Ok(())
}

/// One of those who come at once wins, whichever label its status has.
async fn races(store: Arc<impl AtomicSubscriptionStore + 'static>) -> Outcome {
    for round in 0..5 {
        let subscriber = format!("racer {round}");
        let new = (0..16).map(|number| {
            let status = [SubscriptionStatus::Active, SubscriptionStatus::Trialing][number % 2].clone();
            Subscription {
                subscriber_id: subscriber.clone(),
                ..subscription(&format!("{round} {number}"), status)
            }
        });
        one_wins(&store, new).await?;
        assert!(store.get_active_subscription(&subscriber).await?.status.is_live());
    }
    Ok(())
}
