//! S5: a provider id belongs to one record of a store.

use super::Editable;
use crate::contract::race::together;
use crate::contract::rule::{Failure, Outcome};
use crate::contract::seen::expect;
use crate::error::{Conflict, StoreError};
use store_model::mapping::Weaker;

pub(crate) async fn a_taken_provider_id_is_refused<K: Editable>(store: K) -> Outcome {
    let first = store.provided("first", "taken");
    store.save(&first).await.ok()?;
    let second = store.provided("second", "taken");
    store.save(&second).await.conflict(Conflict::ProviderId)?;
    store.lacks(&second).await?;
    store.holds(&first).await?;
    store.all().await.is(&vec![first])
}

pub(crate) async fn replacing_can_not_take_a_provider_id<K: Editable>(store: K) -> Outcome {
    let (first, second) = (store.provided("first", "taken"), store.provided("second", "own"));
    store.save(&first).await.ok()?;
    store.save(&second).await.ok()?;
    store.save(&store.provided("second", "taken")).await.conflict(Conflict::ProviderId)?;
    store.holds(&first).await?;
    store.holds(&second).await
}

pub(crate) async fn a_record_keeps_its_own_provider_id<K: Editable>(store: K) -> Outcome {
    let record = store.provided("one", "own");
    store.save(&record).await.ok()?;
    store.save(&record).await.ok()?;
    store.holds(&record).await
}

pub(crate) async fn records_without_provider_id_do_not_collide<K: Editable>(store: K) -> Outcome {
    for id in ["first", "second", "third"] {
        store.save(&store.bare(id)).await.ok()?;
    }
    Ok(())
}

pub(crate) async fn a_given_up_provider_id_can_be_taken<K: Editable>(store: K) -> Outcome {
    store.save(&store.provided("first", "free")).await.ok()?;
    store.save(&store.bare("first")).await.ok()?;
    store.save(&store.provided("second", "free")).await.ok()?;
    store.delete(&store.key("second")).await.ok()?;
    let third = store.provided("third", "free");
    let seen = store.save(&third).await;
    // A key over all rows of the table holds those that are marked as deleted.
    if store.fit().is(&Weaker::DeletedIdsStay) && matches!(seen.result, Err(StoreError::AlreadyExists { .. }))
    {
        return store.lacks(&third).await;
    }
    seen.ok()
}

pub(crate) async fn racing_saves_of_one_provider_id_have_one_winner<K: Editable>(store: K) -> Outcome {
    let scale = store.scale();
    for round in 0..scale.rounds {
        let provider_id = format!("raced {round}");
        let records: Vec<_> =
            (0..scale.tasks).map(|task| store.provided(&format!("{round} {task}"), &provider_id)).collect();
        let save = |record: K::Record| {
            let store = store.clone();
            async move { store.save(&record).await }
        };
        let saved = together(records.iter().cloned().map(save).collect()).await?;
        let mut winner = None;
        for (record, seen) in records.iter().zip(saved) {
            if seen.result.is_err() {
                seen.conflict(Conflict::ProviderId)?;
                store.lacks(record).await?;
            } else {
                expect(winner.is_none(), || {
                    format!("two records were saved with the provider id {provider_id:?}")
                })?;
                winner = Some(record);
            }
        }
        store
            .holds(winner.ok_or_else(|| Failure::new("of racing saves of one provider id none won"))?)
            .await?;
    }
    Ok(())
}
