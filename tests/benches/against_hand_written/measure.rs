//! Turns of derived and hand-written stores, and what they come to.

use std::cell::Cell;
use std::fmt;
use std::time::{Duration, Instant};

use store_core::StoreError;

use crate::ALLOCATOR;
use crate::operations::{Operation, Stores};

/// The bound for the time of a derived operation, as a multiple of the same by hand.
const BOUND: f64 = 1.05;

/// Two of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rivals<T> {
    pub(crate) derived: [T; 2],
    pub(crate) hand: [T; 2],
}

/// One call: its time, and all that was allocated meanwhile.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sample {
    time: Duration,
    /// Calls of the allocator, those that make a block larger among them.
    allocations: usize,
    bytes: usize,
}

/// What the samples of one operation come to.
pub(crate) struct Report {
    name: &'static str,
    derived: Sample,
    hand: Sample,
    ratio: f64,
    chance: f64,
}

/// A call of each store.
pub(crate) type Turn = Rivals<Sample>;

/// Calls an operation of each store so many times, after some calls to warm up.
pub(crate) async fn measure(
    operation: &Operation,
    stores: &Rivals<Stores>,
    samples: usize,
) -> Result<Vec<Turn>, StoreError> {
    let mut turns = Vec::with_capacity(samples);
    for turn in 0..samples + samples / 10 {
        let mut taken = Turn::default();
        for index in any_order() {
            match index {
                0 | 1 => taken.derived[index] = sample(operation, &stores.derived[index]).await?,
                _ => taken.hand[index - 2] = sample(operation, &stores.hand[index - 2]).await?,
            }
        }
        if turn >= samples / 10 {
            turns.push(taken);
        }
    }
    Ok(turns)
}

async fn sample(operation: &Operation, stores: &Stores) -> Result<Sample, StoreError> {
    // Made before the clock runs; nothing is sent before it is awaited.
    let call = (operation.call)(stores, next());
    let before = ALLOCATOR.stats();
    let start = Instant::now();
    call.await?;
    let time = start.elapsed();
    let after = ALLOCATOR.stats();
    let calls = |stats: stats_alloc::Stats| stats.allocations + stats.reallocations;
    Ok(Sample {
        time,
        allocations: calls(after) - calls(before),
        bytes: after.bytes_allocated - before.bytes_allocated,
    })
}

thread_local! {
    /// Beyond the rows that the tables begin with.
    static NUMBER: Cell<usize> = const { Cell::new(10_000_000) };
    static CHANCE: Cell<u64> = const { Cell::new(1) };
}

/// A number for each call, for the ids of new rows: whoever calls, they fall on the same places of the indexes.
fn next() -> usize {
    NUMBER.replace(NUMBER.get() + 1)
}

/// The four stores in an order that has no pattern, and is the same in every run.
fn any_order() -> [usize; 4] {
    let mut order = [0, 1, 2, 3];
    for last in (1..order.len()).rev() {
        let seed =
            CHANCE.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        CHANCE.set(seed);
        order.swap(last, (seed >> 33) as usize % (last + 1));
    }
    order
}

/// The median of each quantity.
fn middle(samples: impl Iterator<Item = Sample> + Clone) -> Sample {
    Sample {
        time: median(samples.clone().map(|sample| sample.time)),
        allocations: median(samples.clone().map(|sample| sample.allocations)),
        bytes: median(samples.map(|sample| sample.bytes)),
    }
}

fn median<T: PartialOrd + Copy>(values: impl Iterator<Item = T>) -> T {
    let mut values: Vec<_> = values.collect();
    values.sort_unstable_by(|a, b| a.partial_cmp(b).expect("numbers"));
    values[values.len() / 2]
}

impl Report {
    pub(crate) fn of(operation: &Operation, turns: &[Turn]) -> Self {
        let ratio = |a: Sample, b: Sample| a.time.as_secs_f64() / b.time.as_secs_f64();
        let pairs = |turn: &Turn| [0, 1].map(|index| ratio(turn.derived[index], turn.hand[index]));
        Self {
            name: operation.name,
            derived: middle(turns.iter().flat_map(|turn| turn.derived)),
            hand: middle(turns.iter().flat_map(|turn| turn.hand)),
            ratio: median(turns.iter().flat_map(pairs)),
            chance: median(turns.iter().map(|turn| ratio(turn.hand[0], turn.hand[1]))),
        }
    }

    pub(crate) fn head(database: &str, samples: usize) -> String {
        let head = format!("{database}, medians of {samples}");
        format!(
            "{head:<44}{:>11}{:>11}{:>14}{:>11}{:>16}{:>19}",
            "derived us", "hand us", "derived/hand", "hand/hand", "allocations", "bytes"
        )
    }
}

/// A mark stands where the derived operation costs more than it may.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, derived, hand, ratio, chance } = self;
        let micros = |sample: &Sample| sample.time.as_secs_f64() * 1e6;
        let mark = |too_much| if too_much { '!' } else { ' ' };
        write!(f, "{name:<44}{:>11.1}{:>11.1}", micros(derived), micros(hand))?;
        write!(f, "{ratio:>13.3}{}{chance:>11.3}", mark(*ratio > BOUND))?;
        let allocations = format!("{} / {}", derived.allocations, hand.allocations);
        let bytes = format!("{} / {}", derived.bytes, hand.bytes);
        write!(f, "{allocations:>15}{}{bytes:>19}", mark(derived.allocations > hand.allocations))
    }
}
