//! What a store says of itself is so: each exception is a refusal, or reads as it is declared.

use super::limits::created;
use super::{Editable, Keeper};
use crate::contract::fields::{Fields, Value};
use crate::contract::outside::{Why, outside};
use crate::contract::rule::Outcome;
use crate::contract::seen::expect;
use crate::error::Conflict;
use store_model::mapping::{Home, Step, Weaker};

/// Every record that fits but for one field, which has a value that can't be held for this reason. Each has the id of this
/// name, or one of its own.
fn unfit<K: Keeper>(store: &K, why: Why, name: Option<&str>) -> Vec<(&'static str, K::Record)> {
    let mut records = Vec::new();
    for (place, field) in store.fit().mapping().fields.iter().enumerate() {
        let base = |number| match name {
            Some(name) => store.full(name),
            None => store.full(&format!("{} {number}", field.name)),
        };
        let held = base(0).value(place);
        for (number, value) in outside(store.fit(), field, &held, why).into_iter().enumerate() {
            let mut record = base(number);
            record.set(place, value);
            records.push((field.name, store.fit().follow(record, field.name)));
        }
    }
    records
}

/// Each is refused, named by its field, and is not there; and nothing that was there before is changed.
async fn refuses<K: Keeper>(store: K, why: Why) -> Outcome {
    refuses_all(store, &[why]).await
}

async fn refuses_all<K: Keeper>(store: K, whys: &[Why]) -> Outcome {
    let there = store.full("there");
    store.save(&there).await.ok()?;
    for (field, record) in whys.iter().flat_map(|why| unfit(&store, *why, None)) {
        store.save(&record).await.invalid(field)?;
        store.lacks(&record).await?;
    }
    store.holds(&there).await
}

pub(crate) async fn a_field_without_a_place_refuses_values<K: Keeper>(store: K) -> Outcome {
    refuses(store, Why::Absent).await
}

pub(crate) async fn a_field_of_one_value_refuses_others<K: Keeper>(store: K) -> Outcome {
    refuses(store, Why::Constant).await
}

pub(crate) async fn fields_of_one_column_refuse_a_second_value<K: Keeper>(store: K) -> Outcome {
    refuses(store, Why::Shared).await
}

pub(crate) async fn a_word_without_a_label_is_refused<K: Keeper>(store: K) -> Outcome {
    refuses(store, Why::Word).await
}

pub(crate) async fn a_number_out_of_range_is_refused<K: Keeper>(store: K) -> Outcome {
    refuses(store, Why::Number).await
}

pub(crate) async fn a_text_in_another_form_is_refused<K: Keeper>(store: K) -> Outcome {
    refuses(store, Why::Form).await
}

pub(crate) async fn a_time_that_is_too_fine_is_refused<K: Keeper>(store: K) -> Outcome {
    refuses(store, Why::Finer).await
}

pub(crate) async fn a_time_out_of_range_is_refused<K: Keeper>(store: K) -> Outcome {
    refuses(store, Why::Far).await
}

pub(crate) async fn a_value_that_reads_as_none_is_refused<K: Keeper>(store: K) -> Outcome {
    refuses(store, Why::None).await
}

pub(crate) async fn none_is_refused_where_there_must_be_something<K: Editable>(store: K) -> Outcome {
    refuses(store, Why::Missing).await
}

pub(crate) async fn a_value_that_no_other_table_has_is_refused<K: Keeper>(store: K) -> Outcome {
    refuses(store, Why::Elsewhere).await
}

pub(crate) async fn a_key_without_a_place_is_refused<K: Keeper>(store: K) -> Outcome {
    refuses(store, Why::Key).await
}

pub(crate) async fn a_value_that_other_fields_contradict_is_refused<K: Keeper>(store: K) -> Outcome {
    refuses(store, Why::Decided).await
}

pub(crate) async fn replacing_refuses_what_cannot_be_held<K: Editable>(store: K) -> Outcome {
    let old = store.full("one");
    store.save(&old).await.ok()?;
    for why in Why::ALL {
        let unfit = unfit(&store, why, Some("one"));
        for (field, record) in unfit.into_iter().filter(|(field, _)| *field != "id") {
            store.save(&record).await.invalid(field)?;
            store.holds(&old).await?;
        }
    }
    Ok(())
}

pub(crate) async fn what_is_dropped_reads_as_declared<K: Keeper>(store: K) -> Outcome {
    for (place, field) in store.fit().mapping().fields.iter().enumerate() {
        let has_no_place = matches!(field.home, Home::Absent | Home::Constant(_)) || field.shared.is_some();
        if !field.dropped || !has_no_place {
            continue;
        }
        let mut record = store.full(&format!("dropped {}", field.name));
        let value = record.value(place);
        record.set(place, value.with_time(store.at(7)));
        let declared = store.fit().as_read(record.clone());
        expect(declared != record, || format!("the suite has no value of `{}` to be dropped", field.name))?;
        store.keeps(&record).await?;
        // Where there is none it reads the same.
        if let Value::MaybeTime(_) = value {
            let mut without = store.full(&format!("none dropped {}", field.name));
            without.set(place, Value::MaybeTime(None));
            created(&store, &without, None).await?;
        }
    }
    Ok(())
}

pub(crate) async fn times_are_cut_to_their_step<K: Keeper>(store: K) -> Outcome {
    for (place, field) in store.fit().mapping().fields.iter().enumerate() {
        let Step::Cut(step) = field.step else { continue };
        for (number, micros) in [1, step / 2, step - 1, -1].into_iter().enumerate() {
            let mut record = store.full(&format!("{} {number}", field.name));
            let held = record.value(place);
            let time = store.at(7) + chrono::TimeDelta::microseconds(micros);
            record.set(place, held.with_time(time));
            store.keeps(&store.fit().uncut(record)).await?;
        }
    }
    Ok(())
}

pub(crate) async fn what_the_database_makes_is_not_written<K: Keeper>(store: K) -> Outcome {
    for (place, field) in store.fit().mapping().fields.iter().enumerate().filter(|(_, field)| field.generated)
    {
        for (number, second) in [0, 9].into_iter().enumerate() {
            let mut record = store.full(&format!("{} {number}", field.name));
            let held = record.value(place);
            record.set(place, held.with_time(store.at(second)));
            store.keeps(&record).await?;
        }
    }
    Ok(())
}

pub(crate) async fn a_deleted_id_is_not_used_again<K: Editable>(store: K) -> Outcome {
    if !store.fit().is(&Weaker::DeletedIdsStay) {
        return Ok(());
    }
    let (kept, deleted) = (store.bare("kept"), store.bare("deleted"));
    store.save(&kept).await.ok()?;
    store.save(&deleted).await.ok()?;
    store.delete(K::id(&deleted)).await.ok()?;
    store.lacks(&deleted).await?;
    store.all().await.is(&vec![kept.clone()])?;
    store.delete(K::id(&deleted)).await.not_found(K::id(&deleted))?;
    store.save(&deleted).await.conflict(Conflict::Id)?;
    store.lacks(&deleted).await?;
    store.holds(&kept).await
}

pub(crate) async fn a_provider_id_may_repeat<K: Editable>(store: K) -> Outcome {
    if !store.fit().is(&Weaker::ProviderIdRepeats) {
        return Ok(());
    }
    for name in ["first", "second"] {
        store.keeps(&store.provided(name, "one of both")).await?;
    }
    store.holds(&store.provided("first", "one of both")).await
}

pub(crate) async fn an_id_that_folds_into_another_is_refused<K: Keeper>(store: K) -> Outcome {
    if !store.fit().folds("id") {
        return Ok(());
    }
    let first = store.full("alike");
    store.save(&first).await.ok()?;
    for name in ["ALIKE", "Alike"] {
        let second = store.bare(name);
        store.lacks(&second).await?;
        let seen = store.save(&second).await;
        if seen.result.is_ok() {
            store.holds(&second).await?;
        } else {
            seen.conflict(Conflict::Id)?;
            store.lacks(&second).await?;
        }
        store.holds(&first).await?;
    }
    Ok(())
}

pub(crate) async fn every_write_is_refused_where_nothing_can_be_written<K: Keeper>(store: K) -> Outcome {
    if !store.fit().is(&Weaker::ReadOnly) {
        return Ok(());
    }
    for record in [store.bare("bare"), store.full("full")] {
        store.save(&record).await.read_only()?;
        store.lacks(&record).await?;
    }
    store.all().await.is(&vec![])
}

/// Where a save is another call, all at once.
pub(crate) async fn what_cannot_be_held_is_refused<K: Keeper>(store: K) -> Outcome {
    refuses_all(store, &Why::ALL).await
}
