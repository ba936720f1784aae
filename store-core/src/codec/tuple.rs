//! Fields that are kept in several columns: of each value a tuple is stored.

use store_model::adapter::{Column, Meaning, Stored};

use super::label::{atom, is, label, shown, shown_atom, unlabelled};
use super::{Atom, Encoded, Value};
use crate::error::BoxError;

/// What of a value is stored in one of its columns, by number.
pub(crate) fn encode<'v>(column: &Column<'v>, number: usize, value: Value<'v>) -> Encoded<'v> {
    match written(column, value).map(|parts| parts.get(number)) {
        Some(Some([first, ..])) => Ok(atom(*first)),
        Some(_) => Err("nothing is stored for it in this column".into()),
        None => Err(unlabelled(value)),
    }
}

/// Whether a save of a value leaves one of its columns as it is.
pub(crate) fn leaves_out(column: &Column<'_>, number: usize, value: Value<'_>) -> bool {
    written(column, value).is_some_and(|parts| parts.get(number).is_some_and(|part| part.is_empty()))
}

/// The tuple that is written for a value.
fn written<'a>(column: &Column<'a>, value: Value<'_>) -> Option<&'a [&'a [Stored<'a>]]> {
    let stored = label(column, column.labels.as_ref()?, value)?;
    match stored.first() {
        Some(Stored::Tuple(parts)) => Some(parts),
        _ => None,
    }
}

/// What the columns of a field mean together, of which `read` gives one by number.
pub(crate) fn meaning<'a, 'r, E>(
    column: &Column<'a>,
    read: impl Fn(usize) -> Result<Option<Atom<'r>>, E>,
    corrupt: impl FnOnce(BoxError) -> E,
) -> Result<Meaning<'a>, E> {
    let list = column.labels.map(|labels| labels.list).unwrap_or_default();
    for label in list {
        for stored in label.stored {
            if has(column, stored, &read)? {
                return Ok(label.meaning);
            }
        }
    }
    let found: Vec<_> = (0..=column.beside.len()).map(&read).collect::<Result<_, _>>()?;
    let found: Vec<_> = found.iter().map(|atom| atom.as_ref().map_or("NULL".into(), shown_atom)).collect();
    let known: Vec<_> = list.iter().flat_map(|label| label.stored).map(|stored| shown(*stored)).collect();
    Err(corrupt(format!("it is ({}), and the labels are {}", found.join(", "), known.join(", ")).into()))
}

/// Whether each column has one of the values that stand in its place of a tuple.
fn has<'r, E>(
    column: &Column<'_>,
    stored: &Stored<'_>,
    read: &impl Fn(usize) -> Result<Option<Atom<'r>>, E>,
) -> Result<bool, E> {
    let Stored::Tuple(parts) = stored else { return Ok(false) };
    for (number, part) in parts.iter().enumerate() {
        // Anything will do.
        let Some(column) = column.part(number).filter(|_| !part.is_empty()) else { continue };
        let atom = read(number)?;
        if !part.iter().any(|stored| is(column, *stored, atom.as_ref())) {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use store_model::adapter::Label;
    use store_model::form::Form;

    use super::*;

    const LABELS: &[Label<'static>] = &[
        Label::new(
            Meaning::Word("trialing"),
            &[Stored::Tuple(&[&[Stored::Text("active")], &[Stored::Boolean(true)]])],
        ),
        Label::new(
            Meaning::Word("active"),
            &[Stored::Tuple(&[&[Stored::Text("active")], &[Stored::Boolean(false), Stored::Null]])],
        ),
        Label::new(Meaning::Word("past_due"), &[Stored::Tuple(&[&[Stored::Text("past_due")], &[]])]),
    ];
    const BESIDE: &[Column<'static>] = &[Column::new("trial", Form::Boolean)];
    const STATUS: Column<'static> = Column::new("status", Form::Text).labelled(LABELS, false).over(BESIDE);

    fn text(text: &'static str) -> Option<Atom<'static>> {
        Some(Atom::Text(text.into()))
    }

    #[test]
    fn the_first_value_in_each_place_is_written() {
        let stored = |word, number| encode(&STATUS, number, Value::Text(word));
        assert_eq!(stored("active", 0), Ok(text("active")));
        assert_eq!(stored("active", 1), Ok(Some(Atom::Boolean(false))));
        assert_eq!(stored("past_due", 0), Ok(text("past_due")));
        assert!(stored("past_due", 1).is_err(), "it is left as it is");
        assert_eq!(stored("paused", 0), Err("`paused` has no label in this table".to_owned()));
        let left_out = |word, number| leaves_out(&STATUS, number, Value::Text(word));
        assert!(left_out("past_due", 1));
        assert!(!left_out("past_due", 0) && !left_out("active", 1) && !left_out("paused", 1));
    }

    #[test]
    fn a_tuple_is_read_column_by_column() {
        let read = |row: [Option<Atom<'static>>; 2]| {
            meaning(&STATUS, |number| Ok(row[number].clone()), |error| error.to_string())
        };
        for (row, expected) in [
            ([text("active"), Some(Atom::Boolean(true))], "trialing"),
            ([text("active"), Some(Atom::Integer(0))], "active"),
            ([text("active"), None], "active"),
            ([text("past_due"), None], "past_due"),
            ([text("past_due"), Some(Atom::Boolean(true))], "past_due"),
        ] {
            assert_eq!(read(row), Ok(Meaning::Word(expected)));
        }
        assert_eq!(
            read([text("paused"), None]),
            Err("it is (`paused`, NULL), and the labels are (`active`, true), (`active`, false | NULL), (`past_due`, _)"
                .to_owned())
        );
    }
}
