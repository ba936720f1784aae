//! A store owns what it keeps: nothing that a caller holds leads into it, and every handle leads to the same.

use chrono::{DateTime, Utc};
use store_core::{
    Plan, PlanFilter, PlanInterval, PlanStore, ReportableUsageStore, Subscription, SubscriptionFilter,
    SubscriptionStatus, SubscriptionStore, UsageRecord, UsageStore,
};
use store_memory::{MemoryPlanStore, MemorySubscriptionStore, MemoryUsageStore};

const EPOCH: DateTime<Utc> = DateTime::UNIX_EPOCH;

fn subscription() -> Subscription {
    Subscription::new("sub_1", "user_1", "pro", SubscriptionStatus::Active, EPOCH..EPOCH)
}

#[tokio::test]
async fn a_plan_does_not_change_with_the_callers_copies() {
    let store = MemoryPlanStore::new();
    let mut plan = Plan::new("pro", "Pro", 1_900, "EUR", PlanInterval::Month);
    store.save_plan(&plan).await.unwrap();
    let saved = plan.clone();

    plan.limits.insert("seats".into(), 5);
    let mut read = store.get_plan("pro").await.unwrap();
    read.metadata.insert("key".into(), "value".into());
    let mut listed = store.list_plans(&PlanFilter::default()).await.unwrap().remove(0);
    listed.features.push("sso".into());

    assert_eq!(store.get_plan("pro").await.unwrap(), saved);
}

#[tokio::test]
async fn a_subscription_does_not_change_with_the_callers_copies() {
    let store = MemorySubscriptionStore::new();
    let mut saved = subscription();
    saved.provider_id = Some("provider_1".into());
    store.save_subscription(&saved).await.unwrap();

    for mut copy in [
        saved.clone(),
        store.get_subscription("sub_1").await.unwrap(),
        store.get_subscription_by_provider_id("provider_1").await.unwrap(),
        store.get_active_subscription("user_1").await.unwrap(),
        store.list_subscriptions(&SubscriptionFilter::default()).await.unwrap().remove(0),
    ] {
        copy.metadata.insert("key".into(), "value".into());
        assert_eq!(store.get_subscription("sub_1").await.unwrap(), saved);
        assert_eq!(store.get_active_subscription("user_1").await.unwrap(), saved);
    }
}

#[tokio::test]
async fn a_listed_usage_record_stays_as_it_was_when_it_is_marked_later() {
    let store = MemoryUsageStore::new();
    let record = UsageRecord::new("evt_1", "sub_1", "calls", 1, EPOCH);
    store.save_usage_record(&record).await.unwrap();
    let listed = store.list_unreported_usage(1).await.unwrap();
    store.mark_usage_reported("evt_1", Utc::now()).await.unwrap();
    assert_eq!(listed, [record]);
}

#[tokio::test]
async fn a_clone_is_a_handle_to_the_same_records() {
    let plans = MemoryPlanStore::new();
    plans.clone().save_plan(&Plan::new("pro", "Pro", 1_900, "EUR", PlanInterval::Month)).await.unwrap();
    assert!(plans.get_plan("pro").await.is_ok());

    let subscriptions = MemorySubscriptionStore::new();
    subscriptions.clone().save_subscription(&subscription()).await.unwrap();
    assert!(subscriptions.get_subscription("sub_1").await.is_ok());

    let usage = MemoryUsageStore::new();
    usage.clone().save_usage_record(&UsageRecord::new("evt_1", "sub_1", "calls", 1, EPOCH)).await.unwrap();
    assert_eq!(usage.list_unreported_usage(1).await.unwrap().len(), 1);
}

#[tokio::test]
async fn two_stores_share_nothing() {
    let (one, other) = (MemorySubscriptionStore::new(), MemorySubscriptionStore::new());
    one.save_subscription(&subscription()).await.unwrap();
    other.save_subscription(&subscription()).await.unwrap();
    one.delete_subscription("sub_1").await.unwrap();
    assert!(other.get_subscription("sub_1").await.is_ok());
}

#[tokio::test]
async fn debug_text_does_not_tell_the_records() {
    let store = MemorySubscriptionStore::new();
    store.save_subscription(&subscription()).await.unwrap();
    assert_eq!(format!("{store:?}"), "MemorySubscriptionStore { state: .. }");
}

/// A call begins when its future is polled, and its first poll is the whole of it.
#[tokio::test]
async fn a_future_that_is_dropped_unpolled_has_done_nothing() {
    let store = MemorySubscriptionStore::new();
    drop(store.save_subscription(&subscription()));
    assert!(store.get_subscription("sub_1").await.unwrap_err().is_not_found());
}
