//! Columns beside those of the fields: the scope's, further ones that are written, and the mark of what is deleted.

use super::form;
use super::quote::{literal, quote};
use super::writer::Writer;
use crate::adapter::{self, Adapter, Column, Dialect, Extra, NOW, SoftDelete, Source, Stored, own};
use crate::contract::Kind;
use crate::form::Form;

/// The value of a further column, by its number among those that are inserted and written.
pub(super) fn value(query: &mut Writer<'_>, extra: &Extra<'_>, number: Option<u8>) -> String {
    let dialect = query.adapter().dialect;
    if let (Some(via), Some(number)) = (extra.column.via, number) {
        return query.link(&extra.column, via, |query| query.bind(adapter::extra(number)));
    }
    let placeholder = match (extra.value, number) {
        (Source::Literal(stored), _) => return literal(dialect, stored),
        (Source::Sql(text), _) => return format!("({text})"),
        (Source::Own(number) | Source::Opaque(number), _) => query.bind(own(number)),
        (Source::Field(_), Some(number)) => query.bind(adapter::extra(number)),
        (Source::Field(_), None) => panic!("the scope does not depend on the record"),
    };
    form::sent(dialect, &extra.column, placeholder)
}

/// Those that are written when a row is made, by number.
fn inserted<'a>(adapter: &Adapter<'a>) -> impl Iterator<Item = (&'a Extra<'a>, u8)> + use<'a> {
    let options = adapter.options();
    options.insert.iter().chain(options.write).zip(0..)
}

/// Those that are written each time, by number.
pub(super) fn rewritten<'a>(adapter: &Adapter<'a>) -> impl Iterator<Item = (&'a Extra<'a>, u8)> + use<'a> {
    let inserted_only = adapter.options().insert.len();
    inserted(adapter).skip(inserted_only)
}

/// The mark of a row that is not deleted, where it is a certain one.
fn live_mark<'a>(adapter: &Adapter<'a>) -> Option<(&'a str, Stored<'a>)> {
    let mark = adapter.options().soft_delete.as_ref()?;
    Some((mark.column.name, mark.live?))
}

/// The quoted columns of a new row, those of the fields between the others.
pub(super) fn columns(adapter: &Adapter<'_>, fields: impl Iterator<Item = String>) -> Vec<String> {
    let name = |name: &str| quote(adapter.dialect, name);
    let mut columns: Vec<_> = adapter.options().scope.iter().map(|extra| name(extra.column.name)).collect();
    columns.extend(fields);
    columns.extend(inserted(adapter).map(|(extra, _)| name(extra.column.name)));
    columns.extend(live_mark(adapter).map(|(mark, _)| name(mark)));
    columns
}

/// The values of a new row in the same order.
pub(super) fn values(
    query: &mut Writer<'_>,
    fields: impl FnOnce(&mut Writer<'_>) -> Vec<String>,
) -> Vec<String> {
    let adapter = query.adapter();
    let mut values: Vec<_> = adapter.options().scope.iter().map(|extra| value(query, extra, None)).collect();
    values.extend(fields(query));
    values.extend(inserted(adapter).map(|(extra, number)| value(query, extra, Some(number))));
    values.extend(live_mark(adapter).map(|(_, mark)| literal(adapter.dialect, mark)));
    values
}

/// The values of those columns of a new row that are asked for by name.
pub(super) fn named<'a>(
    query: &mut Writer<'a>,
    is_asked: impl Fn(&str) -> bool,
) -> Vec<(&'a Column<'a>, String)> {
    let adapter = query.adapter();
    let scope = adapter.options().scope.iter().map(|extra| (extra, None));
    let all = scope.chain(inserted(adapter).map(|(extra, number)| (extra, Some(number))));
    let asked = all.filter(|(extra, _)| is_asked(extra.column.name));
    asked.map(|(extra, number)| (&extra.column, value(query, extra, number))).collect()
}

/// `"changed_by" = ?` for each column that is written each time.
pub(super) fn assignments(query: &mut Writer<'_>) -> Vec<String> {
    let adapter = query.adapter();
    rewritten(adapter).map(|(extra, number)| assignment(query, extra, number)).collect()
}

/// The same where there is no record to take a value from.
pub(super) fn assignments_without_record(query: &mut Writer<'_>) -> Vec<String> {
    let adapter = query.adapter();
    rewritten(adapter)
        .filter(|(extra, _)| !matches!(extra.value, Source::Field(_)))
        .map(|(extra, number)| assignment(query, extra, number))
        .collect()
}

fn assignment(query: &mut Writer<'_>, extra: &Extra<'_>, number: u8) -> String {
    let name = quote(query.adapter().dialect, extra.column.name);
    format!("{name} = {}", value(query, extra, Some(number)))
}

/// `"deleted_at" = ?`, where what is deleted is marked.
pub(super) fn deletion(query: &mut Writer<'_>) -> Option<String> {
    let adapter = query.adapter();
    let mark = adapter.options().soft_delete.as_ref()?;
    let deleted = match mark.deleted {
        Some(stored) => literal(adapter.dialect, stored),
        None => {
            let now = query.bind(NOW);
            form::sent(adapter.dialect, &mark.column, now)
        }
    };
    Some(format!("{} = {deleted}", quote(adapter.dialect, mark.column.name)))
}

/// The lines that define the columns of the scope.
pub(super) fn scope_lines(adapter: &Adapter<'_>) -> Vec<String> {
    let line = |extra: &Extra<'_>| {
        let null = if extra.value == Source::Literal(Stored::Null) { "" } else { " NOT NULL" };
        format!("{}{null}", definition(adapter, extra))
    };
    adapter.options().scope.iter().map(line).collect()
}

/// The lines that define the other columns.
pub(super) fn lines(adapter: &Adapter<'_>) -> Vec<String> {
    let mut lines: Vec<_> = inserted(adapter).map(|(extra, _)| definition(adapter, extra)).collect();
    lines.extend(adapter.options().soft_delete.as_ref().map(|mark| mark_definition(adapter, mark)));
    lines
}

fn mark_definition(adapter: &Adapter<'_>, mark: &SoftDelete<'_>) -> String {
    let value = mark.deleted.or(mark.live).map(Source::Literal);
    let kind = if value.is_some() { Kind::Key } else { Kind::OptionalTime };
    let column_type = column_type(adapter, &mark.column, value, kind);
    format!("{} {column_type}", quote(adapter.dialect, mark.column.name))
}

/// A column beside those of the fields: its name, the option that says it, and how it is defined.
pub(crate) struct Beside<'a> {
    pub(crate) name: &'a str,
    pub(crate) option: &'static str,
    pub(crate) definition: String,
    /// Whether a new row gets a value there.
    pub(crate) is_written: bool,
}

/// Every column beside those of the fields.
pub(crate) fn beside<'a>(adapter: &Adapter<'a>) -> Vec<Beside<'a>> {
    let options = adapter.options();
    let of = |extras: &'a [Extra<'a>], option| {
        extras.iter().map(move |extra| Beside {
            name: extra.column.name,
            option,
            definition: definition(adapter, extra),
            is_written: true,
        })
    };
    let extras =
        of(options.scope, "scope").chain(of(options.insert, "insert")).chain(of(options.write, "write"));
    let mark = options.soft_delete.as_ref().map(|mark| Beside {
        name: mark.column.name,
        option: "soft_delete",
        definition: mark_definition(adapter, mark),
        is_written: mark.live.is_some(),
    });
    extras.chain(mark).collect()
}

fn definition(adapter: &Adapter<'_>, extra: &Extra<'_>) -> String {
    let kind = match extra.value {
        Source::Field(place) => adapter.entity.fields()[usize::from(place)].kind,
        _ => Kind::Key,
    };
    let column_type = column_type(adapter, &extra.column, Some(extra.value), kind);
    format!("{} {column_type}", quote(adapter.dialect, extra.column.name))
}

/// The type of a column: that of its form, or where only a text was said, that of the value.
fn column_type(adapter: &Adapter<'_>, column: &Column<'_>, value: Option<Source<'_>>, kind: Kind) -> String {
    let dialect = adapter.dialect;
    let is_plain = column.form == Form::Text && column.sql_type.is_none();
    match value {
        Some(Source::Literal(Stored::Integer(_))) if is_plain => {
            form::column_type(dialect, &Column::new(column.name, Form::INTEGER), kind)
        }
        Some(Source::Literal(Stored::Boolean(_))) if is_plain => {
            form::column_type(dialect, &Column::new(column.name, Form::Boolean), kind)
        }
        // Of a key with several such columns MySQL has room for 768 letters.
        Some(Source::Literal(_) | Source::Own(_) | Source::Opaque(_))
            if is_plain && dialect == Dialect::MySql =>
        {
            "VARCHAR(64)".into()
        }
        _ => form::column_type(dialect, column, kind),
    }
}
