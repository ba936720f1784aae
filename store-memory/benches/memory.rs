//! What a call costs with 100,000 records, through the trait and its boxed future, with keys at random.
//!
//! The cases of one store take turns in batches, so that a slow moment of the machine touches all of them alike. Stores
//! are measured one after the other: most of a call is waiting for memory, and they would push each other out of the
//! caches. All of it is done several times over, each time with new stores, since a pass is short and what else the
//! machine does can fill it: what is told is the median batch of the median pass, and that of the quietest.

use std::ops::Range;
use std::pin::Pin;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use store_core::{
    AtomicSubscriptionStore, ReportableUsageStore, Subscription, SubscriptionStatus, SubscriptionStore,
    UsageRecord, UsageStore,
};
use store_memory::{MemorySubscriptionStore, MemoryUsageStore};
use tokio::runtime::{Builder, Runtime};

const RECORDS: usize = 100_000;
const BATCH: usize = 500;
/// Each record is the argument of one call.
const ROUNDS: usize = RECORDS / BATCH;
const PASSES: usize = 9;

fn main() {
    let runtime = Builder::new_current_thread().build().unwrap();
    let passes: Vec<_> = (0..PASSES).map(|_| pass(&runtime)).collect();
    println!("{:<48}{:>10}{:>10}{:>10}", "one call, in ns", "measured", "quietest", "target");
    for (n, Measured { name, target, .. }) in passes[0].iter().enumerate() {
        let nanos = || passes.iter().map(|pass| pass[n].nanos);
        let (measured, quietest) = (median(nanos().collect()), nanos().min().unwrap());
        let target = target.map(|target| format!("< {target}")).unwrap_or_default();
        println!("{name:<48}{measured:>10}{quietest:>10}{target:>10}");
    }
}

fn pass(runtime: &Runtime) -> Vec<Measured> {
    [plain, noted, changing, usage, growing_usage, reported]
        .into_iter()
        .flat_map(|cases_of_one_store| measure(runtime, &cases_of_one_store(runtime)))
        .collect()
}

fn measure(runtime: &Runtime, cases: &[Case]) -> Vec<Measured> {
    let mut nanos = vec![Vec::with_capacity(ROUNDS); cases.len()];
    // Not the order of saving, in which neighbours in time are neighbours in memory.
    for numbers in shuffled(2).chunks(BATCH) {
        for (case, nanos) in cases.iter().zip(&mut nanos) {
            let batch = (case.make_batch)(numbers);
            let start = Instant::now();
            runtime.block_on(batch);
            nanos.push(start.elapsed().as_nanos() as usize / BATCH);
        }
    }
    let measured =
        |(case, nanos): (&Case, _)| Measured { name: case.name, target: case.target, nanos: median(nanos) };
    cases.iter().zip(nanos).map(measured).collect()
}

fn median(mut nanos: Vec<usize>) -> usize {
    nanos.sort_unstable();
    nanos[nanos.len() / 2]
}

/// What a case took in one pass.
struct Measured {
    name: &'static str,
    target: Option<usize>,
    nanos: usize,
}

type MakeBatch = dyn Fn(&[usize]) -> Batch;
type Batch = Pin<Box<dyn Future<Output = ()>>>;

struct Case {
    name: &'static str,
    target: Option<usize>,
    /// Makes a call for each of these records.
    make_batch: Box<MakeBatch>,
}

impl Case {
    /// The arguments are made before the clock runs.
    fn new<S: Clone + 'static, A: 'static, F: Future<Output = ()> + 'static>(
        name: &'static str,
        target: Option<usize>,
        store: S,
        argument: fn(usize) -> A,
        calls: fn(S, Vec<A>) -> F,
    ) -> Self {
        let make_batch = move |numbers: &[usize]| -> Batch {
            let arguments = numbers.iter().map(|n| argument(*n)).collect();
            Box::pin(calls(store.clone(), arguments))
        };
        Self { name, target, make_batch: Box::new(make_batch) }
    }
}

fn plain(runtime: &Runtime) -> Vec<Case> {
    let store = runtime.block_on(subscriptions(0));
    vec![Case::new("get_active_subscription", Some(700), store, subscriber, get_active)]
}

fn noted(runtime: &Runtime) -> Vec<Case> {
    let store = runtime.block_on(subscriptions(4));
    vec![Case::new("get_active_subscription, 4 entries of metadata", None, store, subscriber, get_active)]
}

fn changing(runtime: &Runtime) -> Vec<Case> {
    let store = runtime.block_on(subscriptions(0));
    vec![
        Case::new("save_subscription, replacing", None, store.clone(), |n| subscription(n, 0), save),
        Case::new("create_subscription_if_not_active", None, store, |n| subscription(RECORDS + n, 0), create),
    ]
}

fn usage(runtime: &Runtime) -> Vec<Case> {
    let store = runtime.block_on(unreported_usage());
    vec![
        Case::new("sum_usage over 90,000 records", Some(2_000), store.clone(), range, sum),
        Case::new("mark_usage_reported", Some(1_500), store, event, mark),
    ]
}

fn growing_usage(runtime: &Runtime) -> Vec<Case> {
    let store = runtime.block_on(unreported_usage());
    vec![
        Case::new("save_usage_record, late", None, store.clone(), late, save_usage),
        Case::new("list_unreported_usage(10), none reported", None, store, |n| n, list_unreported),
    ]
}

fn reported(runtime: &Runtime) -> Vec<Case> {
    let store = runtime.block_on(usage_reported_but_ten());
    vec![Case::new("list_unreported_usage(10), all others reported", None, store, |n| n, list_unreported)]
}

async fn get_active(store: MemorySubscriptionStore, subscribers: Vec<String>) {
    for subscriber in subscribers {
        store.get_active_subscription(&subscriber).await.unwrap();
    }
}

async fn save(store: MemorySubscriptionStore, subscriptions: Vec<Subscription>) {
    for subscription in subscriptions {
        store.save_subscription(&subscription).await.unwrap();
    }
}

async fn create(store: MemorySubscriptionStore, subscriptions: Vec<Subscription>) {
    for subscription in subscriptions {
        store.create_subscription_if_not_active(&subscription).await.unwrap();
    }
}

async fn sum(store: MemoryUsageStore, ranges: Vec<Range<DateTime<Utc>>>) {
    for range in ranges {
        let sum = store.sum_usage("sub_1", "calls", range.start, range.end).await.unwrap();
        assert_eq!(sum, 90_000);
    }
}

async fn mark(store: MemoryUsageStore, ids: Vec<String>) {
    for id in ids {
        store.mark_usage_reported(&id, at(0)).await.unwrap();
    }
}

async fn save_usage(store: MemoryUsageStore, records: Vec<UsageRecord>) {
    for record in records {
        store.save_usage_record(&record).await.unwrap();
    }
}

async fn list_unreported(store: MemoryUsageStore, calls: Vec<usize>) {
    for _ in calls {
        assert_eq!(store.list_unreported_usage(10).await.unwrap().len(), 10);
    }
}

async fn subscriptions(notes: usize) -> MemorySubscriptionStore {
    let store = MemorySubscriptionStore::new();
    for n in shuffled(1) {
        store.save_subscription(&subscription(n, notes)).await.unwrap();
    }
    store
}

/// One record for each second, saved in no order.
async fn unreported_usage() -> MemoryUsageStore {
    let store = MemoryUsageStore::new();
    for n in shuffled(1) {
        let record = UsageRecord::new(event(n), "sub_1", "calls", 1, at(n as i64));
        store.save_usage_record(&record).await.unwrap();
    }
    store
}

async fn usage_reported_but_ten() -> MemoryUsageStore {
    let store = unreported_usage().await;
    for n in 0..RECORDS - 10 {
        store.mark_usage_reported(&event(n), at(0)).await.unwrap();
    }
    store
}

fn subscriber(n: usize) -> String {
    format!("user_{n}")
}

fn subscription(n: usize, notes: usize) -> Subscription {
    let status = SubscriptionStatus::Active;
    let mut subscription = Subscription::new(format!("sub_{n}"), subscriber(n), "pro", status, at(0)..at(1));
    subscription.provider_id = Some(format!("provider_{n}"));
    subscription.metadata = (0..notes).map(|note| (format!("key_{note}"), format!("value_{note}"))).collect();
    subscription
}

fn event(n: usize) -> String {
    format!("evt_{n}")
}

fn late(n: usize) -> UsageRecord {
    UsageRecord::new(format!("late_{n}"), "sub_1", "calls", 1, at(n as i64) + TimeDelta::milliseconds(500))
}

/// A range of 90,000 of the 100,000 seconds.
fn range(n: usize) -> Range<DateTime<Utc>> {
    let from = n as i64 / 10;
    at(from)..at(from + 90_000)
}

fn at(second: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
}

/// The numbers of all records in an order that has no pattern and is the same in every run.
fn shuffled(mut seed: u64) -> Vec<usize> {
    let mut numbers: Vec<_> = (0..RECORDS).collect();
    for last in (1..RECORDS).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        numbers.swap(last, (seed >> 33) as usize % (last + 1));
    }
    numbers
}
