//! The sign-up guard: by the atomic extension where the store has it, else by looking first.

use std::process::ExitCode;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{
    Conflict, Entity, SignUp, SqlSubscriptionStore as _, StoreError, Subscription, SubscriptionFilter,
    SubscriptionStatus, SubscriptionStore, sign_up,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};
use store_tests::stores;

fn main() -> ExitCode {
    let mut suite = Suite::new();
    macro_rules! on {
        ($database:expr, $module:ident) => {{
            on!($database, $module, Subscriptions, "atomic", SignUp::Atomic);
            on!($database, $module, LooseSubscriptions, "looking_first", SignUp::Checked);
        }};
        ($database:expr, $module:ident, $store:ident, $way:literal, $told:expr) => {{
            suite.on($database, concat!($way, "::the_way_is_told_and_refusals_come_in_order"), || async {
                let place = $module::fresh(4).await?;
                let pool = place.pool.clone();
                // The schema is that of an atomic store, so that only the guard differs.
                stores::$module::Subscriptions { pool: pool.clone() }.create_subscription_schema().await?;
                guards(Arc::new(stores::$module::$store { pool }), $told).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, concat!($way, "::errors_of_the_store_pass_through"), || async {
                let place = $module::fresh(4).await?;
                let store = stores::$module::$store { pool: place.pool.clone() };
                let outcome = sign_up(&store, &subscription("new", "one")).await;
                assert!(matches!(outcome, Err(StoreError::Schema { .. })), "without a table: {outcome:?}");
                store.create_subscription_schema().await?;
                let far = Subscription { created_at: DateTime::<Utc>::MIN_UTC, ..subscription("new", "one") };
                let outcome = sign_up(&store, &far).await;
                let field =
                    matches!(outcome, Err(StoreError::InvalidInput { field: Some("created_at"), .. }));
                assert!(field, "{outcome:?}");
                place.pool.close().await;
                let outcome = sign_up(&store, &subscription("new", "one")).await;
                assert!(matches!(outcome, Err(StoreError::Backend { .. })), "without a pool: {outcome:?}");
                place.remove().await;
                Ok(())
            });
        }};
    }
    on!(Database::Sqlite, sqlite);
    on!(Database::Postgres, postgres);
    on!(Database::Mysql, mysql);
    suite.run()
}

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

fn subscription(id: &str, subscriber: &str) -> Subscription {
    let period = at(0)..at(720);
    let subscription = Subscription::new(id, subscriber, "pro", SubscriptionStatus::Trialing, period);
    Subscription { created_at: at(1), updated_at: at(1), ..subscription }
}

fn of_provider(subscription: Subscription, provider: &str) -> Subscription {
    Subscription { provider_id: Some(provider.into()), ..subscription }
}

fn expired(subscription: Subscription) -> Subscription {
    Subscription { status: SubscriptionStatus::Expired, ..subscription }
}

async fn guards(store: Arc<dyn SubscriptionStore>, way: SignUp) -> Outcome {
    for record in [
        of_provider(subscription("live", "one"), "provider"),
        // Beside nothing that lives, one that doesn't is welcome, and then one that does.
        expired(subscription("old", "two")),
        subscription("new", "two"),
    ] {
        assert_eq!(sign_up(&*store, &record).await?, way);
        assert_eq!(store.get_subscription(&record.id).await?, record);
    }
    let before = store.list_subscriptions(&SubscriptionFilter::default()).await?;

    for (record, due) in [
        (subscription("live", "three"), Conflict::Id),
        (of_provider(subscription("old", "one"), "provider"), Conflict::Id),
        (subscription("live", "one"), Conflict::Id),
        (of_provider(subscription("further", "three"), "provider"), Conflict::ProviderId),
        (of_provider(subscription("further", "one"), "provider"), Conflict::ProviderId),
        (of_provider(subscription("further", "one"), "free"), Conflict::Live),
        (subscription("further", "two"), Conflict::Live),
    ] {
        for record in [record.clone(), expired(record)] {
            let outcome = sign_up(&*store, &record).await;
            let is_due = matches!(&outcome, Err(StoreError::AlreadyExists { entity: Entity::Subscription, conflict })
                if *conflict == due);
            assert!(is_due, "{outcome:?} where {due:?} is due for {record:?}");
        }
    }

    assert_eq!(store.list_subscriptions(&SubscriptionFilter::default()).await?, before);
    // What has ended stands in nobody's way.
    store.save_subscription(&expired(subscription("new", "two"))).await?;
    assert_eq!(sign_up(&*store, &subscription("further", "two")).await?, way);
    Ok(())
}
