//! G1: what is saved is what is read.

use super::Keeper;
use crate::contract::rule::Outcome;
use crate::contract::samples::{TEXTS, maps, times};

pub(crate) async fn every_field_is_kept<K: Keeper>(store: K) -> Outcome {
    store.keeps(&K::bare("bare")).await?;
    store.keeps(&K::full("full")).await?;
    store.holds(&K::bare("bare")).await
}

pub(crate) async fn empty_texts_are_kept<K: Keeper>(store: K) -> Outcome {
    store.keeps(&with_text::<K>("")).await
}

pub(crate) async fn any_text_is_kept<K: Keeper>(store: K) -> Outcome {
    for text in TEXTS {
        store.keeps(&with_text::<K>(text)).await?;
    }
    Ok(())
}

pub(crate) async fn metadata_of_any_shape_is_kept<K: Keeper>(store: K) -> Outcome {
    for (number, map) in maps().into_iter().enumerate() {
        let mut record = K::bare(&format!("map {number}"));
        *K::metadata(&mut record) = map;
        store.keeps(&record).await?;
    }
    Ok(())
}

pub(crate) async fn times_are_cut_to_microseconds<K: Keeper>(store: K) -> Outcome {
    for time in times() {
        let mut record = K::bare(&format!("{time:?}"));
        for (_, set) in K::TIMES {
            set(&mut record, time);
        }
        store.keeps(&record).await?;
    }
    Ok(())
}

/// A record with this text in every place.
pub(super) fn with_text<K: Keeper>(text: &str) -> K::Record {
    let mut record = K::bare(text);
    for (_, set) in K::TEXTS {
        set(&mut record, text.into());
    }
    record
}
