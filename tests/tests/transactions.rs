//! Stores in a transaction of the caller: what is rolled back is gone, and what a refusal leaves usable goes on.

use std::process::ExitCode;

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{
    AtomicSubscriptionStore, Conflict, Plan, PlanFilter, PlanInterval, PlanStore, SqlAtomicSubscriptionStore,
    SqlPlanStore, SqlReportableUsageStore, SqlSubscriptionStore, SqlUsageStore, StoreError, Subscription,
    SubscriptionFilter, SubscriptionStatus, SubscriptionStore, UsageRecord, UsageStore,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};
use store_tests::stores;

macro_rules! rolled_back_plans {
    ($store:ident) => {{
        $store.save_plan(&plan("kept")).await?;
        let before = $store.list_plans(&PlanFilter::default()).await?;

        let mut transaction = $store.pool.begin().await?;
        $store.save_plan_in(&mut transaction, &plan("new")).await?;
        $store.save_plan_in(&mut transaction, &Plan { amount: 7, ..plan("kept") }).await?;
        assert_eq!($store.get_plan_in(&mut transaction, "kept").await?.amount, 7);
        assert_eq!($store.list_plans_in(&mut transaction, &PlanFilter::default()).await?.len(), 2);
        $store.delete_plan_in(&mut transaction, "new").await?;
        transaction.rollback().await?;

        assert_eq!($store.list_plans(&PlanFilter::default()).await?, before);
    }};
}

macro_rules! rolled_back_subscriptions {
    ($store:ident) => {{
        let all = SubscriptionFilter::default();
        $store.save_subscription(&subscription("kept", "one")).await?;
        let before = $store.list_subscriptions(&all).await?;

        let mut transaction = $store.pool.begin().await?;
        $store.create_subscription_if_not_active_in(&mut transaction, &subscription("new", "two")).await?;
        let mut moved = subscription("kept", "three");
        moved.provider_id = Some("provider".into());
        $store.save_subscription_in(&mut transaction, &moved).await?;
        assert_eq!($store.get_active_subscription_in(&mut transaction, "three").await?.id, "kept");
        assert_eq!($store.get_subscription_by_provider_id_in(&mut transaction, "provider").await?.id, "kept");
        $store.delete_subscription_in(&mut transaction, "new").await?;
        transaction.rollback().await?;

        assert_eq!($store.list_subscriptions(&all).await?, before);
        // The rolled back live row stands in nobody's way.
        $store.create_subscription_if_not_active(&subscription("later", "two")).await?;
    }};
}

macro_rules! rolled_back_usage {
    ($store:ident) => {{
        $store.save_usage_record(&usage("kept")).await?;

        let mut transaction = $store.pool.begin().await?;
        $store.save_usage_record_in(&mut transaction, &usage("new")).await?;
        $store.mark_usage_reported_in(&mut transaction, "kept", at(2)).await?;
        assert_eq!($store.sum_usage_in(&mut transaction, "sub_1", "calls", at(0), at(9)).await?, 2);
        assert_eq!($store.list_unreported_usage_in(&mut transaction, 9).await?, [usage("new")]);
        transaction.rollback().await?;

        assert_eq!($store.list_usage_records("sub_1", at(0), at(9)).await?, [usage("kept")]);
    }};
}

macro_rules! refused_creates {
    ($store:ident) => {{
        let mut taken = subscription("taken", "one");
        taken.provider_id = Some("provider".into());
        $store.save_subscription(&taken).await?;

        let mut transaction = $store.pool.begin().await?;
        let mut same_provider = subscription("other", "two");
        same_provider.provider_id = Some("provider".into());
        let ended = Subscription { status: SubscriptionStatus::Canceled, ..subscription("ended", "one") };
        for (refused, conflict) in [
            (subscription("taken", "two"), Conflict::Id),
            (same_provider, Conflict::ProviderId),
            (subscription("other", "one"), Conflict::Live),
            (ended, Conflict::Live),
        ] {
            let outcome = $store.create_subscription_if_not_active_in(&mut transaction, &refused).await;
            assert_eq!(outcome.unwrap_err().conflict(), Some(&conflict), "{refused:?}");
        }
        $store.create_subscription_if_not_active_in(&mut transaction, &subscription("new", "two")).await?;
        transaction.commit().await?;

        assert_eq!($store.get_active_subscription("two").await?.id, "new");
        assert_eq!($store.get_active_subscription("one").await?, taken);
    }};
}

macro_rules! repeated_usage {
    ($store:ident) => {{
        $store.save_usage_record(&usage("taken")).await?;

        let mut transaction = $store.pool.begin().await?;
        let outcome = $store.save_usage_record_in(&mut transaction, &usage("taken")).await;
        assert_eq!(outcome.unwrap_err().conflict(), Some(&Conflict::Id));
        $store.save_usage_record_in(&mut transaction, &usage("new")).await?;
        transaction.commit().await?;

        assert_eq!($store.sum_usage("sub_1", "calls", at(0), at(9)).await?, 2);
    }};
}

fn main() -> ExitCode {
    let mut suite = Suite::new();
    macro_rules! on {
        ($database:expr, $module:ident) => {{
            suite.on($database, "rolled_back_plans_are_as_before", || async {
                let place = $module::fresh(4).await?;
                let store = stores::$module::Plans { pool: place.pool.clone() };
                store.create_plan_schema().await?;
                rolled_back_plans!(store);
                place.remove().await;
                Ok(())
            });
            suite.on($database, "rolled_back_subscriptions_are_as_before", || async {
                let place = $module::fresh(4).await?;
                let store = stores::$module::Subscriptions { pool: place.pool.clone() };
                store.create_subscription_schema().await?;
                rolled_back_subscriptions!(store);
                place.remove().await;
                Ok(())
            });
            suite.on($database, "rolled_back_usage_is_as_before", || async {
                let place = $module::fresh(4).await?;
                let store = stores::$module::Usage { pool: place.pool.clone() };
                store.create_usage_schema().await?;
                rolled_back_usage!(store);
                place.remove().await;
                Ok(())
            });
            suite.on($database, "a_refused_create_leaves_the_transaction_usable", || async {
                let place = $module::fresh(4).await?;
                let store = stores::$module::Subscriptions { pool: place.pool.clone() };
                store.create_subscription_schema().await?;
                refused_creates!(store);
                place.remove().await;
                Ok(())
            });
            suite.on($database, "a_repeated_usage_id_leaves_the_transaction_usable", || async {
                let place = $module::fresh(4).await?;
                let store = stores::$module::Usage { pool: place.pool.clone() };
                store.create_usage_schema().await?;
                repeated_usage!(store);
                place.remove().await;
                Ok(())
            });
        }};
    }
    on!(Database::Sqlite, sqlite);
    on!(Database::Postgres, postgres);
    on!(Database::Mysql, mysql);
    suite.on(
        Database::Mysql,
        "a_refusal_is_explained_by_rows_newer_than_the_snapshot",
        newer_than_the_snapshot,
    );
    suite.on(
        Database::Postgres,
        "a_refused_save_tells_the_key_and_ends_the_transaction",
        refused_save_on_postgres,
    );
    suite.run()
}

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

fn plan(id: &str) -> Plan {
    Plan::new(id, "Pro", 1_900, "EUR", PlanInterval::Month)
}

fn subscription(id: &str, subscriber: &str) -> Subscription {
    Subscription::new(id, subscriber, "pro", SubscriptionStatus::Active, at(0)..at(720))
}

fn usage(id: &str) -> UsageRecord {
    UsageRecord::new(id, "sub_1", "calls", 1, at(1))
}

/// A transaction at REPEATABLE READ that has read sees nothing of what came later, but its writes meet it.
async fn newer_than_the_snapshot() -> Outcome {
    let place = mysql::fresh(4).await?;
    let store = stores::mysql::Subscriptions { pool: place.pool.clone() };
    store.create_subscription_schema().await?;

    let mut transaction = store.pool.begin().await?;
    assert!(store.list_subscriptions_in(&mut transaction, &SubscriptionFilter::default()).await?.is_empty());
    store.create_subscription_if_not_active(&subscription("newer", "one")).await?;
    let live =
        store.create_subscription_if_not_active_in(&mut transaction, &subscription("late", "one")).await;
    assert_eq!(live.unwrap_err().conflict(), Some(&Conflict::Live));
    let id =
        store.create_subscription_if_not_active_in(&mut transaction, &subscription("newer", "two")).await;
    assert_eq!(id.unwrap_err().conflict(), Some(&Conflict::Id));
    store.save_subscription_in(&mut transaction, &subscription("new", "two")).await?;
    transaction.commit().await?;

    assert_eq!(store.get_active_subscription("two").await?.id, "new");
    place.remove().await;
    Ok(())
}

async fn refused_save_on_postgres() -> Outcome {
    let place = postgres::fresh(4).await?;
    let store = stores::postgres::Subscriptions { pool: place.pool.clone() };
    store.create_subscription_schema().await?;
    let mut taken = subscription("taken", "one");
    taken.provider_id = Some("provider".into());
    store.save_subscription(&taken).await?;

    let mut same_provider = subscription("other", "two");
    same_provider.provider_id = Some("provider".into());
    for (refused, conflict) in
        [(same_provider, Conflict::ProviderId), (subscription("other", "one"), Conflict::Live)]
    {
        let mut transaction = store.pool.begin().await?;
        let outcome = store.save_subscription_in(&mut transaction, &refused).await;
        assert_eq!(outcome.unwrap_err().conflict(), Some(&conflict));
        let after = store.get_subscription_in(&mut transaction, "taken").await;
        assert!(matches!(after, Err(StoreError::Backend { .. })), "{after:?}");
        transaction.rollback().await?;
    }
    place.remove().await;
    Ok(())
}
