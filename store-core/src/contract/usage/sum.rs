//! U2 and U3: ranges and exact totals.

use chrono::{DateTime, TimeDelta, Utc};

use crate::contract::every::Keeper;
use crate::contract::rule::Outcome;
use crate::contract::samples::{Random, at, far_times};
use crate::contract::seen::Refusal;
use crate::usage::UsageRecord;

use super::{UsageSubject, of, recorded};

/// Expects the records, each of quantity 1, to be all that a range has.
async fn range_has(
    usage: &UsageSubject,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    records: &[UsageRecord],
) -> Outcome {
    usage.list("subscription", from, to).await.is(&records.to_vec())?;
    usage.sum("subscription", "metric", from, to).await.is(&(records.len() as i64))
}

pub(super) async fn ranges_have_their_beginning_and_not_their_end(usage: UsageSubject) -> Outcome {
    let micro = TimeDelta::microseconds(1);
    let times = [at(0) - micro, at(0), at(0) + micro, at(9) - micro, at(9), at(9) + micro];
    let records: Vec<_> = times.iter().enumerate().map(|(n, time)| recorded(&n.to_string(), *time)).collect();
    for record in &records {
        usage.save(record).await.ok()?;
    }
    range_has(&usage, at(0), at(9), &records[1..4]).await?;
    range_has(&usage, at(0) + micro, at(9) + micro, &records[2..5]).await?;
    range_has(&usage, at(9), at(9) + micro, &records[4..5]).await
}

pub(super) async fn an_empty_range_has_nothing(usage: UsageSubject) -> Outcome {
    usage.save(&recorded("one", at(0))).await.ok()?;
    for (from, to) in [(at(0), at(0)), (at(1), at(0)), (at(1), at(-1)), (at(5), at(9)), (at(-9), at(-5))] {
        range_has(&usage, from, to, &[]).await?;
    }
    Ok(())
}

pub(super) async fn ends_of_ranges_are_cut_to_microseconds(usage: UsageSubject) -> Outcome {
    let nano = TimeDelta::nanoseconds(1);
    let before = recorded("before", at(0) - TimeDelta::microseconds(1));
    let there = recorded("there", at(0));
    usage.save(&before).await.ok()?;
    usage.save(&there).await.ok()?;
    range_has(&usage, at(0) + nano * 999, at(1), std::slice::from_ref(&there)).await?;
    range_has(&usage, at(-1), at(0) + nano * 999, std::slice::from_ref(&before)).await?;
    range_has(&usage, at(0), at(0) + nano * 999, &[]).await?;
    range_has(&usage, at(0) - nano, at(1), &[before, there]).await
}

pub(super) async fn ends_of_ranges_are_clamped(usage: UsageSubject) -> Outcome {
    let record = recorded("one", at(0));
    usage.save(&record).await.ok()?;
    let far = far_times();
    for from in far.iter().filter(|time| **time < at(0)) {
        for to in far.iter().filter(|time| **time > at(0)) {
            range_has(&usage, *from, *to, std::slice::from_ref(&record)).await?;
        }
        range_has(&usage, *from, at(1), std::slice::from_ref(&record)).await?;
        range_has(&usage, *from, at(-1), &[]).await?;
    }
    for to in far.iter().filter(|time| **time > at(0)) {
        range_has(&usage, at(0), *to, std::slice::from_ref(&record)).await?;
        range_has(&usage, at(1), *to, &[]).await?;
    }
    range_has(&usage, DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC, &[]).await
}

pub(super) async fn negative_quantities_count(usage: UsageSubject) -> Outcome {
    for (id, quantity) in [("one", 5), ("two", -7), ("three", 1)] {
        usage.save(&of(id, quantity)).await.ok()?;
    }
    usage.total(&of("any", 0)).await.is(&-1)
}

pub(super) async fn sums_are_of_one_subscription_and_metric(usage: UsageSubject) -> Outcome {
    let of = |subscription_id: &str, metric: &str, quantity| {
        UsageRecord::new(format!("{subscription_id} {metric}"), subscription_id, metric, quantity, at(0))
    };
    let records = [of("a", "x", 1), of("a", "y", 2), of("b", "x", 4), of("b", "y", 8)];
    for record in &records {
        usage.save(record).await.ok()?;
    }
    for record in &records {
        usage.total(record).await.is(&record.quantity)?;
    }
    usage.total(&of("a", "z", 0)).await.is(&0)?;
    usage.total(&of("c", "x", 0)).await.is(&0)
}

/// Adds these quantities as the usage of a metric of their own, as times go up.
async fn metered(usage: &UsageSubject, quantities: &[i64]) -> Outcome<UsageRecord> {
    // Told apart by their beginnings, as short as a key must be.
    let metric: String = format!("{quantities:?}").chars().take(100).collect();
    for (number, quantity) in quantities.iter().enumerate() {
        let (id, time) = (format!("{metric} {number}"), at(number as i64));
        usage.save(&UsageRecord::new(id, "subscription", &metric, *quantity, time)).await.ok()?;
    }
    Ok(UsageRecord { metric, ..UsageSubject::bare("any") })
}

pub(super) async fn a_total_that_fits_is_exact_in_whatever_order(usage: UsageSubject) -> Outcome {
    const MAX: i64 = i64::MAX;
    const MIN: i64 = i64::MIN;
    for (quantities, total) in [
        (vec![MAX], MAX),
        (vec![MIN], MIN),
        (vec![MAX, 1, -1], MAX),
        (vec![1, MAX, -1], MAX),
        (vec![-1, MAX, 1], MAX),
        (vec![MIN, -1, 1], MIN),
        (vec![-1, MIN, 1], MIN),
        (vec![MAX, MIN], -1),
        (vec![MAX, MAX, MIN, MIN], -2),
        (vec![MIN, MIN, MAX, MAX, 2], 0),
        // Numbers that a double can't tell apart.
        (vec![1 << 53, 1], (1 << 53) + 1),
        (vec![MAX - 1, 1], MAX),
        (vec![1 << 32, -1, 1 << 31], (1 << 32) - 1 + (1 << 31)),
    ] {
        let metric = metered(&usage, &quantities).await?;
        usage.total(&metric).await.is(&total)?;
    }
    let mut quantities: Vec<_> = (0..20).flat_map(|n| [MAX - n, MIN + n]).collect();
    Random::new().shuffle(&mut quantities);
    let metric = metered(&usage, &quantities).await?;
    usage.total(&metric).await.is(&-20)
}

pub(super) async fn a_total_that_does_not_fit_is_an_overflow(usage: UsageSubject) -> Outcome {
    for quantities in [
        vec![i64::MAX, 1],
        vec![1, i64::MAX],
        vec![i64::MIN, -1],
        vec![i64::MAX, i64::MAX, i64::MAX],
        // Wrapped sums of these are small again.
        vec![i64::MAX, i64::MAX, 2],
        vec![i64::MIN, i64::MIN],
    ] {
        let metric = metered(&usage, &quantities).await?;
        usage.total(&metric).await.refused(&Refusal::Overflow)?;
    }
    Ok(())
}
