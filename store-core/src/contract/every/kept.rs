//! G1: what is saved is what is read.

use chrono::{DateTime, Utc};

use super::Keeper;
use crate::contract::rule::Outcome;
use crate::contract::samples::{TEXTS, maps, times};

pub(crate) async fn every_field_is_kept<K: Keeper>(store: K) -> Outcome {
    store.keeps(&store.bare("bare")).await?;
    store.keeps(&store.full("full")).await?;
    store.holds(&store.bare("bare")).await
}

pub(crate) async fn empty_texts_are_kept<K: Keeper>(store: K) -> Outcome {
    store.keeps(&with_text(&store, "")).await
}

pub(crate) async fn any_text_is_kept<K: Keeper>(store: K) -> Outcome {
    for text in TEXTS {
        store.keeps(&with_text(&store, text)).await?;
    }
    Ok(())
}

pub(crate) async fn metadata_of_any_shape_is_kept<K: Keeper>(store: K) -> Outcome {
    for (number, map) in maps().into_iter().enumerate() {
        let bare = store.bare(&format!("map {number}"));
        store.keeps(&store.changed(bare, |record| *K::metadata(record) = map)).await?;
    }
    Ok(())
}

pub(crate) async fn times_are_cut_to_microseconds<K: Keeper>(store: K) -> Outcome {
    for time in times() {
        store.keeps(&with_time(&store, &format!("{time:?}"), time)).await?;
    }
    Ok(())
}

/// A record with this text in every place.
pub(super) fn with_text<K: Keeper>(store: &K, text: &str) -> K::Record {
    store.changed(store.bare(text), |record| {
        for (_, set) in K::TEXTS {
            set(record, text.into());
        }
    })
}

/// A record with this time in every place, as fine as it is where the store can hold it.
pub(super) fn with_time<K: Keeper>(store: &K, name: &str, time: DateTime<Utc>) -> K::Record {
    let mut record = store.bare(name);
    K::TIMES.iter().for_each(|(_, set)| set(&mut record, time));
    store.fit().uncut(record)
}
