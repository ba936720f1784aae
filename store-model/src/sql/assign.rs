//! What an update makes of a column: what reads as the value that is saved already stays as it is.

use super::compare::{bytes, is_text};
use super::quote::{literal, quote};
use super::stored::{exact, is_one_of, meanings, stored};
use super::writer::{Writer, name, quoted};
use super::{document, form, spelling, tuple, within};
use crate::adapter::{Adapter, Column, Dialect, Duty, Null, Part, Place, Stored};
use crate::contract::Kind;
use crate::form::{Carrier, Form};

/// `"column" = ?`, which gives a column its value.
pub(super) fn set(query: &mut Writer<'_>, part: Part<'_>) -> String {
    assign(query, part, Row::Placeholders)
}

/// `"column" = excluded."column"`, where a row that could not be inserted is called so.
pub(super) fn set_excluded(query: &mut Writer<'_>, part: Part<'_>) -> String {
    assign(query, part, Row::Excluded)
}

fn assign(query: &mut Writer<'_>, part: Part<'_>, row: Row) -> String {
    if let Some(document) = query.adapter().document(part) {
        return document::set(query, &document, &row.of(query.adapter()));
    }
    let now = row.now(query.adapter(), part);
    let value = value(query, part, row, &now);
    format!("{} = {value}", quoted(query.adapter(), part))
}

/// Where the values come from that a row gets.
#[derive(Clone, Copy)]
pub(super) enum Row {
    Placeholders,
    Excluded,
}

impl Row {
    /// What stands before a column of the row that is there.
    fn of(self, adapter: &Adapter<'_>) -> String {
        match self {
            Self::Placeholders => String::new(),
            Self::Excluded => format!("{}.", quote(adapter.dialect, adapter.table.name)),
        }
    }

    /// What a column has.
    pub(super) fn now(self, adapter: &Adapter<'_>, part: Part<'_>) -> String {
        format!("{}{}", self.of(adapter), quoted(adapter, part))
    }

    /// What a column gets.
    pub(super) fn next(self, query: &mut Writer<'_>, part: Part<'_>) -> String {
        match self {
            Self::Placeholders => query.part(part),
            Self::Excluded => format!("excluded.{}", quoted(query.adapter(), part)),
        }
    }
}

/// The value that a column gets, `now` being the one that it has.
fn value(query: &mut Writer<'_>, part: Part<'_>, row: Row, now: &str) -> String {
    let adapter = query.adapter();
    let column = part.column;
    let new = |query: &mut Writer<'_>| row.next(query, part);
    if column.via.is_some() {
        // What leads to the value already may be written in another way.
        let same = if matches!(column.null, Some(Null::Is(_))) { query.key(part) } else { new(query) };
        return format!("CASE WHEN {now} = {same} THEN {now} ELSE {} END", new(query));
    }
    if column.without_time().is_some() {
        let new = new(query);
        return format!(
            "CASE WHEN {new} IS NULL THEN NULL ELSE COALESCE({now}, {}) END",
            row.next(query, part)
        );
    }
    let mut kept = match (&column.labels, column.null) {
        _ if adapter.column(part.place).is_some_and(|first| !first.beside.is_empty()) => {
            tuple::kept(query, part, row)
        }
        (Some(_), _) => by_label(query, column, now, &new),
        // Another field reads it otherwise than NULL.
        (None, Some(Null::Is(_) | Null::IsField(_))) if is_read_otherwise(adapter, part) => Vec::new(),
        (None, Some(Null::Is(_) | Null::IsField(_))) => vec![has_value(query, part, now)],
        // None is written as what stands for it.
        (None, Some(Null::Also(_))) => {
            let plain = query.key(part);
            return format!("CASE WHEN {now} IS NULL THEN {plain} ELSE {} END", new(query));
        }
        (None, Some(Null::Never) | None) => Vec::new(),
    };
    if is_feature(adapter, part) {
        let no = literal(adapter.dialect, no_of(column));
        kept.push(format!("{now} IS NULL AND {} = {no}", new(query)));
    }
    if spelling::has_several(adapter.dialect, column) {
        kept.push(spelling::is_same(adapter.dialect, column, now, &new(query)));
    }
    if kept.is_empty() {
        return new(query);
    }
    let kept: String = kept.iter().map(|kept| format!(" WHEN {kept} THEN {now}")).collect();
    format!("CASE{kept} ELSE {} END", new(query))
}

/// Whether another field that is kept in the column takes NULL for something else.
fn is_read_otherwise(adapter: &Adapter<'_>, part: Part<'_>) -> bool {
    let mut others = adapter.columns().filter(|(_, it)| it.duty == Duty::Agreeing);
    others.any(|(_, it)| adapter.is_one(it, part.column) && it.null != part.column.null)
}

/// Whether a column says of a feature whether it is there; NULL says that it is not.
fn is_feature(adapter: &Adapter<'_>, part: Part<'_>) -> bool {
    let is_list = adapter.entity.fields()[part.place].kind == Kind::List;
    is_list && matches!(adapter.fields[part.place], Place::Keys(_))
}

const fn no_of(column: &Column<'_>) -> Stored<'static> {
    match column.form {
        Form::Boolean => Stored::Boolean(false),
        _ => Stored::Integer(0),
    }
}

/// For each value with several labels: that it is saved, and that the row has another of its labels.
pub(super) fn by_label(
    query: &mut Writer<'_>,
    column: &Column<'_>,
    now: &str,
    new: &impl Fn(&mut Writer<'_>) -> String,
) -> Vec<String> {
    let dialect = query.adapter().dialect;
    let mut kept = Vec::new();
    for stored in meanings(column).into_iter().map(|meaning| stored(column, meaning)) {
        if let [written, others @ ..] = stored.as_slice()
            && !others.is_empty()
        {
            let new = new(query);
            let is_saved = is_one_of(dialect, &exact(dialect, column, &new), &[*written]);
            kept.push(format!("{is_saved} AND {}", has_one_of(dialect, column, now, others)));
        }
    }
    kept
}

fn has_one_of(dialect: Dialect, column: &Column<'_>, now: &str, values: &[Stored<'_>]) -> String {
    is_one_of(dialect, &exact(dialect, column, now), values)
}

/// That the row has the value that is saved by the letter, though NULL stands for it.
pub(super) fn has_value(query: &mut Writer<'_>, part: Part<'_>, now: &str) -> String {
    let adapter = query.adapter();
    let equal = same(query, part, now);
    match part.column.null {
        // Of a field that the database makes nobody knows beforehand whether NULL will stand for the value.
        Some(Null::IsField(other)) if is_generated(adapter, other) => {
            let key = query.key(part);
            let other = quoted_beside(adapter, now, other);
            format!("({equal} OR ({now} IS NULL AND {other} = {key}))")
        }
        _ => equal,
    }
}

fn is_generated(adapter: &Adapter<'_>, place: u8) -> bool {
    adapter.column(place.into()).is_some_and(|column| column.duty == Duty::Generated)
}

/// Another column of the same row, by the table's name where `now` has it.
fn quoted_beside(adapter: &Adapter<'_>, now: &str, place: u8) -> String {
    let part = adapter.part(place.into(), 0);
    let name = name(adapter, part);
    let name = match now.split_once('.') {
        Some(_) => format!("{}.{name}", quote(adapter.dialect, adapter.table.name)),
        None => name,
    };
    if part.column.is_within() { within::value(adapter.dialect, part.column, &name) } else { name }
}

/// That an expression is the value of a column by the letter.
fn same(query: &mut Writer<'_>, part: Part<'_>, expression: &str) -> String {
    let (dialect, column) = (query.adapter().dialect, part.column);
    if is_text(dialect, column) {
        return format!("{} = {}", bytes(dialect, column, expression), query.raw_key(part));
    }
    if column.form.carrier(dialect) != Carrier::Json {
        return format!("{expression} = {}", query.key(part));
    }
    let key = query.raw_key(part);
    match dialect {
        // `json` has no `=`.
        Dialect::Postgres => format!("{expression}::text = {}::text", form::sent(dialect, column, key)),
        _ => format!("{} = {key}", bytes(dialect, column, expression)),
    }
}
