//! What is beside the fields: columns that options name, and the conditions on rows that keys hold as predicates.

use super::Subject;
use super::collations::effect;
use crate::adapter::{Adapter, Extra, Source, Stored};
use crate::schema::finding::Finding;
use crate::schema::predicate::{Condition, condition};
use crate::schema::remedy;
use crate::sql;

/// Each column that an option names is there.
pub(super) fn missing(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    let is_missing = |name: &str| subject.table.column(subject.dialect(), name).is_none();
    let missing = sql::beside(adapter).into_iter().filter(|beside| is_missing(beside.name));
    missing
        .map(|beside| Finding::OptionColumnMissing {
            table: subject.name(),
            column: beside.name.into(),
            option: beside.option.into(),
            remedy: remedy::add_beside(adapter, &beside.definition),
        })
        .collect()
}

/// Scopes are compared byte for byte.
pub(super) fn collations(subject: &Subject<'_>) -> Vec<Finding> {
    let is_text = |extra: &&Extra<'_>| {
        matches!(extra.value, Source::Literal(Stored::Text(_)) | Source::Own(_))
            && extra.column.collation.is_none()
    };
    let finding = |extra: &Extra<'_>| {
        let column = subject.table.column(subject.dialect(), extra.column.name)?;
        let collation = column.collation.as_ref()?;
        Some(Finding::ColumnCollation {
            table: subject.name(),
            column: column.name.clone(),
            collation: collation.name.clone(),
            effect: effect(collation)?,
            remedy: format!("say `collation = \"{}\"` in `#[store(..)]`", collation.name),
        })
    };
    subject.adapter.options().scope.iter().filter(is_text).filter_map(finding).collect()
}

/// The conditions on rows of the store that keys hold as predicates.
pub(super) fn conditions(adapter: &Adapter<'_>) -> Vec<Condition> {
    sql::beside_key(adapter).iter().filter_map(|text| condition(text)).collect()
}

/// What a condition says beside those on rows of the store, nothing if that is all; and whether it says all of those.
pub(super) fn without(adapter: &Adapter<'_>, condition: Condition) -> (Option<Condition>, bool) {
    let beside = conditions(adapter);
    let mut parts = Vec::new();
    flatten(condition, &mut parts);
    let is_whole =
        beside.len() == sql::beside_key(adapter).len() && beside.iter().all(|it| parts.contains(it));
    parts.retain(|part| !beside.contains(part));
    let rest = if parts.len() > 1 { Some(Condition::All(parts)) } else { parts.pop() };
    (rest, is_whole)
}

fn flatten(condition: Condition, parts: &mut Vec<Condition>) {
    match condition {
        Condition::All(inner) => inner.into_iter().for_each(|part| flatten(part, parts)),
        other => parts.push(other),
    }
}
