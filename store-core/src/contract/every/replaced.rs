//! S1: a save replaces the record with that id, whole, and touches no other.

use super::kept::with_text;
use super::{Editable, Keeper};
use crate::contract::race::together;
use crate::contract::rule::Outcome;
use crate::contract::samples::{TEXTS, at, maps, times};
use crate::contract::seen::expect;

pub(crate) async fn replacing_keeps_every_field<K: Editable>(store: K) -> Outcome {
    store.save(&K::full("one")).await.ok()?;
    store.keeps(&K::bare("one")).await?;
    store.keeps(&K::full("one")).await
}

pub(crate) async fn replacing_keeps_any_value<K: Editable>(store: K) -> Outcome {
    let with_id = |mut record: K::Record| {
        if let Some((_, set)) = K::TEXTS.iter().find(|(field, _)| *field == "id") {
            set(&mut record, "one".into());
        }
        record
    };
    store.save(&K::bare("one")).await.ok()?;
    for text in TEXTS {
        store.keeps(&with_id(with_text::<K>(text))).await?;
    }
    for map in maps() {
        let mut record = K::bare("one");
        *K::metadata(&mut record) = map;
        store.keeps(&record).await?;
    }
    for time in times() {
        let mut record = K::bare("one");
        K::TIMES.iter().for_each(|(_, set)| set(&mut record, time));
        store.keeps(&record).await?;
    }
    Ok(())
}

pub(crate) async fn saving_again_makes_no_second_record<K: Editable>(store: K) -> Outcome {
    let mut record = K::bare("one");
    store.save(&record).await.ok()?;
    K::set_time(&mut record, at(1));
    store.save(&record).await.ok()?;
    store.all().await.is(&vec![record])
}

pub(crate) async fn saving_touches_no_other_record<K: Editable>(store: K) -> Outcome {
    let (first, second) = (K::full("first"), K::full("second"));
    store.save(&first).await.ok()?;
    store.save(&second).await.ok()?;
    let mut changed = K::bare("second");
    K::set_time(&mut changed, at(7));
    store.save(&changed).await.ok()?;
    store.holds(&first).await?;
    store.delete("second").await.ok()?;
    store.holds(&first).await
}

pub(crate) async fn racing_saves_of_one_id_leave_one_of_them_whole<K: Editable>(store: K) -> Outcome {
    let scale = store.scale();
    for round in 0..scale.rounds {
        let id = format!("raced {round}");
        let record = |task: usize| {
            let mut record = K::full(&id);
            K::TIMES.iter().for_each(|(_, set)| set(&mut record, at(task as i64)));
            K::metadata(&mut record).insert("task".into(), task.to_string());
            record
        };
        let records: Vec<_> = (0..scale.tasks).map(record).collect();
        let save = |record: K::Record| {
            let store = store.clone();
            async move { store.save(&record).await }
        };
        for saved in together(records.iter().cloned().map(save).collect()).await? {
            saved.ok()?;
        }
        let left = store.read(&records[0]).await.ok()?;
        expect(records.contains(&left), || format!("racing saves left what none of them saved: {left:?}"))?;
    }
    Ok(())
}

/// G4: what is deleted is gone.
pub(crate) async fn the_deleted_is_gone<K: Editable>(store: K) -> Outcome {
    let (kept, deleted) = (K::bare("kept"), K::bare("deleted"));
    store.save(&kept).await.ok()?;
    store.save(&deleted).await.ok()?;
    store.delete("deleted").await.ok()?;
    store.lacks(&deleted).await?;
    store.delete("deleted").await.not_found("deleted")?;
    store.holds(&kept).await?;
    store.keeps(&deleted).await
}

pub(crate) async fn deleting_the_absent_is_not_found<K: Editable>(store: K) -> Outcome {
    store.delete("absent").await.not_found("absent")?;
    store.save(&K::bare("there")).await.ok()?;
    store.delete("absent").await.not_found("absent")
}

/// G4: getting what is absent.
pub(crate) async fn getting_the_absent_is_not_found<K: Keeper>(store: K) -> Outcome {
    store.lacks(&K::bare("absent")).await?;
    store.save(&K::bare("there")).await.ok()?;
    store.lacks(&K::bare("absent")).await
}
