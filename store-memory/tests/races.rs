//! Many threads at one subscriber: between the check and the write of one call no other call has a place.

use std::sync::Barrier;
use std::thread;

use chrono::{DateTime, Utc};
use store_core::{
    AtomicSubscriptionStore, Conflict, Result, Subscription, SubscriptionFilter, SubscriptionStatus,
    SubscriptionStore, UsageRecord, UsageStore,
};
use store_memory::{MemorySubscriptionStore, MemoryUsageStore};
use tokio::runtime::Handle;

const EPOCH: DateTime<Utc> = DateTime::UNIX_EPOCH;
const THREADS: usize = 8;
const ROUNDS: usize = 500;

/// What each of many threads got that made its call at the same moment.
fn at_once<T: Send, F: Future<Output = T>>(call: impl Fn(usize) -> F + Sync) -> Vec<T> {
    let runtime = Handle::current();
    let start = Barrier::new(THREADS);
    thread::scope(|scope| {
        let run = |n| {
            start.wait();
            runtime.block_on(call(n))
        };
        let threads: Vec<_> = (0..THREADS).map(|n| scope.spawn(move || run(n))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn live(n: usize) -> Subscription {
    let status = if n.is_multiple_of(2) { SubscriptionStatus::Active } else { SubscriptionStatus::Trialing };
    Subscription::new(format!("sub_{n}"), "user_1", "pro", status, EPOCH..EPOCH)
}

async fn assert_one_winner(store: &MemorySubscriptionStore, outcomes: Vec<Result<()>>) {
    let refused: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
    assert_eq!(refused.len(), THREADS - 1);
    assert!(refused.iter().all(|error| error.conflict() == Some(&Conflict::Live)));
    assert_eq!(store.list_subscriptions(&SubscriptionFilter::default()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn of_many_sign_ups_at_once_one_wins() {
    for _ in 0..ROUNDS {
        let store = MemorySubscriptionStore::new();
        let outcomes = at_once(async |n| store.create_subscription_if_not_active(&live(n)).await);
        assert_one_winner(&store, outcomes).await;
    }
}

#[tokio::test]
async fn saving_and_signing_up_at_once_leave_one_live() {
    for _ in 0..ROUNDS {
        let store = MemorySubscriptionStore::new();
        let outcomes = at_once(async |n| match n % 3 {
            0 => store.save_subscription(&live(n)).await,
            _ => store.create_subscription_if_not_active(&live(n)).await,
        });
        assert_one_winner(&store, outcomes).await;
    }
}

#[tokio::test]
async fn of_many_records_with_one_id_one_counts() {
    for _ in 0..ROUNDS {
        let usage = MemoryUsageStore::new();
        let outcomes = at_once(async |n| {
            let record = UsageRecord::new("evt_1", "sub_1", "calls", 1 << n, EPOCH);
            usage.save_usage_record(&record).await.map(|()| record.quantity)
        });
        let counted: Vec<_> = outcomes.into_iter().filter_map(Result::ok).collect();
        let sum = usage.sum_usage("sub_1", "calls", EPOCH, DateTime::<Utc>::MAX_UTC).await.unwrap();
        assert_eq!(counted, [sum]);
    }
}
