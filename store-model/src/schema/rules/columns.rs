//! The columns: that they are there, and hold what is kept in them.

use super::Subject;
use super::labels::{meanings, values};
use crate::adapter::{Adapter, Dialect, Part, Stored};
use crate::contract::{Entity, usage};
use crate::schema::finding::Finding;
use crate::schema::remedy;
use crate::schema::table::{self, Identity, same_name};
use crate::schema::types::{Fit, fit_column};
use crate::sql;

/// Each field has its column.
pub(super) fn missing(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    let missing = adapter.stored().filter(|part| subject.part(*part).is_none());
    missing
        .map(|part| Finding::ColumnMissing {
            table: subject.name(),
            column: part.column.name.into(),
            field: adapter.field(part.place).into(),
            remedy: remedy::add_column(adapter, part),
        })
        .collect()
}

/// Each column can hold every value of its field.
pub(super) fn unfit(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    let finding = |(part, it): (Part<'_>, &table::Column)| {
        let (table, column, found) = (subject.name(), it.name.clone(), it.type_name.clone());
        let needed = sql::column_type(adapter, part);
        let remedy = || remedy::change_column(adapter, part, it);
        match fit(subject, part, it) {
            Fit::Fits => None,
            Fit::Other => Some(Finding::ColumnType { table, column, found, needed, remedy: remedy() }),
            Fit::Narrow => Some(Finding::ColumnNarrow { table, column, found, needed, remedy: remedy() }),
            Fit::Coarse => Some(Finding::ColumnCoarse { table, column, found, needed, remedy: remedy() }),
            Fit::Short(word) => {
                Some(Finding::ColumnShort { table, column, found, word: word.into(), remedy: remedy() })
            }
        }
    };
    subject.columns().filter(|(part, _)| adapter.stands_for_column(*part)).filter_map(finding).collect()
}

/// What the type of a column does to the values of its field.
pub(super) fn fit<'a>(subject: &Subject<'a>, part: Part<'a>, found: &table::Column) -> Fit<'a> {
    let adapter = subject.adapter;
    // What a view computes is of a type that files don't tell; SQLite has columns of none. What leads to another table is
    // compared with what that one has, whatever it is.
    let is_unknown = found.type_name.is_empty() && adapter.dialect != Dialect::Sqlite;
    if is_unknown || part.column.via.is_some() || is_only_read(adapter, part, found) {
        return Fit::Fits;
    }
    let kind = adapter.entity.fields()[part.place].kind;
    fit_column(adapter.dialect, found, part.column, kind, &words(subject, part))
}

/// Whether nothing is put into a document that is there: `json` of Postgres has no function for that, but tells its values as
/// `jsonb` does.
fn is_only_read(adapter: &Adapter<'_>, part: Part<'_>, found: &table::Column) -> bool {
    let is_json = adapter.dialect == Dialect::Postgres && found.type_name == "json";
    let is_marked = part.place == usage::PROVIDER_REPORTED_AT;
    is_json && part.column.is_within() && adapter.entity == Entity::Usage && !is_marked
}

/// The texts that are written for the values of a field that are known.
fn words<'a>(subject: &Subject<'a>, part: Part<'a>) -> Vec<&'a str> {
    let adapter = subject.adapter;
    let written = meanings(adapter, part.place).into_iter().filter_map(|meaning| {
        match values(adapter, part, meaning).first() {
            Some(Stored::Text(text)) => Some(*text),
            _ => None,
        }
    });
    written.collect()
}

/// The store writes its columns itself.
pub(super) fn generated(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    let is_written = |part: Part<'_>| adapter.writer_of(part.column) == Some(part);
    let generated =
        subject.columns().filter(|&(part, column)| column.generated.is_some() && is_written(part));
    generated
        .map(|(part, column)| Finding::ColumnGenerated {
            table: subject.name(),
            column: column.name.clone(),
            field: adapter.field(part.place).into(),
            remedy: remedy::make_plain(adapter, part, column),
        })
        .collect()
}

/// Who makes the ids makes all of them: a sequence of Postgres doesn't see those that are written beside it.
pub(super) fn numbered(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    let id =
        subject.column(0).filter(|_| adapter.dialect == Dialect::Postgres && adapter.kept(0).is_written());
    let numbered = id.and_then(|id| Some((id, id.identity.filter(|it| *it != Identity::Always)?)));
    let finding = |(id, identity): (&crate::schema::Column, _)| Finding::IdNumbered {
        table: subject.name(),
        column: id.name.clone(),
        remedy: remedy::stop_numbering(adapter, id, identity),
    };
    numbered.map(finding).into_iter().collect()
}

/// A column that no field has doesn't ask for a value.
pub(super) fn unwritten(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    if subject.is_view() {
        return Vec::new();
    }
    let beside = sql::beside(adapter);
    let further = beside.iter().filter(|it| it.is_written).map(|it| it.name);
    let kept = adapter.parts().filter(|part| !sql::can_be_left_out(adapter, *part));
    let names: Vec<_> = kept.map(|part| part.column.name).chain(further).collect();
    let is_written = |name: &str| names.iter().any(|known| same_name(adapter.dialect, known, name));
    let wanting = subject.table.columns.iter().filter(|column| {
        !column.nullable && !column.has_default && column.generated.is_none() && !is_written(&column.name)
    });
    wanting
        .map(|column| Finding::ColumnUnwritten {
            table: subject.name(),
            column: column.name.clone(),
            remedy: remedy::fill_or_let_be_null(adapter, subject.table, column),
        })
        .collect()
}
