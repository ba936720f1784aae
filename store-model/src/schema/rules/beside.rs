//! What is beside the fields: columns that options name, and the conditions on rows that keys hold as predicates.

use super::Subject;
use super::collations::{effect, is_settled};
use crate::adapter::{Adapter, Column, Extra, Source, Stored};
use crate::contract::{Entity, Kind};
use crate::form::Form;
use crate::schema::finding::Finding;
use crate::schema::predicate::{Condition, condition};
use crate::schema::table::Collation;
use crate::schema::types::{self, Fit};
use crate::schema::{remedy, table};
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

/// Each holds what the option writes or compares.
pub(super) fn unfit(subject: &Subject<'_>) -> Vec<Finding> {
    values(subject).into_iter().filter_map(|value| value.unfit(subject)).collect()
}

/// Each takes NULL, where that is what the option writes.
pub(super) fn unwritable(subject: &Subject<'_>) -> Vec<Finding> {
    let finding = |value: Value<'_>| {
        let is_null = value.source == Source::Literal(Stored::Null);
        let column = value.found(subject).filter(|column| is_null && !column.nullable)?;
        Some(Finding::OptionColumnNeverNull {
            table: subject.name(),
            column: column.name.clone(),
            option: value.option.into(),
            remedy: remedy::let_be_null(subject.adapter, column),
        })
    };
    let is_written = !subject.is_view() && !subject.adapter.options().read_only;
    values(subject).into_iter().filter(|_| is_written).filter_map(finding).collect()
}

/// None is made by the database.
pub(super) fn generated(subject: &Subject<'_>) -> Vec<Finding> {
    let finding = |value: Value<'_>| {
        let column = value.found(subject).filter(|column| column.generated.is_some())?;
        Some(Finding::OptionColumnGenerated {
            table: subject.name(),
            column: column.name.clone(),
            option: value.option.into(),
            remedy: format!("make it a plain column, or leave it out of `{}`", value.option),
        })
    };
    let is_written = !subject.is_view() && !subject.adapter.options().read_only;
    values(subject).into_iter().filter(|_| is_written).filter_map(finding).collect()
}

/// What an option writes into a column, or compares with it.
struct Value<'a> {
    column: Column<'a>,
    option: &'static str,
    source: Source<'a>,
    kind: Kind,
    is_compared: bool,
}

fn values<'a>(subject: &Subject<'a>) -> Vec<Value<'a>> {
    let adapter = subject.adapter;
    let options = adapter.options();
    let kind = |source| match source {
        Source::Field(place) => adapter.entity.fields()[usize::from(place)].kind,
        _ => Kind::Key,
    };
    let of = |extras: &'a [Extra<'a>], option| {
        extras.iter().map(move |extra| Value {
            column: extra.column,
            option,
            source: extra.value,
            kind: kind(extra.value),
            is_compared: option == "scope",
        })
    };
    let extras =
        of(options.scope, "scope").chain(of(options.insert, "insert")).chain(of(options.write, "write"));
    let marks = options.soft_delete.iter().flat_map(|mark| {
        let literals = [mark.live, mark.deleted].into_iter().flatten().map(Source::Literal);
        // Where no mark of deletion is said, it is the time of it, in the form of the column.
        let time = mark.deleted.is_none().then_some(Source::Field(0));
        literals.chain(time).map(|source| Value {
            column: mark.column,
            option: "soft_delete",
            source,
            kind: Kind::OptionalTime,
            is_compared: true,
        })
    });
    extras.chain(marks).collect()
}

impl Value<'_> {
    fn found<'s>(&self, subject: &'s Subject<'_>) -> Option<&'s table::Column> {
        subject.table.column(subject.dialect(), self.column.name)
    }

    fn is_mark(&self) -> bool {
        self.option == "soft_delete"
    }

    fn unfit(&self, subject: &Subject<'_>) -> Option<Finding> {
        let dialect = subject.dialect();
        let column = self.found(subject).filter(|column| !column.type_name.is_empty())?;
        let needed = match self.source {
            Source::Literal(stored) if !types::takes(dialect, column, stored, self.is_compared) => {
                sql::literal(dialect, stored)
            }
            Source::Opaque(_) if self.column.sql_type.is_none() => return None,
            Source::Own(_) if self.is_bound_text() && types::takes_bound_text(dialect, column) => {
                return None;
            }
            // What is copied from another table is of whichever type it has there; the form is that of what is looked for.
            Source::Field(_) if self.column.via.is_some() => return None,
            // Usage is never deleted, and of what is marked the time is not read.
            Source::Field(_) if self.is_mark() && subject.adapter.entity == Entity::Usage => return None,
            Source::Field(_) if self.is_mark() && types::marks_time(dialect, column, self.column.form) => {
                return None;
            }
            Source::Own(_) | Source::Opaque(_) | Source::Field(_) => {
                match types::fit_column(dialect, column, &self.column, self.kind, &[]) {
                    Fit::Fits => return None,
                    _ => sql::column_type_of(dialect, &self.column, self.kind),
                }
            }
            Source::Literal(_) | Source::Sql(_) => return None,
        };
        Some(Finding::OptionColumnType {
            table: subject.name(),
            column: column.name.clone(),
            option: self.option.into(),
            found: column.type_name.clone(),
            needed,
            remedy: match column.type_name.as_str() {
                "uuid" if self.is_bound_text() => scope_of_type(&column.name, "uuid"),
                _ => "name another column, or give this one that type".into(),
            },
        })
    }

    /// Whether the text of a field of the struct is bound as one.
    fn is_bound_text(&self) -> bool {
        let is_plain = self.column.form == Form::Text && self.column.sql_type.is_none();
        is_plain && matches!(self.source, Source::Own(_))
    }
}

/// What casts the value of a field of the struct.
fn scope_of_type(column: &str, type_name: &str) -> String {
    format!("write `scope(column = \"{column}\", type = \"{type_name}\")`")
}

/// Scopes are compared byte for byte.
pub(super) fn collations(subject: &Subject<'_>) -> Vec<Finding> {
    let is_text =
        |extra: &&Extra<'_>| extra.value.is_own() || matches!(extra.value, Source::Literal(Stored::Text(_)));
    let finding = |extra: &Extra<'_>| {
        let column = subject.table.column(subject.dialect(), extra.column.name)?;
        let is_literal = matches!(extra.value, Source::Literal(_));
        let is_equal = |it: &&Collation| is_literal || subject.compares(column, it);
        let collation = column.collation.as_ref().filter(is_equal);
        let collation = collation.filter(|it| !is_settled(&extra.column, it))?;
        Some(Finding::ColumnCollation {
            table: subject.name(),
            column: column.name.clone(),
            collation: collation.name.clone(),
            effect: effect(collation)?,
            remedy: match extra.value {
                Source::Own(_) | Source::Opaque(_) if collation.is_of_type() => {
                    scope_of_type(extra.column.name, &column.type_name)
                }
                _ if collation.is_of_type() => remedy::compare_scope_bytes(subject.adapter, column),
                _ => format!("say `collation = \"{}\"` in `#[store(..)]`", collation.name),
            },
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
