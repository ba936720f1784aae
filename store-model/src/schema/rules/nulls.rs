//! NULL: that it reads as something wherever it can stand, and that a column takes it wherever it is written.

use super::Subject;
use super::columns::fit;
use crate::adapter::{Adapter, Dialect, Duty, Label, Null, Part, Place, Stored};
use crate::contract::{Entity, Kind, usage};
use crate::schema::finding::Finding;
use crate::schema::remedy;
use crate::schema::table::{self, same_name};
use crate::schema::types::Fit;

/// A column that takes NULL has a meaning for it: any other application may write it.
pub(super) fn unread(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    // Of what a view shows nothing is known, and of the key of a table NULL is no part: SQLite takes one there, which nobody
    // writes.
    if subject.is_view() {
        return Vec::new();
    }
    let is_plain = |column: &table::Column| {
        column.nullable && column.generated.is_none() && !is_guarded(subject, &column.name)
    };
    let nullable = subject.columns().filter(|(part, column)| {
        let is_passed_over = is_passed_over(adapter, part.place) || is_told_never(adapter, *part);
        is_plain(column) && !reads_null(adapter, *part) && !is_passed_over
    });
    nullable
        .filter(|(_, column)| !subject.is_primary(&column.name))
        .map(|(part, column)| Finding::ColumnNullable {
            table: subject.name(),
            column: column.name.clone(),
            field: adapter.field(part.place).into(),
            remedy: remedy::set_not_null(adapter, part, column, fit(subject, part, column) == Fit::Fits),
        })
        .collect()
}

/// Whether no statement finds a row with NULL in a field: usage is looked for by its subscription and its time, and what is
/// not reported by no more than that.
fn is_passed_over(adapter: &Adapter<'_>, place: usize) -> bool {
    let is_sought = [usage::SUBSCRIPTION_ID, usage::RECORDED_AT].contains(&place);
    adapter.entity == Entity::Usage && !adapter.extended && is_sought
}

/// Whether the adapter says of what must be something that no row has NULL there. What may be none has a better word for it.
fn is_told_never(adapter: &Adapter<'_>, part: Part<'_>) -> bool {
    let mut told =
        adapter.parts().filter(|it| it.column.null == Some(Null::Never) && !is_optional(adapter, *it));
    told.any(|it| adapter.is_one(it.column, part.column))
}

/// Whether a check says of which rows a column has a value: which those are can't be judged.
fn is_guarded(subject: &Subject<'_>, column: &str) -> bool {
    subject.table.checks.iter().any(|check| wants_value(subject.dialect(), check, column))
}

/// Whether a column and the words `IS NOT NULL` stand in a text one behind the other.
fn wants_value(dialect: Dialect, check: &str, column: &str) -> bool {
    let is_mark = |letter: char| letter.is_whitespace() || "()\"`[].".contains(letter);
    let words: Vec<_> = check.split(is_mark).filter(|word| !word.is_empty()).collect();
    words.windows(4).any(|words| {
        let [name, is, not, null] = words else { return false };
        let are = [(is, "is"), (not, "not"), (null, "null")];
        same_name(dialect, name, column) && are.iter().all(|(word, meant)| word.eq_ignore_ascii_case(meant))
    })
}

/// Whether NULL in a column is a value of its field, or a part of one. A key whose column has none is not in the map, and a
/// document needs not be there, or have what lies within it.
pub(in crate::schema) fn reads_null(adapter: &Adapter<'_>, part: Part<'_>) -> bool {
    if part.column.is_coded() {
        // The compiler of the user's crate knows it, and verification.
        return part.column.code.is_none_or(|code| code.takes_null);
    }
    if part.column.null == Some(Null::Never) {
        return false;
    }
    let is_key = matches!(adapter.fields[part.place], Place::Keys(_));
    let is_constant = matches!(part.column.null, Some(Null::Is(_) | Null::IsField(_)));
    is_key
        || is_optional(adapter, part)
        || is_constant
        || (adapter.is_document(part.column) && !part.column.is_within())
        || labels(adapter, part).any(|label| label.stored.iter().any(|it| reads(it, part.number)))
}

fn is_optional(adapter: &Adapter<'_>, part: Part<'_>) -> bool {
    adapter.entity.fields()[part.place].kind.is_optional()
}

fn labels<'a>(adapter: &Adapter<'a>, part: Part<'a>) -> impl Iterator<Item = &'a Label<'a>> {
    let labels = adapter.column(part.place).and_then(|column| column.labels);
    labels.into_iter().flat_map(|labels| labels.list)
}

/// Whether NULL reads as this. Of several columns, where nothing is said of one, it is anything.
fn reads(stored: &Stored<'_>, number: usize) -> bool {
    match stored {
        Stored::Null => true,
        Stored::Tuple(parts) => {
            parts.get(number).is_some_and(|it| it.is_empty() || it.contains(&Stored::Null))
        }
        _ => false,
    }
}

/// A column into which NULL is written takes it.
pub(super) fn unwritable(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    if subject.is_view() || adapter.options().read_only {
        return Vec::new();
    }
    let written = adapter.written().filter_map(|part| Some((part, subject.part(part)?)));
    let refusing = written.filter(|(part, column)| {
        !column.nullable
            && !part.column.is_within()
            && writes_null(adapter, *part)
            && !is_held_by_others(adapter, *part)
            && !is_guarded(subject, &column.name)
    });
    refusing
        .map(|(part, column)| Finding::ColumnNeverNull {
            table: subject.name(),
            column: column.name.clone(),
            field: adapter.field(part.place).into(),
            remedy: remedy::let_be_null(adapter, column),
        })
        .collect()
}

/// Whether a column is a document that never is NULL, since another field always has a value in it.
fn is_held_by_others(adapter: &Adapter<'_>, part: Part<'_>) -> bool {
    let document = adapter.document(part);
    document.is_some_and(|document| document.within.iter().any(|it| !adapter.may_be_null(*it)))
}

/// Whether NULL is what is stored in a column for a value of its field.
fn writes_null(adapter: &Adapter<'_>, part: Part<'_>) -> bool {
    // A feature that a plan does not have is written as false.
    let is_limit = adapter.entity.fields()[part.place].kind == Kind::Numbers;
    let is_key = matches!(adapter.fields[part.place], Place::Keys(_)) && is_limit;
    let is_label = |label: &Label<'_>| match label.stored.first() {
        Some(Stored::Tuple(parts)) => {
            parts.get(part.number).is_some_and(|it| it.first() == Some(&Stored::Null))
        }
        stored => stored == Some(&Stored::Null),
    };
    match part.column.null {
        Some(Null::Also(_) | Null::Never) => false,
        Some(Null::Is(_) | Null::IsField(_)) => true,
        None => is_key || is_optional(adapter, part) || labels(adapter, part).any(is_label),
    }
}

/// What the database is said to make has a default, a sequence or an expression, unless a row can do without.
pub(super) fn unmade(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    let is_read = subject.is_view() || adapter.options().read_only;
    let made = subject.columns().filter(|(part, _)| part.column.duty == Duty::Generated && !is_read);
    let is_made =
        |column: &table::Column| column.nullable || column.has_default || column.generated.is_some();
    made.filter(|(_, column)| !is_made(column))
        .map(|(part, column)| Finding::ColumnUnmade {
            table: subject.name(),
            column: column.name.clone(),
            field: adapter.field(part.place).into(),
            remedy: "give it a default, or leave `generated` out".into(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_can_want_a_value() {
        let check =
            "((kind <> 'legacy'::text) OR ((\"interval\" IS NOT NULL) AND (amount_cents is  not null)))";
        assert!(wants_value(Dialect::Postgres, check, "interval"));
        assert!(wants_value(Dialect::Postgres, check, "amount_cents"));
        assert!(!wants_value(Dialect::Postgres, check, "kind"));
        assert!(!wants_value(Dialect::Postgres, check, "Interval"));
        assert!(wants_value(Dialect::MySql, "`interval` is not null", "Interval"));
        assert!(!wants_value(Dialect::MySql, "`interval` is null", "interval"));
    }
}
