//! Keys and words are compared byte for byte, in columns and in unique indexes.

use super::Subject;
use super::live;
use crate::adapter;
use crate::contract::Kind;
use crate::schema::finding::Finding;
use crate::schema::remedy;
use crate::schema::table::{Collation, Equality, Index, Part, same_name};
use crate::sql::{names, provider_place};

/// What a collation overlooks, if it does.
pub(super) fn effect(collation: &Collation) -> Option<String> {
    match collation.equality {
        Equality::Bytes => None,
        Equality::Padded => Some("spaces at the end".into()),
        Equality::Folded => Some("case or marks".into()),
    }
}

/// The columns in which something is looked up.
pub(super) fn of_columns(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    let finding = |(part, column): (adapter::Part<'_>, &crate::schema::Column)| {
        let kind = adapter.entity.fields()[part.place].kind;
        // What leads to another table is compared as that one does.
        let is_compared =
            matches!(kind, Kind::Key | Kind::OptionalKey | Kind::Word) && part.column.via.is_none();
        let declared = part.column.collation;
        let is_declared =
            |found: &&Collation| declared.is_some_and(|name| name.eq_ignore_ascii_case(&found.name));
        let collation = column.collation.as_ref().filter(|_| is_compared);
        let collation = collation.filter(|found| !is_declared(found))?;
        Some(Finding::ColumnCollation {
            table: subject.name(),
            column: column.name.clone(),
            collation: collation.name.clone(),
            effect: effect(collation)?,
            remedy: remedy::change_column(adapter, part, column),
        })
    };
    subject.columns().filter_map(finding).collect()
}

/// The unique keys that the contract rests on, where they compare in another way than their columns.
pub(super) fn of_keys(subject: &Subject<'_>) -> Vec<Finding> {
    let finding = |index: &Index| {
        let [Part::Column { name, collation: Some(collation) }] = index.parts.as_slice() else {
            return None;
        };
        let is_told = subject.columns().any(|(_, column)| {
            let of_column = column.collation.as_ref().map(|it| it.equality);
            same_name(subject.dialect(), &column.name, name) && of_column == Some(collation.equality)
        });
        let effect = effect(collation).filter(|_| !is_told)?;
        Some(Finding::KeyCollation {
            table: subject.name(),
            key: index.name.clone(),
            collation: collation.name.clone(),
            effect,
            remedy: replacement(subject, index),
        })
    };
    keys(subject).into_iter().filter_map(finding).collect()
}

fn keys<'a>(subject: &'a Subject<'_>) -> Vec<&'a Index> {
    let mut keys: Vec<_> = subject.keys_on(0).collect();
    keys.extend(provider_place(subject.adapter.entity).into_iter().flat_map(|place| subject.keys_on(place)));
    keys.extend(live::candidates(subject).into_iter().map(|candidate| candidate.index));
    keys
}

fn replacement(subject: &Subject<'_>, index: &Index) -> String {
    let adapter = subject.adapter;
    let is_on = |place: usize| {
        let names: Vec<_> = names(adapter, place).collect();
        !names.is_empty() && index.is_on_all(adapter.dialect, &names)
    };
    if is_on(0) {
        remedy::add_id_key(adapter, Some(index))
    } else if provider_place(adapter.entity).is_some_and(is_on) {
        remedy::own_key(subject, &crate::sql::provider_key(adapter), Some(index))
    } else {
        remedy::own_key(subject, &crate::sql::live_key(adapter), Some(index))
    }
}
