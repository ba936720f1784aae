//! The unique keys of ids and provider ids.

use super::Subject;
use crate::schema::finding::Finding;
use crate::schema::predicate::{Condition, condition};
use crate::schema::remedy;
use crate::schema::table::{Index, same_name};
use crate::sql::{provider_key, provider_place};

/// An id belongs to one record.
pub(super) fn id(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    if subject.is_view() || subject.column(0).is_none() {
        return Vec::new();
    }
    let keys: Vec<_> = subject.keys_on(0).filter(|index| index.predicate.is_none()).collect();
    usable(subject, &keys, |old| remedy::add_id_key(adapter, old)).unwrap_or_else(|remedy| {
        vec![Finding::IdKeyMissing { table: subject.name(), column: adapter.kept(0).name.into(), remedy }]
    })
}

/// A provider id belongs to one record, and any number of records have none.
pub(super) fn provider(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    let place = provider_place(adapter.entity).filter(|&place| subject.column(place).is_some());
    let Some(place) = place.filter(|_| !subject.is_view()) else {
        return Vec::new();
    };
    let own = |old: Option<&Index>| remedy::own_key(subject, &provider_key(adapter), old);
    let keys: Vec<_> = subject.keys_on(place).filter(|index| holds_all(subject, place, index)).collect();
    if let Some(key) = keys.iter().find(|key| key.nulls_equal && key.predicate.is_none()) {
        return vec![Finding::ProviderKeyTooWide {
            table: subject.name(),
            key: key.name.clone(),
            remedy: own(Some(key)),
        }];
    }
    usable(subject, &keys, own).unwrap_or_else(|remedy| {
        vec![Finding::ProviderKeyMissing {
            table: subject.name(),
            column: adapter.kept(place).name.into(),
            remedy,
        }]
    })
}

/// Whether every row with a value is in the index.
fn holds_all(subject: &Subject<'_>, place: usize, index: &Index) -> bool {
    let Some(predicate) = &index.predicate else {
        return true;
    };
    let own = subject.adapter.kept(place).name;
    matches!(condition(predicate), Some(Condition::NotNull(column)) if same_name(subject.dialect(), &column, own))
}

/// Nothing where one of the keys does its work; what keeps the others from it; or, where there is none, how to make one.
fn usable(
    subject: &Subject<'_>,
    keys: &[&Index],
    own: impl Fn(Option<&Index>) -> String,
) -> Result<Vec<Finding>, String> {
    if keys.is_empty() {
        return Err(own(None));
    }
    if keys.iter().any(|key| key.fault.is_none()) {
        return Ok(Vec::new());
    }
    Ok(keys
        .iter()
        .filter_map(|key| Some((key, key.fault?)))
        .map(|(key, fault)| Finding::KeyUnusable {
            table: subject.name(),
            key: key.name.clone(),
            reason: fault.into(),
            remedy: own(Some(key)),
        })
        .collect())
}
