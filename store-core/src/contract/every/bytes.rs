//! G6: ids are compared byte for byte.

use super::{Editable, Keeper};
use crate::contract::rule::Outcome;
use crate::contract::samples::{ALIKE, at};
use crate::error::Conflict;

pub(crate) async fn ids_are_compared_byte_for_byte<K: Keeper>(store: K) -> Outcome {
    let record = |(number, id): (usize, &&str)| {
        let mut record = K::bare(id);
        K::set_time(&mut record, at(number as i64));
        record
    };
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
        store.save(&K::bare(id)).await.ok()?;
        for other in ALIKE.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, other)| other) {
            store.delete(other).await.not_found(other)?;
        }
        store.delete(id).await.ok()?;
    }
    Ok(())
}

pub(crate) async fn provider_ids_are_compared_byte_for_byte<K: Editable>(store: K) -> Outcome {
    for (number, provider_id) in ALIKE.iter().enumerate() {
        store.save(&K::provided(&format!("id {number}"), provider_id)).await.ok()?;
    }
    for provider_id in ALIKE {
        store.save(&K::provided("another", provider_id)).await.conflict(Conflict::ProviderId)?;
    }
    Ok(())
}
