//! Sums over ranges of time.

use std::mem;
use std::ops::Range;

use chrono::{DateTime, Utc};

/// How many entries a node holds before it splits: few levels, and short walks along each.
const WIDTH: usize = 32;

/// Quantities by time, with the sum of any range.
///
/// A B+ tree that only grows and whose entries know the total of what is below them: every leaf is equally deep, and
/// every node but the root at least half full, so adding, at any time, and summing cost O(log n) in the number of
/// different times.
#[derive(Default)]
pub(crate) struct Sums {
    root: Node,
}

impl Sums {
    pub(crate) fn add(&mut self, time: DateTime<Utc>, quantity: i64) {
        if let Some(right) = self.root.add(time.timestamp_micros(), quantity.into()) {
            let left = mem::take(&mut self.root);
            self.root = Node(vec![Entry::over(left), Entry::over(right)]);
        }
    }

    pub(crate) fn between(&self, range: Range<DateTime<Utc>>) -> i128 {
        if range.is_empty() {
            return 0;
        }
        self.root.before(range.end.timestamp_micros()) - self.root.before(range.start.timestamp_micros())
    }
}

/// Entries in the order of time.
#[derive(Default)]
struct Node(Vec<Entry>);

/// The quantities of one time or, with a node below, of all times from this to that of the next entry.
struct Entry {
    /// In microseconds.
    time: i64,
    total: i128,
    below: Option<Node>,
}

impl Entry {
    fn over(node: Node) -> Self {
        Self { time: node.0[0].time, total: node.0.iter().map(|entry| entry.total).sum(), below: Some(node) }
    }
}

impl Node {
    /// Adds a quantity, and gives the right half of the node if it has become too wide.
    fn add(&mut self, time: i64, quantity: i128) -> Option<Node> {
        let next = self.0.partition_point(|entry| entry.time <= time);
        // What is earlier than everything goes below the first.
        let nearest = next.saturating_sub(1);
        match self.0.get_mut(nearest) {
            Some(Entry { time: first, total, below: Some(node) }) => {
                *first = time.min(*first);
                *total += quantity;
                if let Some(right) = node.add(time, quantity).map(Entry::over) {
                    *total -= right.total;
                    self.0.insert(nearest + 1, right);
                }
            }
            Some(entry) if entry.time == time => entry.total += quantity,
            _ => self.0.insert(next, Entry { time, total: quantity, below: None }),
        }
        (self.0.len() > WIDTH).then(|| Node(self.0.split_off(WIDTH / 2)))
    }

    /// The sum of all that is earlier than a time.
    fn before(&self, time: i64) -> i128 {
        let end = self.0.partition_point(|entry| entry.time < time);
        let Some((last, whole)) = self.0[..end].split_last() else {
            return 0;
        };
        let whole: i128 = whole.iter().map(|entry| entry.total).sum();
        // Only the last can reach beyond the time.
        whole + last.below.as_ref().map_or(last.total, |node| node.before(time))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(micros: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(micros).unwrap()
    }

    fn filled(entries: &[(i64, i64)]) -> Sums {
        let mut sums = Sums::default();
        for &(time, quantity) in entries {
            sums.add(at(time), quantity);
        }
        sums
    }

    /// Numbers without a pattern, the same in every run.
    fn scattered(seed: i64, below: i64) -> i64 {
        let mixed = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as i64);
        ((mixed ^ (mixed >> 29)).wrapping_mul(0x5851_F42D_4C95_7F2D) >> 11).rem_euclid(below)
    }

    /// Times that ascend, descend, are scattered, and repeat.
    fn orders() -> [Vec<(i64, i64)>; 4] {
        let times: [fn(i64) -> i64; 4] = [|n| n, |n| -n, |n| scattered(n, 1 << 40), |n| scattered(n, 100)];
        times.map(|time| (0..5_000).map(|n| (time(n), scattered(n + 7, 2_001) - 1_000)).collect())
    }

    #[test]
    fn agrees_with_a_plain_sum_over_every_kind_of_range() {
        for entries in orders() {
            let sums = filled(&entries);
            let time = |n| entries[scattered(n, 5_000) as usize].0;
            for n in 0..500 {
                let (from, to) = (time(n) + n % 3 - 1, time(n + 1_000) + n % 2);
                let plain: i64 =
                    entries.iter().filter(|(time, _)| (from..to).contains(time)).map(|e| e.1).sum();
                assert_eq!(sums.between(at(from)..at(to)), plain.into(), "{from}..{to}");
            }
        }
    }

    #[test]
    fn stays_as_wide_and_deep_as_its_cost_says() {
        for entries in orders() {
            let sums = filled(&entries);
            let root = sums.root.0.iter();
            let depths: Vec<_> = root.map(|entry| entry.below.as_ref().map_or(1, depth)).collect();
            assert!(depths.iter().all(|depth| *depth == depths[0]));
            // Two levels of half full nodes below the root hold 4,096 or more.
            assert!(depths[0] <= 3, "{}", depths[0]);
        }
    }

    /// The depth of the leaves below, equal for all.
    fn depth(node: &Node) -> usize {
        assert!((WIDTH / 2..=WIDTH).contains(&node.0.len()));
        let depths: Vec<_> = node.0.iter().map(|entry| entry.below.as_ref().map_or(0, depth)).collect();
        assert!(depths.iter().all(|depth| *depth == depths[0]));
        depths[0] + 1
    }

    #[test]
    fn partial_sums_beyond_64_bits_come_out_exact() {
        let sums = filled(&[(1, i64::MAX), (2, i64::MAX), (3, i64::MIN), (4, i64::MIN), (5, 2)]);
        assert_eq!(sums.between(at(0)..at(9)), 0);
        assert_eq!(sums.between(at(1)..at(3)), 2 * i128::from(i64::MAX));
        assert_eq!(sums.between(DateTime::<Utc>::MIN_UTC..DateTime::<Utc>::MAX_UTC), 0);
    }
}
