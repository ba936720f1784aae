//! The unique keys of ids and provider ids.

use super::words::are_alike;
use super::{Subject, beside};
use crate::adapter::{Column, Constant, Dialect, Null};
use crate::form::Form;
use crate::schema::finding::Finding;
use crate::schema::predicate::{Case, Condition, Literal, are_same_words, case, condition, implies};
use crate::schema::remedy;
use crate::schema::table::{Index, Part, same_name};
use crate::sql::{identity, names, provider_key, provider_place, scope_columns};

/// An id belongs to one record.
pub(super) fn id(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    if subject.is_view() || subject.column(0).is_none() || adapter.options().read_only {
        return Vec::new();
    }
    let key = identity(adapter);
    let has_predicate = key.predicate.is_some();
    let over = subject.keys_over(key.columns.clone());
    let of_rows =
        over.filter(|index| index.predicate.is_some() == has_predicate || adapter.dialect == Dialect::MySql);
    let (keys, others): (Vec<_>, Vec<_>) = of_rows.partition(|index| {
        let meant = key.predicate.as_deref().filter(|_| adapter.dialect != Dialect::MySql);
        meant.is_none_or(|meant| is_known_by(subject, index, meant))
    });
    if let (Some(index), Some(meant), true) = (others.first(), &key.predicate, keys.is_empty()) {
        return vec![other_words(subject, index, meant, remedy::add_id_key(adapter, Some(index)))];
    }
    usable(subject, &keys, |old| remedy::add_id_key(adapter, old)).unwrap_or_else(|remedy| {
        let id: Vec<_> = names(adapter, 0).collect();
        let is_of_table = adapter.options().key.is_none() && subject.keys_over(id.clone()).next().is_some();
        let of_ids = id.join("\", \"");
        let declare =
            || format!("say `key(\"{of_ids}\")` in `#[store(..)]`, as ids are of the whole table here");
        vec![Finding::IdKeyMissing {
            table: subject.name(),
            column: key.columns.join("`, `"),
            remedy: if is_of_table && key.columns.len() > id.len() { declare() } else { remedy },
        }]
    })
}

/// Whether the database sees that an index holds the rows that a statement means by a predicate.
pub(super) fn is_known_by(subject: &Subject<'_>, index: &Index, meant: &str) -> bool {
    let Some(rows) = index.predicate.as_deref() else { return true };
    let is_implied =
        || condition(meant).zip(condition(rows)).is_some_and(|(meant, rows)| implies(&meant, &rows));
    // What it proves of SQL of the user, it proves when it plans.
    let is_proven = || is_implied() || are_alike(rows, meant);
    are_same_words(rows, meant) || (subject.dialect() == Dialect::Postgres && is_proven())
}

/// That the database doesn't see it.
pub(super) fn other_words(subject: &Subject<'_>, index: &Index, meant: &str, remedy: String) -> Finding {
    Finding::KeyWords {
        table: subject.name(),
        key: index.name.clone(),
        rows: index.predicate.clone().unwrap_or_default(),
        words: meant.into(),
        remedy,
    }
}

/// A provider id belongs to one record, and any number of records have none.
pub(super) fn provider(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    let place = provider_place(adapter.entity).filter(|&place| subject.column(place).is_some());
    let is_written = !subject.is_view() && !adapter.options().read_only;
    let Some(place) = place.filter(|_| is_written) else {
        return Vec::new();
    };
    let own = |old: Option<&Index>| remedy::own_key(subject, &provider_key(adapter), old);
    // It may be the id, or repeat.
    if adapter.are_one(place, 0) || adapter.kept(place).repeats {
        return Vec::new();
    }
    let mut keys: Vec<_> = subject.keys_on(place).filter(|index| holds_all(subject, place, index)).collect();
    // A provider id can belong to one record of all scopes.
    if scope_columns(adapter).next().is_some() {
        let of_all = subject.keys_over(names(adapter, place).collect());
        keys.extend(of_all.filter(|index| holds_all(subject, place, index)));
    }
    keys.extend(made(subject, place));
    let holds_nulls = |key: &Index| key.nulls_equal && key.predicate.is_none();
    if let Some(key) = keys.iter().find(|key| holds_nulls(key) || holds_none(subject, place, key)) {
        return vec![Finding::ProviderKeyTooWide {
            table: subject.name(),
            key: key.name.clone(),
            remedy: own(Some(key)),
        }];
    }
    usable(subject, &keys, own).unwrap_or_else(|remedy| {
        vec![Finding::ProviderKeyMissing {
            table: subject.name(),
            column: names(adapter, place).collect::<Vec<_>>().join("`, `"),
            remedy,
        }]
    })
}

/// Whether every row with a value is in the index.
fn holds_all(subject: &Subject<'_>, place: usize, index: &Index) -> bool {
    let predicate = index.predicate.as_deref();
    predicate.is_none_or(|text| condition(text).is_some_and(|it| is_of_values(subject, place, &it)))
}

/// Whether a condition holds for every row with a value.
fn is_of_values(subject: &Subject<'_>, place: usize, condition: &Condition) -> bool {
    if beside::conditions(subject.adapter).contains(condition) {
        return true;
    }
    let own = subject.adapter.kept(place);
    let is_own = |column: &str| same_name(subject.dialect(), column, own.name);
    match condition {
        Condition::NotNull(column) => is_own(column),
        Condition::Not { column, value } => is_own(column) && none(own).as_ref() == Some(value),
        Condition::All(parts) => parts.iter().all(|part| is_of_values(subject, place, part)),
        _ => false,
    }
}

/// Whether the rows with the value that stands for none are in the index, of which it then takes one.
fn holds_none(subject: &Subject<'_>, place: usize, index: &Index) -> bool {
    fn leaves_out(condition: &Condition, none: &Literal) -> bool {
        match condition {
            Condition::Not { value, .. } => value == none,
            Condition::All(parts) => parts.iter().any(|part| leaves_out(part, none)),
            _ => false,
        }
    }
    let Some(none) = none(subject.adapter.kept(place)) else {
        return false;
    };
    let made = made_of(subject, place, index).map(|case| case.condition);
    let rows = index.predicate.as_deref().and_then(condition).or(made);
    !rows.is_some_and(|rows| leaves_out(&rows, &none))
}

/// How the values of an index are made, of one column that the database makes from others.
fn made_of(subject: &Subject<'_>, place: usize, index: &Index) -> Option<Case> {
    let Part::Column { name, .. } = subject.in_stead_of(place, index)? else {
        return None;
    };
    case(subject.table.column(subject.dialect(), name)?.generated.as_deref()?)
}

/// On MySQL, which has no predicates: unique indexes of values that are NULL in the rows without a value.
fn made<'a>(subject: &'a Subject<'_>, place: usize) -> impl Iterator<Item = &'a Index> {
    let is_made = move |index: &&Index| {
        made_of(subject, place, index).is_some_and(|case| {
            same_name(subject.dialect(), &case.column, subject.last(place))
                && is_of_values(subject, place, &case.condition)
        })
    };
    subject.table.indexes.iter().filter(|index| index.unique).filter(is_made)
}

/// What is stored for none in a column.
fn none(column: &Column<'_>) -> Option<Literal> {
    let Some(Null::Also(Constant::Text(none))) = column.null else { return None };
    Some(match column.form {
        Form::Integer(_) => Literal::Integer(none.parse().ok()?),
        Form::UuidBytes => Literal::bytes(&none.replace('-', "")),
        _ => Literal::Text(none.to_owned()),
    })
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
