//! Sign-ups of one subscriber at the same moment, from two processes.

mod processes;

pub use processes::{Race, answer};

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{TimeDelta, Utc};
use store_core::{
    AtomicSubscriptionStore, Conflict, StoreError, Subscription, SubscriptionStatus, SubscriptionStore,
    sign_up,
};

use crate::harness::Outcome;

/// How many calls each of the two processes makes in a round.
pub const CALLS: usize = 16;

/// How many connections each of them has.
pub const CONNECTIONS: u32 = 8;

/// How the calls of a round ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Calls that created a live subscription.
    pub won: usize,
    /// Calls that were told that the subscriber has one.
    pub refused: usize,
    /// Every other error.
    pub failed: Vec<String>,
}

impl Tally {
    /// The calls of both.
    #[must_use]
    pub fn with(mut self, other: Tally) -> Tally {
        self.won += other.won;
        self.refused += other.refused;
        self.failed.extend(other.failed);
        self
    }

    fn count(&mut self, outcome: Result<(), StoreError>) {
        match outcome {
            Ok(()) => self.won += 1,
            Err(error) if error.conflict() == Some(&Conflict::Live) => self.refused += 1,
            Err(error) => self.failed.push(format!("{error:?}").replace('\n', " ")),
        }
    }
}

/// As one line, by which a process tells another.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}", self.won, self.refused)?;
        self.failed.iter().try_for_each(|error| write!(f, "\t{error}"))
    }
}

impl FromStr for Tally {
    type Err = String;

    fn from_str(line: &str) -> Result<Tally, String> {
        let mut parts = line.trim_end().split('\t');
        let mut count = || parts.next().and_then(|part| part.parse().ok());
        match (count(), count()) {
            (Some(won), Some(refused)) => {
                Ok(Tally { won, refused, failed: parts.map(str::to_owned).collect() })
            }
            _ => Err(format!("no tally: {line}")),
        }
    }
}

/// Creates live subscriptions of one subscriber at once, each in a task of its own: one wins, and all others are told why not.
pub async fn one_wins<S: AtomicSubscriptionStore + 'static>(
    store: &Arc<S>,
    new: impl IntoIterator<Item = Subscription>,
) -> Outcome {
    let create = |new: Subscription| {
        let store = store.clone();
        tokio::spawn(async move { store.create_subscription_if_not_active(&new).await })
    };
    let calls: Vec<_> = new.into_iter().map(create).collect();
    let mut seen = Tally::default();
    for call in calls {
        seen.count(call.await?);
    }
    assert_eq!((seen.won, &seen.failed), (1, &Vec::new()), "{seen:?}");
    Ok(())
}

/// The subscriber of a round.
#[must_use]
pub fn subscriber(round: usize) -> String {
    format!("user_{round}")
}

/// A moment soon, in microseconds since 1970, at which both processes can start.
#[must_use]
pub fn soon() -> u64 {
    micros_now() + 2_000
}

/// The time, in microseconds since 1970.
#[must_use]
pub fn micros_now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}

/// What the calls of a race do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calls {
    /// Each signs the subscriber up.
    SignUps,
    /// Every other one saves a live record instead.
    WithSaves,
}

impl Calls {
    /// Each of them.
    pub const ALL: [Self; 2] = [Self::SignUps, Self::WithSaves];

    /// The word for it, by which a process tells another.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignUps => "sign-ups",
            Self::WithSaves => "with-saves",
        }
    }

    const fn saves(self, call: usize) -> bool {
        matches!(self, Self::WithSaves) && call % 4 > 1
    }
}

/// One call of a race.
#[derive(Clone, Copy, Debug)]
pub struct Racer {
    process: &'static str,
    round: usize,
    call: usize,
}

impl Racer {
    /// A name that no other call has.
    #[must_use]
    pub fn name(self) -> String {
        format!("{}_{}_{}", self.process, self.round, self.call)
    }

    /// A number that no other call has, from one on.
    #[must_use]
    pub fn number(self) -> usize {
        let of_worker = if self.process == WORKER { CALLS } else { 0 };
        1 + self.round * 2 * CALLS + of_worker + self.call
    }

    /// The number of the round, from one on.
    #[must_use]
    pub fn subscriber(self) -> usize {
        1 + self.round
    }

    /// The two live statuses in turns.
    #[must_use]
    pub fn status(self) -> SubscriptionStatus {
        if self.call.is_multiple_of(2) { SubscriptionStatus::Active } else { SubscriptionStatus::Trialing }
    }
}

/// How the subscription of a call is made.
pub type Make = fn(Racer) -> Subscription;

/// A subscription of a store that keeps everything.
#[must_use]
pub fn plain(racer: Racer) -> Subscription {
    let now = Utc::now();
    let period = now..now + TimeDelta::days(30);
    Subscription::new(racer.name(), subscriber(racer.round), "pro", racer.status(), period)
}

const PARENT: &str = "parent";
const WORKER: &str = "worker";

/// Makes this process's calls of a round, all from one moment on.
async fn calls(
    store: &Arc<dyn SubscriptionStore>,
    kind: Calls,
    make: Make,
    process: &'static str,
    round: usize,
    start: u64,
) -> Tally {
    tokio::time::sleep(Duration::from_micros(start.saturating_sub(micros_now()))).await;
    let calls = (0..CALLS).map(|call| {
        let store = Arc::clone(store);
        let subscription = make(Racer { process, round, call });
        tokio::spawn(async move {
            if kind.saves(call) {
                return store.save_subscription(&subscription).await;
            }
            sign_up(&*store, &subscription).await.map(drop)
        })
    });
    let mut tally = Tally::default();
    for call in calls.collect::<Vec<_>>() {
        tally.count(call.await.expect("a call does not panic"));
    }
    tally
}
