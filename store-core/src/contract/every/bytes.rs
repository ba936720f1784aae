//! G6: ids are compared byte for byte.

use super::{Editable, Keeper};
use crate::contract::rule::Outcome;
use crate::contract::samples::ALIKE;
use crate::error::Conflict;

pub(crate) async fn ids_are_compared_byte_for_byte<K: Keeper>(store: K) -> Outcome {
    let record = |(number, id): (usize, &&str)| store.timed(store.bare(id), store.at(number as i64));
    let records: Vec<_> = ALIKE.iter().enumerate().map(record).collect();
    for (number, record) in records.iter().enumerate() {
        store.lacks(record).await?;
        store.save(record).await.ok()?;
        for record in &records[..=number] {
            store.holds(record).await?;
        }
    }
    Ok(())
}

pub(crate) async fn deleting_compares_ids_byte_for_byte<K: Editable>(store: K) -> Outcome {
    for (number, id) in ALIKE.iter().enumerate() {
        store.save(&store.bare(id)).await.ok()?;
        for other in ALIKE.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, other)| other) {
            let other = store.key(other);
            store.delete(&other).await.not_found(&other)?;
        }
        store.delete(&store.key(id)).await.ok()?;
    }
    Ok(())
}

pub(crate) async fn provider_ids_are_compared_byte_for_byte<K: Editable>(store: K) -> Outcome {
    for (number, provider_id) in ALIKE.iter().enumerate() {
        store.save(&store.provided(&format!("id {number}"), provider_id)).await.ok()?;
    }
    for provider_id in ALIKE {
        store.save(&store.provided("another", provider_id)).await.conflict(Conflict::ProviderId)?;
    }
    Ok(())
}
