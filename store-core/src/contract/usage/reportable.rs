//! U4 and U5: what the provider does not have yet, and what it has.

use chrono::{DateTime, Utc};

use crate::contract::every::Keeper;
use crate::contract::fields::Value;
use crate::contract::outside::{Why, outside};
use crate::contract::race::{POLLS, give_up_after};
use crate::contract::rule::{Failure, Outcome};
use crate::contract::samples::{ALIKE, IN_ORDER, Random, far_times, hard_keys, times};
use crate::contract::seen::{Seen, call, expect};
use crate::error::Entity;
use crate::usage::UsageRecord;

use super::UsageSubject;

fn marked(record: &UsageRecord, time: DateTime<Utc>) -> UsageRecord {
    UsageRecord { provider_reported_at: Some(time), ..record.clone() }
}

impl UsageSubject {
    /// Whether a record can be marked with a time as fine as this one.
    fn marks(&self, time: DateTime<Utc>) -> bool {
        let record = marked(&self.bare("any"), time);
        self.fit().uncut(record.clone()) == record
    }
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
    let tied = IN_ORDER.iter().map(|id| usage.recorded(id, usage.at(0)));
    let later = (1..6).map(|second| usage.recorded(&format!("id {}", 9 - second), usage.at(second)));
    let mut records: Vec<_> = tied.chain(later).collect();
    usage.fit().sort(&mut records);
    save_shuffled(&usage, &records).await?;
    usage.unreported(100).await?.is(&records)
}

pub(super) async fn no_more_unreported_come_than_asked_for(usage: UsageSubject) -> Outcome {
    usage.unreported(5).await?.is(&vec![])?;
    let records: Vec<_> =
        (0..5).map(|second| usage.recorded(&format!("id {second}"), usage.at(second))).collect();
    save_shuffled(&usage, &records).await?;
    for (limit, expected) in [(0, 0), (1, 1), (3, 3), (5, 5), (6, 5), (1 << 31, 5), (u32::MAX, 5)] {
        usage.unreported(limit).await?.is(&records[..expected].to_vec())?;
    }
    usage.mark(&records[0].id, usage.at(10)).await?.ok()?;
    usage.unreported(2).await?.is(&records[1..3].to_vec())
}

pub(super) async fn the_unreported_are_of_every_subscription(usage: UsageSubject) -> Outcome {
    let record =
        |id: &str, subscription: &str, metric: &str| usage.record(id, subscription, metric, 1, usage.at(0));
    let mut records = vec![record("1", "a", "x"), record("2", "b", "x"), record("3", "a", "y")];
    usage.fit().sort(&mut records);
    save_shuffled(&usage, &records).await?;
    usage.unreported(9).await?.is(&records)
}

pub(super) async fn what_is_saved_as_reported_is_reported(usage: UsageSubject) -> Outcome {
    usage.save(&marked(&usage.recorded("reported", usage.at(0)), usage.at(1))).await.ok()?;
    usage.unreported(9).await?.is(&vec![])
}

pub(super) async fn a_mark_is_kept_and_changes_nothing_else(usage: UsageSubject) -> Outcome {
    let (full, other) = (usage.full("one"), usage.recorded("other", usage.at(0)));
    let record = UsageRecord { provider_reported_at: None, ..full };
    usage.save(&record).await.ok()?;
    usage.save(&other).await.ok()?;
    usage.mark(&record.id, usage.at(7)).await?.ok()?;
    usage.holds(&marked(&record, usage.at(7))).await?;
    usage.holds(&other).await?;
    usage.total(&record).await.is(&record.quantity)
}

pub(super) async fn a_repeated_mark_overwrites(usage: UsageSubject) -> Outcome {
    let record = usage.recorded("one", usage.at(0));
    usage.save(&record).await.ok()?;
    for time in [usage.at(7), usage.at(7), usage.at(9), usage.at(8)] {
        usage.mark(&record.id, time).await?.ok()?;
        usage.holds(&marked(&record, time)).await?;
    }
    Ok(())
}

pub(super) async fn marking_the_absent_is_not_found(usage: UsageSubject) -> Outcome {
    let absent = usage.key("absent");
    usage.mark(&absent, usage.at(0)).await?.not_found(&absent)?;
    usage.save(&usage.recorded("there", usage.at(0))).await.ok()?;
    usage.mark(&absent, usage.at(0)).await?.not_found(&absent)?;
    usage.all().await.is(&vec![usage.recorded("there", usage.at(0))])
}

pub(super) async fn marking_cuts_times_to_microseconds(usage: UsageSubject) -> Outcome {
    let record = usage.recorded("one", usage.at(0));
    usage.save(&record).await.ok()?;
    for time in times().into_iter().filter(|time| usage.marks(*time)) {
        usage.mark(&record.id, time).await?.ok()?;
        usage.holds(&marked(&record, time)).await?;
    }
    Ok(())
}

pub(super) async fn marking_keeps_or_refuses_a_far_time(usage: UsageSubject) -> Outcome {
    let record = marked(&usage.recorded("one", usage.at(0)), usage.at(1));
    usage.save(&record).await.ok()?;
    for time in far_times() {
        if usage.mark(&record.id, time).await?.taken(Some("provider_reported_at"))? {
            usage.holds(&marked(&record, time)).await?;
            usage.mark(&record.id, usage.at(1)).await?.ok()?;
        } else {
            usage.holds(&record).await?;
        }
    }
    Ok(())
}

pub(super) async fn marking_refuses_what_cannot_be_held(usage: UsageSubject) -> Outcome {
    if usage.reportable.is_none() {
        return Ok(());
    }
    let record = marked(&usage.recorded("one", usage.at(0)), usage.at(1));
    usage.save(&record).await.ok()?;
    let field = usage.fit().mapping().field("provider_reported_at");
    let held = Value::MaybeTime(record.provider_reported_at);
    for value in Why::ALL.into_iter().flat_map(|why| outside(usage.fit(), field, &held, why)) {
        if let Some(time) = value.time() {
            usage.mark(&record.id, time).await?.invalid("provider_reported_at")?;
            usage.holds(&record).await?;
        }
    }
    for key in usage.fit().foreign("id", &record.id) {
        usage.mark(&key, usage.at(1)).await?.not_found(&key)?;
    }
    Ok(())
}

pub(super) async fn marking_a_key_that_cannot_be_held_is_not_found(usage: UsageSubject) -> Outcome {
    for key in hard_keys() {
        usage.mark(&key, usage.at(0)).await?.not_found(&key)?;
    }
    Ok(())
}

pub(super) async fn marking_compares_ids_byte_for_byte(usage: UsageSubject) -> Outcome {
    usage.save(&usage.recorded(ALIKE[0], usage.at(0))).await.ok()?;
    for id in &ALIKE[1..] {
        let id = usage.key(id);
        usage.mark(&id, usage.at(1)).await?.not_found(&id)?;
    }
    usage.holds(&usage.recorded(ALIKE[0], usage.at(0))).await
}

pub(super) async fn an_abandoned_mark_is_whole_or_absent(usage: UsageSubject) -> Outcome {
    for polls in POLLS {
        let record = usage.recorded(&format!("abandoned {polls}"), usage.at(0));
        usage.save(&record).await.ok()?;
        give_up_after(polls, usage.mark(&record.id, usage.at(1))).await;
        let seen = usage.read(&record).await.ok()?;
        let either = [record.clone(), marked(&record, usage.at(1))];
        expect(either.contains(&seen), || format!("an abandoned mark left neither old nor new: {seen:?}"))?;
        usage.keeps(&usage.recorded(&format!("next {polls}"), usage.at(1))).await?;
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
    let record = usage.recorded("one", usage.at(0));
    usage.save(&record).await.ok()?;
    call!(Entity::Usage, found, list_unreported_usage(9)).is(&vec![record])
}
