//! Which rows are a store's: those of its scope that are not deleted; and what tells one of them from another.

use super::compare::{bytes, is_loose};
use super::extra::value;
use super::quote::{literal, quote};
use super::stored::{live_alone, live_in_key};
use super::writer::{ID, Writer};
use crate::adapter::{Adapter, Atomic, Dialect, Extra, Part, Source, Stored};
use crate::contract::Entity;
use crate::contract::subscription::SUBSCRIBER_ID;

/// The conditions on rows of the store: its scope, then what is asked for, then that they are not deleted.
pub(super) fn ours(
    query: &mut Writer<'_>,
    asked: impl FnOnce(&mut Writer<'_>) -> Vec<String>,
) -> Vec<String> {
    let adapter = query.adapter();
    let mut conditions: Vec<_> =
        adapter.options().scope.iter().map(|extra| has_value(query, extra, "")).collect();
    conditions.extend(asked(query));
    conditions.extend(not_deleted(adapter, ""));
    conditions
}

/// The same as the end of a statement; nothing where every row will do.
pub(super) fn among_ours(
    query: &mut Writer<'_>,
    asked: impl FnOnce(&mut Writer<'_>) -> Vec<String>,
) -> String {
    let conditions = ours(query, asked);
    if conditions.is_empty() { String::new() } else { format!(" WHERE {}", conditions.join(" AND ")) }
}

/// `"tenant" = $1`, `"parent" IS NULL`; after the name of the table and a dot, where there is one.
pub(super) fn has_value(query: &mut Writer<'_>, extra: &Extra<'_>, of: &str) -> String {
    let equal = equals_value(query, extra, of);
    let dialect = query.adapter().dialect;
    if !is_folded(query.adapter(), extra) {
        return equal;
    }
    let name = bytes(dialect, &extra.column, &format!("{of}{}", quote(dialect, extra.column.name)));
    format!("{equal} AND {name} = {}", value(query, extra, None))
}

/// The same as a unique key compares.
fn equals_value(query: &mut Writer<'_>, extra: &Extra<'_>, of: &str) -> String {
    let name = quote(query.adapter().dialect, extra.column.name);
    match extra.value {
        Source::Literal(Stored::Null) => format!("{of}{name} IS NULL"),
        _ => format!("{of}{name} = {}", value(query, extra, None)),
    }
}

/// Whether the column of a scope holds texts equal that are not the same.
fn is_folded(adapter: &Adapter<'_>, extra: &Extra<'_>) -> bool {
    let is_text = extra.value.is_own() || matches!(extra.value, Source::Literal(Stored::Text(_)));
    is_text && is_loose(adapter.dialect, &extra.column)
}

/// A row that is not deleted has the mark of a live one, or any but that of a deleted one.
fn not_deleted(adapter: &Adapter<'_>, of: &str) -> Option<String> {
    let mark = adapter.options().soft_delete.as_ref()?;
    let name = format!("{of}{}", quote(adapter.dialect, mark.column.name));
    Some(match (mark.live, mark.deleted) {
        (Some(Stored::Null), _) | (None, None) => format!("{name} IS NULL"),
        (Some(live), _) => format!("{name} = {}", literal(adapter.dialect, live)),
        (None, Some(Stored::Null)) => format!("{name} IS NOT NULL"),
        (None, Some(deleted)) => {
            format!("({name} <> {} OR {name} IS NULL)", literal(adapter.dialect, deleted))
        }
    })
}

/// The columns of the scope that tell rows apart within a unique key. One that is NULL does not: no database holds two
/// NULLs in a key for the same, so there it is a condition on the rows of the key.
pub(crate) fn scope_columns<'a>(adapter: &Adapter<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    let options = adapter.options();
    options.scope.iter().filter(|extra| !is_null(extra)).map(|extra| extra.column.name)
}

const fn is_null(extra: &Extra<'_>) -> bool {
    matches!(extra.value, Source::Literal(Stored::Null))
}

/// The names of the columns of a field.
pub(crate) fn names<'a>(adapter: &Adapter<'a>, place: usize) -> impl Iterator<Item = &'a str> + use<'a> {
    adapter.parts_of(place).map(|part| part.column.name)
}

/// The conditions on rows of the store that a unique key can't hold in its columns, as its predicate.
pub(crate) fn beside_key(adapter: &Adapter<'_>) -> Vec<String> {
    let nulls = adapter.options().scope.iter().filter(|extra| is_null(extra));
    let nulls = nulls.map(|extra| format!("{} IS NULL", quote(adapter.dialect, extra.column.name)));
    nulls.chain(not_deleted(adapter, "")).collect()
}

/// The live rows of the store, in literals: Postgres proves nothing about a bind.
pub(crate) fn live_rows(adapter: &Adapter<'_>) -> String {
    let mut conditions = vec![live_in_key(adapter)];
    conditions.extend(beside_key(adapter));
    conditions.join(" AND ")
}

/// The predicate by which statements mean the key behind `atomic`, where the database has predicates.
pub(crate) fn live_rows_of(adapter: &Adapter<'_>) -> Option<String> {
    (adapter.dialect != Dialect::MySql).then(|| live_rows(adapter))
}

/// A unique key of the table.
pub(crate) struct Key<'a> {
    pub(crate) columns: Vec<&'a str>,
    pub(crate) predicate: Option<String>,
}

impl Key<'_> {
    /// `("tenant", "id") WHERE ..`, as a conflict is targeted and an index is made.
    pub(crate) fn target(&self, adapter: &Adapter<'_>) -> String {
        let columns: Vec<_> = self.columns.iter().map(|name| quote(adapter.dialect, name)).collect();
        let predicate = self.predicate.as_ref().map(|it| format!(" WHERE {it}"));
        format!("({}){}", columns.join(", "), predicate.unwrap_or_default())
    }

    /// The condition on rows that have the record's values in the columns of the key; none where a column gets its value
    /// from elsewhere.
    pub(super) fn same(&self, query: &mut Writer<'_>) -> Option<Vec<String>> {
        let columns = self.columns.iter().map(|name| has_same(query, name));
        let mut conditions = columns.collect::<Option<Vec<_>>>()?;
        conditions.extend(self.predicate.as_ref().map(|predicate| format!("({predicate})")));
        Some(conditions)
    }
}

fn has_same(query: &mut Writer<'_>, name: &str) -> Option<String> {
    let adapter = query.adapter();
    if let Some(part) = adapter.written().chain(adapter.parts()).find(|part| part.column.name == name) {
        return Some(query.equal_part(part));
    }
    let options = adapter.options();
    let extra = options.scope.iter().find(|extra| extra.column.name == name);
    if let Some(extra) = extra {
        return Some(equals_value(query, extra, ""));
    }
    let mut extras = options.insert.iter().chain(options.write).zip(0..);
    let (extra, number) = extras.find(|(extra, _)| extra.column.name == name)?;
    let name = quote(adapter.dialect, name);
    Some(format!("{name} = {}", value(query, extra, Some(number))))
}

/// The key that identifies a record: the one that is said, or the scope and the id. One id of a database that makes them
/// is nowhere twice.
pub(crate) fn identity<'a>(adapter: &Adapter<'a>) -> Key<'a> {
    match adapter.options().key {
        Some(key) => Key { columns: key.columns.to_vec(), predicate: key.predicate.map(str::to_owned) },
        None if adapter.makes_ids() => Key { columns: names(adapter, ID).collect(), predicate: None },
        None => {
            let columns = scope_columns(adapter).chain(names(adapter, ID));
            Key { columns: columns.collect(), predicate: None }
        }
    }
}

/// The key behind `atomic`.
pub(super) fn live_key<'a>(adapter: &Adapter<'a>) -> Key<'a> {
    match adapter.options().atomic {
        Atomic::Key(key) => {
            Key { columns: key.columns.to_vec(), predicate: key.predicate.map(str::to_owned) }
        }
        _ => Key {
            columns: scope_columns(adapter).chain(names(adapter, SUBSCRIBER_ID)).collect(),
            predicate: Some(live_rows(adapter)),
        },
    }
}

/// The conditions on rows that keep the record's subscriber from another live one.
pub(super) fn rivals(query: &mut Writer<'_>) -> Vec<String> {
    declared_rivals(query)
        .unwrap_or_else(|| ours(query, |query| vec![query.is(SUBSCRIBER_ID), live_alone(query.adapter())]))
}

/// The same without the record's own row.
pub(super) fn other_rivals(query: &mut Writer<'_>) -> Vec<String> {
    match declared_rivals(query) {
        // A key of the table's own can be one across scopes, and ids those of each.
        Some(mut conditions) => {
            let own = has_identity(query).join(" AND ");
            conditions.push(format!("({own}) IS NOT TRUE"));
            conditions
        }
        None => {
            ours(query, |query| vec![query.is(SUBSCRIBER_ID), live_alone(query.adapter()), is_another(query)])
        }
    }
}

/// Those that the table's own key behind `atomic` holds for one.
fn declared_rivals(query: &mut Writer<'_>) -> Option<Vec<String>> {
    let adapter = query.adapter();
    match adapter.options().atomic {
        Atomic::Key(_) if adapter.extended => live_key(adapter).same(query),
        _ => None,
    }
}

/// The condition on the row with the key of the record.
pub(super) fn has_identity(query: &mut Writer<'_>) -> Vec<String> {
    let adapter = query.adapter();
    identity(adapter)
        .same(query)
        .expect("the key of a record is made of its fields and of columns of known values")
}

/// That a row of the store is not the record's own. A new one has no id where the database makes it.
pub(super) fn is_another(query: &mut Writer<'_>) -> String {
    if query.adapter().makes_ids() {
        return format!("({}) IS NOT TRUE", query.is(ID));
    }
    query.differs(ID)
}

/// The conditions on rows of the store that the key of a record doesn't hold: what has its key and breaks one of them is
/// another's row, or a deleted one.
pub(super) fn beyond_identity(query: &mut Writer<'_>, of: &str) -> Vec<String> {
    let adapter = query.adapter();
    let scope = adapter.options().scope.iter().filter(|extra| is_beyond(adapter, extra));
    let mut conditions: Vec<_> = scope.map(|extra| has_value(query, extra, of)).collect();
    conditions.extend(twins(adapter).map(|part| query.is_same_text(part, of)));
    conditions.extend(not_deleted(adapter, of));
    conditions
}

/// The columns of the id in which the key of a record holds two equal that are not the same.
fn twins<'a>(adapter: &Adapter<'a>) -> impl Iterator<Item = Part<'a>> + use<'a> {
    let (dialect, key) = (adapter.dialect, identity(adapter));
    let is_in_key = move |part: &Part<'_>| key.columns.contains(&part.column.name);
    adapter.parts_of(ID).filter(move |part| is_loose(dialect, part.column)).filter(is_in_key)
}

fn is_beyond(adapter: &Adapter<'_>, extra: &Extra<'_>) -> bool {
    is_folded(adapter, extra) || !identity(adapter).columns.contains(&extra.column.name)
}

/// Whether the statement that asks for conflicts also tells of a row that has the key of the record and is not one of the
/// store's. Where the database makes the ids, nothing is written under such a key.
#[must_use]
pub fn asks_for_taken(adapter: &Adapter<'_>) -> bool {
    let options = adapter.options();
    let can_be_taken = twins(adapter).next().is_some()
        || options.soft_delete.is_some()
        || options.scope.iter().any(|extra| is_beyond(adapter, extra));
    let is_asked = adapter.entity != Entity::Usage && !adapter.makes_ids();
    can_be_taken && is_asked && adapter.dialect == Dialect::MySql
}
