//! G2: a value that a store can't hold is refused, and nothing is stored, changed or cut.

use super::{Editable, Keeper, Place};
use crate::contract::rule::Outcome;
use crate::contract::samples::{WITH_NUL, far_times, hard_keys, long_texts};

pub(crate) async fn a_nul_is_kept_or_refused<K: Keeper>(store: K) -> Outcome {
    for (place, (field, set)) in K::TEXTS.iter().enumerate() {
        let bare = store.bare(&format!("{field} {place}"));
        created(&store, &changed(&store, bare, (field, *set), WITH_NUL.into()), Some(field)).await?;
    }
    Ok(())
}

pub(crate) async fn a_long_text_is_kept_or_refused<K: Keeper>(store: K) -> Outcome {
    for (place, (field, set)) in K::TEXTS.iter().enumerate() {
        for (number, text) in long_texts().enumerate() {
            let bare = store.bare(&format!("{field} {place} {number}"));
            created(&store, &changed(&store, bare, (field, *set), text), None).await?;
        }
    }
    Ok(())
}

pub(crate) async fn a_far_time_is_kept_or_refused<K: Keeper>(store: K) -> Outcome {
    for (field, set) in K::TIMES {
        for (number, time) in far_times().into_iter().enumerate() {
            let bare = store.bare(&format!("{field} {number}"));
            created(&store, &changed(&store, bare, (field, *set), time), Some(field)).await?;
        }
    }
    Ok(())
}

pub(crate) async fn a_refused_replacement_changes_nothing<K: Editable>(store: K) -> Outcome {
    let old = store.full("one");
    store.save(&old).await.ok()?;
    for (field, set) in K::TEXTS.iter().filter(|(field, _)| *field != "id") {
        let new = |text| changed(&store, store.bare("one"), (field, *set), text);
        replaced(&store, &old, &new(WITH_NUL.into()), Some(field)).await?;
        for text in long_texts() {
            replaced(&store, &old, &new(text), None).await?;
        }
    }
    for (field, set) in K::TIMES {
        for time in far_times() {
            let new = changed(&store, store.bare("one"), (field, *set), time);
            replaced(&store, &old, &new, Some(field)).await?;
        }
    }
    Ok(())
}

pub(crate) async fn a_key_that_cannot_be_held_is_not_found<K: Keeper>(store: K) -> Outcome {
    for key in hard_keys() {
        store.lacks(&K::plain(&key)).await?;
    }
    Ok(())
}

pub(crate) async fn deleting_a_key_that_cannot_be_held_is_not_found<K: Editable>(store: K) -> Outcome {
    for key in hard_keys() {
        store.delete(&key).await.not_found(&key)?;
    }
    Ok(())
}

/// A record that fits but for one field.
fn changed<K: Keeper, V>(
    store: &K,
    mut record: K::Record,
    (field, set): Place<K::Record, V>,
    value: V,
) -> K::Record {
    set(&mut record, value);
    store.fit().agreed(store.fit().follow(record, field))
}

/// The record is stored as it is, or refused and not there.
pub(super) async fn created<K: Keeper>(store: &K, record: &K::Record, named: Option<&str>) -> Outcome {
    if store.save(record).await.taken(named)? { store.holds(record).await } else { store.lacks(record).await }
}

/// The record replaces the old one as it is, or is refused and the old one is as it was; then it is the old one again.
async fn replaced<K: Keeper>(store: &K, old: &K::Record, new: &K::Record, named: Option<&str>) -> Outcome {
    if store.save(new).await.taken(named)? {
        store.holds(new).await?;
        store.save(old).await.ok()?;
        return Ok(());
    }
    store.holds(old).await
}
