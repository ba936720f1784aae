//! U2 and U3: ranges and exact totals.

use chrono::{DateTime, TimeDelta, Utc};

use crate::contract::every::Keeper;
use crate::contract::rule::Outcome;
use crate::contract::samples::{Random, far_times};
use crate::contract::seen::Refusal;
use crate::usage::UsageRecord;

use super::UsageSubject;

fn quantities(records: &[UsageRecord]) -> i64 {
    records.iter().map(|record| record.quantity).sum()
}

/// Expects the records to be all that a range has.
async fn range_has(
    usage: &UsageSubject,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    records: &[UsageRecord],
) -> Outcome {
    let (subscription, metric) = (usage.subscription("subscription"), usage.metric("metric"));
    usage.list(&subscription, from, to).await.is(&records.to_vec())?;
    usage.sum(&subscription, &metric, from, to).await.is(&quantities(records))
}

pub(super) async fn ranges_have_their_beginning_and_not_their_end(usage: UsageSubject) -> Outcome {
    let micro = usage.fit().tick("recorded_at");
    let times = [
        usage.at(0) - micro,
        usage.at(0),
        usage.at(0) + micro,
        usage.at(9) - micro,
        usage.at(9),
        usage.at(9) + micro,
    ];
    let records: Vec<_> =
        times.iter().enumerate().map(|(n, time)| usage.recorded(&n.to_string(), *time)).collect();
    for record in &records {
        usage.save(record).await.ok()?;
    }
    range_has(&usage, usage.at(0), usage.at(9), &records[1..4]).await?;
    range_has(&usage, usage.at(0) + micro, usage.at(9) + micro, &records[2..5]).await?;
    range_has(&usage, usage.at(9), usage.at(9) + micro, &records[4..5]).await
}

pub(super) async fn an_empty_range_has_nothing(usage: UsageSubject) -> Outcome {
    usage.save(&usage.recorded("one", usage.at(0))).await.ok()?;
    for (from, to) in [
        (usage.at(0), usage.at(0)),
        (usage.at(1), usage.at(0)),
        (usage.at(1), usage.at(-1)),
        (usage.at(5), usage.at(9)),
        (usage.at(-9), usage.at(-5)),
    ] {
        range_has(&usage, from, to, &[]).await?;
    }
    Ok(())
}

pub(super) async fn ends_of_ranges_are_cut_to_microseconds(usage: UsageSubject) -> Outcome {
    let tick = usage.fit().tick("recorded_at");
    let nano = TimeDelta::nanoseconds(1);
    let before = usage.recorded("before", usage.at(0) - tick);
    let there = usage.recorded("there", usage.at(0));
    usage.save(&before).await.ok()?;
    usage.save(&there).await.ok()?;
    range_has(&usage, usage.at(0) + nano * 999, usage.at(1), std::slice::from_ref(&there)).await?;
    range_has(&usage, usage.at(-1), usage.at(0) + nano * 999, std::slice::from_ref(&before)).await?;
    range_has(&usage, usage.at(0), usage.at(0) + nano * 999, &[]).await?;
    // Cut, the beginning is a microsecond before.
    let both = [before, there];
    let within = if tick == TimeDelta::microseconds(1) { &both[..] } else { &both[1..] };
    range_has(&usage, usage.at(0) - nano, usage.at(1), within).await
}

pub(super) async fn ends_of_ranges_are_clamped(usage: UsageSubject) -> Outcome {
    let record = usage.recorded("one", usage.at(0));
    usage.save(&record).await.ok()?;
    let far = far_times();
    for from in far.iter().filter(|time| **time < usage.at(0)) {
        for to in far.iter().filter(|time| **time > usage.at(0)) {
            range_has(&usage, *from, *to, std::slice::from_ref(&record)).await?;
        }
        range_has(&usage, *from, usage.at(1), std::slice::from_ref(&record)).await?;
        range_has(&usage, *from, usage.at(-1), &[]).await?;
    }
    for to in far.iter().filter(|time| **time > usage.at(0)) {
        range_has(&usage, usage.at(0), *to, std::slice::from_ref(&record)).await?;
        range_has(&usage, usage.at(1), *to, &[]).await?;
    }
    range_has(&usage, DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC, &[]).await
}

pub(super) async fn negative_quantities_count(usage: UsageSubject) -> Outcome {
    let records = [("one", 5), ("two", -7), ("three", 1)].map(|(id, quantity)| usage.of(id, quantity));
    for record in &records {
        usage.save(record).await.ok()?;
    }
    usage.total(&usage.of("any", 0)).await.is(&quantities(&records))
}

pub(super) async fn sums_are_of_one_subscription_and_metric(usage: UsageSubject) -> Outcome {
    let of = |subscription: &str, metric: &str, quantity| {
        usage.record(&format!("{subscription} {metric}"), subscription, metric, quantity, usage.at(0))
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

/// Adds these quantities as the usage of a metric of their own, as times go up, and expects their total or an overflow.
async fn adds_up(usage: &UsageSubject, quantities: &[i64]) -> Outcome {
    // Told apart by their beginnings, as short as a key must be.
    let metric: String = format!("{quantities:?}").chars().take(100).collect();
    // Where there is one metric, a subscription tells them apart.
    let is_one = usage.fit().mapping().field("metric").is_constant();
    let subscription = if is_one { &metric } else { "subscription" };
    let mut total = 0;
    for (number, quantity) in quantities.iter().enumerate() {
        let (id, time) = (format!("{metric} {number}"), usage.at(number as i64));
        let record = usage.record(&id, subscription, &metric, *quantity, time);
        total += i128::from(record.quantity);
        usage.save(&record).await.ok()?;
    }
    let any = usage.record("any", subscription, &metric, 1, usage.at(0));
    usage.total(&any).await.agrees(&total.try_into().map_err(|_| Refusal::Overflow))
}

pub(super) async fn a_total_that_fits_is_exact_in_whatever_order(usage: UsageSubject) -> Outcome {
    const MAX: i64 = i64::MAX;
    const MIN: i64 = i64::MIN;
    for quantities in [
        vec![MAX],
        vec![MIN],
        vec![MAX, 1, -1],
        vec![1, MAX, -1],
        vec![-1, MAX, 1],
        vec![MIN, -1, 1],
        vec![-1, MIN, 1],
        vec![MAX, MIN],
        vec![MAX, MAX, MIN, MIN],
        vec![MIN, MIN, MAX, MAX, 2],
        // Numbers that a double can't tell apart.
        vec![1 << 53, 1],
        vec![MAX - 1, 1],
        vec![1 << 32, -1, 1 << 31],
    ] {
        adds_up(&usage, &quantities).await?;
    }
    let mut quantities: Vec<_> = (0..20).flat_map(|n| [MAX - n, MIN + n]).collect();
    Random::new().shuffle(&mut quantities);
    adds_up(&usage, &quantities).await
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
        adds_up(&usage, &quantities).await?;
    }
    Ok(())
}
