//! No way to look a record up goes stale when the record changes, and none is touched by what is refused.

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{
    AtomicSubscriptionStore, Conflict, Plan, PlanInterval, PlanStore, ReportableUsageStore, Subscription,
    SubscriptionFilter, SubscriptionStatus, SubscriptionStore, UsageRecord, UsageStore,
};
use store_memory::{MemoryPlanStore, MemorySubscriptionStore, MemoryUsageStore};

const EPOCH: DateTime<Utc> = DateTime::UNIX_EPOCH;

fn subscription(id: &str, subscriber_id: &str) -> Subscription {
    let mut subscription = Subscription::new(
        id,
        subscriber_id,
        "pro",
        SubscriptionStatus::Active,
        EPOCH..EPOCH + TimeDelta::days(30),
    );
    subscription.provider_id = Some(format!("provider of {id}"));
    subscription
}

async fn store_with(subscriptions: &[Subscription]) -> MemorySubscriptionStore {
    let store = MemorySubscriptionStore::new();
    for subscription in subscriptions {
        store.save_subscription(subscription).await.unwrap();
    }
    store
}

/// Every look-up of the store, held against the records that it is said to have.
async fn assert_holds_exactly(store: &MemorySubscriptionStore, records: &[Subscription]) {
    let all = store.list_subscriptions(&SubscriptionFilter::default()).await.unwrap();
    assert_eq!(all.len(), records.len());
    for id in ["a", "b", "c"] {
        let found = store.get_subscription(id).await.ok();
        assert_eq!(found.as_ref(), records.iter().find(|record| record.id == id), "{id}");
    }
    for provider_id in ["provider of a", "provider of b", "moved"] {
        let found = store.get_subscription_by_provider_id(provider_id).await.ok();
        let held = records.iter().find(|record| record.provider_id.as_deref() == Some(provider_id));
        assert_eq!(found.as_ref(), held, "{provider_id}");
    }
    for subscriber_id in ["x", "y"] {
        let of_subscriber = |record: &&Subscription| record.subscriber_id == subscriber_id;
        let found = store.get_active_subscription(subscriber_id).await.ok();
        let held = records.iter().filter(of_subscriber).find(|record| record.status.is_live());
        assert_eq!(found.as_ref(), held, "live of {subscriber_id}");

        let filter = SubscriptionFilter { subscriber_id: Some(subscriber_id.into()), ..Default::default() };
        let listed = store.list_subscriptions(&filter).await.unwrap();
        assert_eq!(
            listed,
            records.iter().filter(of_subscriber).cloned().collect::<Vec<_>>(),
            "of {subscriber_id}"
        );
    }
}

#[tokio::test]
async fn a_changed_subscription_is_found_where_it_is_and_not_where_it_was() {
    let changes: [fn(&mut Subscription); 7] = [
        |record| record.subscriber_id = "y".into(),
        |record| record.provider_id = Some("moved".into()),
        |record| record.provider_id = None,
        |record| record.status = SubscriptionStatus::Canceled,
        |record| record.status = SubscriptionStatus::Trialing,
        |record| record.created_at = EPOCH,
        |record| {
            record.subscriber_id = "y".into();
            record.status = SubscriptionStatus::PastDue;
        },
    ];
    for change in changes {
        let mut record = subscription("a", "x");
        let store = store_with(&[record.clone()]).await;
        change(&mut record);
        store.save_subscription(&record).await.unwrap();
        assert_holds_exactly(&store, &[record.clone()]).await;

        store.delete_subscription("a").await.unwrap();
        assert_holds_exactly(&store, &[]).await;
        store.create_subscription_if_not_active(&subscription("a", "x")).await.unwrap();
    }
}

#[tokio::test]
async fn what_a_record_leaves_another_may_take() {
    let (mut a, mut b) = (subscription("a", "x"), subscription("b", "x"));
    let store = store_with(&[a.clone()]).await;
    a.status = SubscriptionStatus::Canceled;
    b.provider_id = a.provider_id.take();
    for record in [&a, &b] {
        store.save_subscription(record).await.unwrap();
    }
    assert_holds_exactly(&store, &[a.clone(), b.clone()]).await;

    // Saving the one that has nothing any more takes nothing from the other.
    store.save_subscription(&a).await.unwrap();
    store.delete_subscription("a").await.unwrap();
    assert_holds_exactly(&store, &[b]).await;
}

#[tokio::test]
async fn a_refused_write_leaves_every_look_up_as_it_was() {
    let held = [subscription("a", "x"), subscription("b", "y")];
    let store = store_with(&held).await;

    let mut thief = subscription("b", "x");
    assert_eq!(store.save_subscription(&thief).await.unwrap_err().conflict(), Some(&Conflict::Live));
    thief.provider_id = held[0].provider_id.clone();
    assert_eq!(store.save_subscription(&thief).await.unwrap_err().conflict(), Some(&Conflict::ProviderId));
    thief.id = "c".into();
    let refused = store.create_subscription_if_not_active(&thief).await.unwrap_err();
    assert_eq!(refused.conflict(), Some(&Conflict::ProviderId));
    thief.id = "a".into();
    let refused = store.create_subscription_if_not_active(&thief).await.unwrap_err();
    assert_eq!(refused.conflict(), Some(&Conflict::Id));
    thief = subscription("c", "y");
    thief.status = SubscriptionStatus::Expired;
    let refused = store.create_subscription_if_not_active(&thief).await.unwrap_err();
    assert_eq!(refused.conflict(), Some(&Conflict::Live));

    assert_holds_exactly(&store, &held).await;
}

#[tokio::test]
async fn a_subscriber_whose_id_begins_like_another_is_listed_apart() {
    let store = store_with(&[subscription("a", "x"), subscription("b", "x "), subscription("c", "")]).await;
    let filter = SubscriptionFilter { subscriber_id: Some("x".into()), ..Default::default() };
    let listed = store.list_subscriptions(&filter).await.unwrap();
    assert_eq!(listed.iter().map(|record| record.id.as_str()).collect::<Vec<_>>(), ["a"]);
}

#[tokio::test]
async fn a_plan_that_gives_up_its_provider_id_frees_it() {
    let plans = MemoryPlanStore::new();
    let mut first = Plan::new("first", "", 0, "EUR", PlanInterval::Year);
    first.provider_id = Some("provider_1".into());
    plans.save_plan(&first).await.unwrap();
    plans.save_plan(&first).await.unwrap();

    let second = Plan { id: "second".into(), ..first.clone() };
    assert_eq!(plans.save_plan(&second).await.unwrap_err().conflict(), Some(&Conflict::ProviderId));
    assert!(plans.get_plan("second").await.unwrap_err().is_not_found());

    first.provider_id = None;
    plans.save_plan(&first).await.unwrap();
    plans.save_plan(&second).await.unwrap();
    plans.delete_plan("second").await.unwrap();
    plans.save_plan(&Plan { id: "third".into(), ..second }).await.unwrap();
}

#[tokio::test]
async fn a_refused_usage_record_counts_nowhere() {
    let usage = MemoryUsageStore::new();
    let record = UsageRecord::new("evt_1", "sub_1", "calls", 1, EPOCH);
    usage.save_usage_record(&record).await.unwrap();
    let repeat = UsageRecord::new("evt_1", "sub_2", "bytes", 9, EPOCH + TimeDelta::days(1));
    assert_eq!(usage.save_usage_record(&repeat).await.unwrap_err().conflict(), Some(&Conflict::Id));

    let end = EPOCH + TimeDelta::days(2);
    assert_eq!(usage.sum_usage("sub_2", "bytes", EPOCH, end).await.unwrap(), 0);
    assert!(usage.list_usage_records("sub_2", EPOCH, end).await.unwrap().is_empty());
    assert_eq!(usage.list_unreported_usage(9).await.unwrap(), [record]);
}

#[tokio::test]
async fn a_mark_is_seen_in_every_list() {
    let usage = MemoryUsageStore::new();
    let mut record = UsageRecord::new("evt_1", "sub_1", "calls", 1, EPOCH);
    usage.save_usage_record(&record).await.unwrap();
    for seconds in [2, 1] {
        let reported_at = EPOCH + TimeDelta::seconds(seconds);
        usage.mark_usage_reported("evt_1", reported_at + TimeDelta::nanoseconds(1)).await.unwrap();
        record.provider_reported_at = Some(reported_at);
        let listed = usage.list_usage_records("sub_1", EPOCH, reported_at).await.unwrap();
        assert_eq!(listed, [record.clone()]);
        assert!(usage.list_unreported_usage(9).await.unwrap().is_empty());
    }
}
