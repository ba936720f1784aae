//! U4 and U5: what the provider does not have yet, and what it has.

use chrono::{DateTime, TimeDelta, Utc};

use crate::contract::every::Keeper;
use crate::contract::race::{POLLS, give_up_after};
use crate::contract::rule::{Failure, Outcome};
use crate::contract::samples::{ALIKE, IN_ORDER, Random, at, far_times, hard_keys, times};
use crate::contract::seen::{Seen, call, expect};
use crate::error::Entity;
use crate::usage::UsageRecord;

use super::{UsageSubject, recorded};

fn marked(record: &UsageRecord, time: DateTime<Utc>) -> UsageRecord {
    UsageRecord { provider_reported_at: Some(time), ..record.clone() }
}

/// Saves the records in another order than this one.
async fn save_shuffled(usage: &UsageSubject, records: &[UsageRecord]) -> Outcome {
    let mut shuffled = records.to_vec();
    Random::new().shuffle(&mut shuffled);
    for record in &shuffled {
        usage.save(record).await.ok()?;
    }
    Ok(())
}

pub(super) async fn the_oldest_unreported_come_first(usage: UsageSubject) -> Outcome {
    // Of one time by the bytes of the id, and then by time, against which the ids fall.
    let tied = IN_ORDER.iter().map(|id| recorded(id, at(0)));
    let later = (1..6).map(|second| recorded(&format!("id {}", 9 - second), at(second)));
    let records: Vec<_> = tied.chain(later).collect();
    save_shuffled(&usage, &records).await?;
    usage.unreported(100).await?.is(&records)
}

pub(super) async fn no_more_unreported_come_than_asked_for(usage: UsageSubject) -> Outcome {
    usage.unreported(5).await?.is(&vec![])?;
    let records: Vec<_> = (0..5).map(|second| recorded(&format!("id {second}"), at(second))).collect();
    save_shuffled(&usage, &records).await?;
    for (limit, expected) in [(0, 0), (1, 1), (3, 3), (5, 5), (6, 5), (1 << 31, 5), (u32::MAX, 5)] {
        usage.unreported(limit).await?.is(&records[..expected].to_vec())?;
    }
    usage.mark("id 0", at(10)).await?.ok()?;
    usage.unreported(2).await?.is(&records[1..3].to_vec())
}

pub(super) async fn the_unreported_are_of_every_subscription(usage: UsageSubject) -> Outcome {
    let record = |id: &str, subscription_id: &str, metric: &str| {
        UsageRecord::new(id, subscription_id, metric, 1, at(0))
    };
    let records = vec![record("1", "a", "x"), record("2", "b", "x"), record("3", "a", "y")];
    save_shuffled(&usage, &records).await?;
    usage.unreported(9).await?.is(&records)
}

pub(super) async fn what_is_saved_as_reported_is_reported(usage: UsageSubject) -> Outcome {
    usage.save(&marked(&recorded("reported", at(0)), at(1))).await.ok()?;
    usage.unreported(9).await?.is(&vec![])
}

pub(super) async fn a_mark_is_kept_and_changes_nothing_else(usage: UsageSubject) -> Outcome {
    let (mut record, other) = (UsageSubject::full("one"), recorded("other", at(0)));
    record.provider_reported_at = None;
    usage.save(&record).await.ok()?;
    usage.save(&other).await.ok()?;
    usage.mark("one", at(7)).await?.ok()?;
    usage.holds(&marked(&record, at(7))).await?;
    usage.holds(&other).await?;
    usage.total(&record).await.is(&record.quantity)
}

pub(super) async fn a_repeated_mark_overwrites(usage: UsageSubject) -> Outcome {
    let record = recorded("one", at(0));
    usage.save(&record).await.ok()?;
    for time in [at(7), at(7), at(9), at(8)] {
        usage.mark("one", time).await?.ok()?;
        usage.holds(&marked(&record, time)).await?;
    }
    Ok(())
}

pub(super) async fn marking_the_absent_is_not_found(usage: UsageSubject) -> Outcome {
    usage.mark("absent", at(0)).await?.not_found("absent")?;
    usage.save(&recorded("there", at(0))).await.ok()?;
    usage.mark("absent", at(0)).await?.not_found("absent")?;
    usage.all().await.is(&vec![recorded("there", at(0))])
}

pub(super) async fn marking_cuts_times_to_microseconds(usage: UsageSubject) -> Outcome {
    let record = recorded("one", at(0));
    usage.save(&record).await.ok()?;
    for time in times() {
        usage.mark("one", time).await?.ok()?;
        usage.holds(&marked(&record, time)).await?;
    }
    Ok(())
}

pub(super) async fn marking_keeps_or_refuses_a_far_time(usage: UsageSubject) -> Outcome {
    let record = marked(&recorded("one", at(0)), at(1));
    usage.save(&record).await.ok()?;
    for time in far_times() {
        if usage.mark("one", time).await?.taken(Some("provider_reported_at"))? {
            usage.holds(&marked(&record, time)).await?;
            usage.mark("one", at(1)).await?.ok()?;
        } else {
            usage.holds(&record).await?;
        }
    }
    Ok(())
}

pub(super) async fn marking_a_key_that_cannot_be_held_is_not_found(usage: UsageSubject) -> Outcome {
    for key in hard_keys() {
        usage.mark(&key, at(0)).await?.not_found(&key)?;
    }
    Ok(())
}

pub(super) async fn marking_compares_ids_byte_for_byte(usage: UsageSubject) -> Outcome {
    usage.save(&recorded(ALIKE[0], at(0))).await.ok()?;
    for id in &ALIKE[1..] {
        usage.mark(id, at(1)).await?.not_found(id)?;
    }
    usage.holds(&recorded(ALIKE[0], at(0))).await
}

pub(super) async fn an_abandoned_mark_is_whole_or_absent(usage: UsageSubject) -> Outcome {
    for polls in POLLS {
        let record = recorded(&format!("abandoned {polls}"), at(0));
        usage.save(&record).await.ok()?;
        give_up_after(polls, usage.mark(&record.id, at(1))).await;
        let seen = usage.read(&record).await.ok()?;
        let either = [record.clone(), marked(&record, at(1))];
        expect(either.contains(&seen), || format!("an abandoned mark left neither old nor new: {seen:?}"))?;
        usage.keeps(&recorded(&format!("next {polls}"), at(0) + TimeDelta::seconds(1))).await?;
    }
    Ok(())
}

pub(super) async fn the_reportable_extension_is_found(usage: UsageSubject) -> Outcome {
    let Some(found) = usage.store.as_reportable() else {
        return Err(Failure::new(
            "`as_reportable()`: expected Some of a store that is declared reportable, got None",
        ));
    };
    // It is the extension of this store, not of another one.
    let record = recorded("one", at(0));
    usage.save(&record).await.ok()?;
    call!(Entity::Usage, found, list_unreported_usage(9)).is(&vec![record])
}
