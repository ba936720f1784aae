//! S1: a save replaces the record with that id, whole, and touches no other.

use super::kept::{with_text, with_time};
use super::{Editable, Keeper};
use crate::contract::race::together;
use crate::contract::rule::Outcome;
use crate::contract::samples::{TEXTS, maps, times};
use crate::contract::seen::expect;

pub(crate) async fn replacing_keeps_every_field<K: Editable>(store: K) -> Outcome {
    store.save(&store.full("one")).await.ok()?;
    store.keeps(&store.bare("one")).await?;
    store.keeps(&store.full("one")).await
}

pub(crate) async fn replacing_keeps_any_value<K: Editable>(store: K) -> Outcome {
    let with_id = |record: K::Record| {
        let set = K::TEXTS.iter().find(|(field, _)| *field == "id");
        store.changed(record, |record| set.iter().for_each(|(_, set)| set(record, "one".into())))
    };
    store.save(&store.bare("one")).await.ok()?;
    for text in TEXTS {
        store.keeps(&with_id(with_text(&store, text))).await?;
    }
    for map in maps() {
        store.keeps(&store.changed(store.bare("one"), |record| *K::metadata(record) = map)).await?;
    }
    for time in times() {
        store.keeps(&with_time(&store, "one", time)).await?;
    }
    Ok(())
}

pub(crate) async fn saving_again_makes_no_second_record<K: Editable>(store: K) -> Outcome {
    let mut record = store.bare("one");
    store.save(&record).await.ok()?;
    record = store.timed(record, store.at(1));
    store.save(&record).await.ok()?;
    store.all().await.is(&vec![record])
}

pub(crate) async fn saving_touches_no_other_record<K: Editable>(store: K) -> Outcome {
    let (first, second) = (store.full("first"), store.full("second"));
    store.save(&first).await.ok()?;
    store.save(&second).await.ok()?;
    let changed = store.timed(store.bare("second"), store.at(7));
    store.save(&changed).await.ok()?;
    store.holds(&first).await?;
    store.delete(K::id(&second)).await.ok()?;
    store.holds(&first).await
}

pub(crate) async fn racing_saves_of_one_id_leave_one_of_them_whole<K: Editable>(store: K) -> Outcome {
    let scale = store.scale();
    for round in 0..scale.rounds {
        let id = format!("raced {round}");
        let record = |task: usize| {
            store.changed(store.full(&id), |record| {
                K::TIMES.iter().for_each(|(_, set)| set(record, store.at(task as i64)));
                K::metadata(record).insert("task".into(), task.to_string());
            })
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
    let (kept, deleted) = (store.bare("kept"), store.bare("deleted"));
    store.save(&kept).await.ok()?;
    store.save(&deleted).await.ok()?;
    store.delete(K::id(&deleted)).await.ok()?;
    store.lacks(&deleted).await?;
    store.delete(K::id(&deleted)).await.not_found(K::id(&deleted))?;
    store.holds(&kept).await?;
    store.keeps(&deleted).await
}

pub(crate) async fn deleting_the_absent_is_not_found<K: Editable>(store: K) -> Outcome {
    let absent = store.key("absent");
    store.delete(&absent).await.not_found(&absent)?;
    store.save(&store.bare("there")).await.ok()?;
    store.delete(&absent).await.not_found(&absent)
}

/// G4: getting what is absent.
pub(crate) async fn getting_the_absent_is_not_found<K: Keeper>(store: K) -> Outcome {
    store.lacks(&store.bare("absent")).await?;
    store.save(&store.bare("there")).await.ok()?;
    store.lacks(&store.bare("absent")).await
}
