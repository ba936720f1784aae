//! Labels: what is stored for the words of a status or an interval, and for true and false.

use std::borrow::Cow;

use store_model::adapter::{Column, Dialect, Labels, Meaning, Stored};
use store_model::form::Form;

use super::{Atom, Decoded, Encoded, Unfit, Value, decimal};
use crate::error::BoxError;

/// A value under labels; one without a label goes as it is where they are open.
pub(super) fn encode<'v>(
    dialect: Dialect,
    column: &Column<'v>,
    labels: &Labels<'v>,
    value: Value<'v>,
) -> Encoded<'v> {
    if let Some(stored) = label(column, labels, value) {
        return Ok(stored.first().and_then(|stored| atom(*stored)));
    }
    let is_counted = column.has_count() && matches!(value, Value::Interval(_, count) if count != 1);
    if !labels.open || is_counted {
        return Err(unlabelled(value));
    }
    let atom = super::encode_form(dialect, column, value)?;
    let is_taken = labels.list.iter().flat_map(|label| label.stored);
    match is_taken.into_iter().find(|stored| is(column, **stored, atom.as_ref())) {
        Some(stored) => Err(format!("{} is stored here for another value", shown(*stored))),
        None => Ok(atom),
    }
}

/// What a stored value means; none if it has no label and needs none.
pub(super) fn meaning<'a>(
    column: &Column<'a>,
    labels: &Labels<'a>,
    atom: Option<&Atom<'_>>,
) -> Decoded<Option<Meaning<'a>>> {
    let has = |stored: &&[Stored<'_>]| stored.iter().any(|stored| is(column, *stored, atom));
    if let Some(label) = labels.list.iter().find(|label| has(&label.stored)) {
        return Ok(Some(label.meaning));
    }
    match atom {
        // What NULL means is said elsewhere, if it is.
        None => Ok(None),
        Some(atom) if !labels.open => Err(unknown(atom, labels)),
        Some(Atom::Text(text)) if word(labels, text, 1).is_some() => {
            Err(format!("it is `{text}`, which is stored under another label").into())
        }
        Some(_) => Ok(None),
    }
}

/// What is stored for a value.
pub(super) fn label<'a>(
    column: &Column<'_>,
    labels: &Labels<'a>,
    value: Value<'_>,
) -> Option<&'a [Stored<'a>]> {
    match value {
        Value::Text(text) | Value::OptionalText(Some(text)) => word(labels, text, 1),
        Value::Interval(unit, count) if column.has_count() => word(labels, unit, count),
        Value::Interval(unit, _) => word(labels, unit, 1),
        Value::Boolean(boolean) => labels.of(Meaning::Boolean(boolean)),
        _ => None,
    }
}

/// A word means one of it.
fn word<'a>(labels: &Labels<'a>, word: &str, count: u32) -> Option<&'a [Stored<'a>]> {
    let plain = || labels.of(Meaning::Word(word)).filter(|_| count == 1);
    labels.of(Meaning::Interval(word, count)).or_else(plain)
}

pub(super) fn atom(stored: Stored<'_>) -> Option<Atom<'_>> {
    match stored {
        Stored::Text(text) => Some(Atom::Text(text.into())),
        Stored::Integer(number) => Some(Atom::Integer(number.into())),
        Stored::Boolean(boolean) => Some(Atom::Boolean(boolean)),
        // A tuple is no value of one column.
        Stored::Null | Stored::Tuple(_) => None,
    }
}

/// Whether an atom is a stored value. Numbers come as digits where the driver doesn't know their type, which may have
/// zeros after the point.
pub(super) fn is(column: &Column<'_>, stored: Stored<'_>, atom: Option<&Atom<'_>>) -> bool {
    match (stored, atom) {
        (Stored::Null, None) => true,
        (Stored::Text(text), Some(Atom::Text(other))) if matches!(column.form, Form::Char(_)) => {
            text == other.trim_end_matches(' ')
        }
        (Stored::Text(text), Some(Atom::Text(other))) => text == other,
        (Stored::Integer(number), Some(Atom::Integer(other))) => i128::from(number) == *other,
        (Stored::Integer(number), Some(Atom::Text(digits))) => {
            decimal::read_plain(digits, 0).is_ok_and(|read| read == number)
        }
        (Stored::Integer(number), Some(Atom::Boolean(boolean))) => number == i64::from(*boolean),
        (Stored::Boolean(boolean), Some(Atom::Boolean(other))) => boolean == *other,
        (Stored::Boolean(boolean), Some(Atom::Integer(number))) => i128::from(boolean) == *number,
        _ => false,
    }
}

pub(super) fn unlabelled(value: Value<'_>) -> Unfit {
    let value: Cow<'_, str> = match value {
        Value::Text(text) | Value::OptionalText(Some(text)) | Value::Interval(text, 1) => text.into(),
        Value::Interval(unit, count) => format!("{unit} * {count}").into(),
        other => format!("{other:?}").into(),
    };
    format!("`{value}` has no label in this table")
}

fn unknown(atom: &Atom<'_>, labels: &Labels<'_>) -> BoxError {
    let known = labels.list.iter().flat_map(|label| label.stored).map(|stored| shown(*stored));
    let known = known.collect::<Vec<_>>().join(", ");
    format!("it is {}, and the labels are {known}", shown_atom(atom)).into()
}

pub(crate) fn shown_atom(atom: &Atom<'_>) -> String {
    match atom {
        Atom::Text(text) => format!("`{text}`"),
        Atom::Integer(number) => number.to_string(),
        Atom::Boolean(boolean) => boolean.to_string(),
        other => format!("{other:?}"),
    }
}

pub(super) fn shown(stored: Stored<'_>) -> String {
    match stored {
        Stored::Text(text) => format!("`{text}`"),
        Stored::Integer(number) => number.to_string(),
        Stored::Boolean(boolean) => boolean.to_string(),
        Stored::Null => "NULL".into(),
        Stored::Tuple(parts) => {
            let alternatives = |part: &&[Stored<'_>]| match part {
                [] => "_".into(),
                part => part.iter().map(|stored| shown(*stored)).collect::<Vec<_>>().join(" | "),
            };
            format!("({})", parts.iter().map(alternatives).collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use store_model::adapter::Label;
    use store_model::form::Width;

    use super::super::{boolean, count, decode, encode, text};
    use super::*;

    const WORDS: &[Label<'static>] = &[
        Label::new(Meaning::Word("active"), &[Stored::Text("on"), Stored::Text("running"), Stored::Null]),
        Label::new(Meaning::Word("canceled"), &[Stored::Text("cancelled")]),
        Label::new(Meaning::Word("incomplete"), &[Stored::Text("new")]),
    ];
    const CLOSED: Column<'static> = Column::new("c", Form::Text).labelled(WORDS, false);
    const OPEN: Column<'static> = Column::new("c", Form::Text).labelled(WORDS, true);

    fn stored<'v>(column: &Column<'v>, value: Value<'v>) -> Encoded<'v> {
        encode(Dialect::Sqlite, column, value)
    }

    fn in_text(text: &str) -> Encoded<'_> {
        Ok(Some(Atom::Text(text.into())))
    }

    fn read(column: &Column<'static>, atom: Option<Atom<'static>>) -> Option<String> {
        let read = decode(column, atom, text).map(|word| word.map(Cow::into_owned));
        read.unwrap_or_else(|error| Some(format!("! {error}")))
    }

    fn of_text(text: &'static str) -> Option<Atom<'static>> {
        Some(Atom::Text(text.into()))
    }

    #[test]
    fn the_first_label_is_written_and_each_is_read() {
        for column in [&CLOSED, &OPEN] {
            assert_eq!(stored(column, Value::Text("active")), in_text("on"));
            assert_eq!(stored(column, Value::OptionalText(Some("canceled"))), in_text("cancelled"));
            for atom in [of_text("on"), of_text("running"), None] {
                assert_eq!(read(column, atom).as_deref(), Some("active"));
            }
            assert_eq!(read(column, of_text("new")).as_deref(), Some("incomplete"));
        }
    }

    #[test]
    fn closed_labels_are_all_there_is() {
        assert_eq!(
            stored(&CLOSED, Value::Text("paused")),
            Err("`paused` has no label in this table".to_owned())
        );
        let corrupt = read(&CLOSED, of_text("paused")).unwrap();
        assert!(
            corrupt.starts_with("! it is `paused`, and the labels are `on`, `running`, NULL"),
            "{corrupt}"
        );
    }

    #[test]
    fn other_words_are_themselves_under_open_labels_unless_they_would_read_as_something_else() {
        assert_eq!(stored(&OPEN, Value::Text("paused")), in_text("paused"));
        assert_eq!(read(&OPEN, of_text("paused")).as_deref(), Some("paused"));
        assert_eq!(
            stored(&OPEN, Value::Text("running")),
            Err("`running` is stored here for another value".to_owned())
        );
        let twin = read(&OPEN, of_text("canceled")).unwrap();
        assert_eq!(twin, "! it is `canceled`, which is stored under another label");
    }

    #[test]
    fn true_and_false_change_places() {
        const LABELS: &[Label<'static>] = &[
            Label::new(Meaning::Boolean(true), &[Stored::Boolean(false), Stored::Null]),
            Label::new(Meaning::Boolean(false), &[Stored::Boolean(true)]),
        ];
        let column = Column::new("pending_deletion", Form::Boolean).labelled(LABELS, false);
        assert_eq!(stored(&column, Value::Boolean(true)), Ok(Some(Atom::Boolean(false))));
        for (atom, expected) in [
            (Some(Atom::Boolean(true)), false),
            (Some(Atom::Boolean(false)), true),
            (Some(Atom::Integer(0)), true),
            (None, true),
        ] {
            assert_eq!(decode(&column, atom, boolean).unwrap(), Some(expected));
        }
    }

    #[test]
    fn an_interval_has_its_count_in_its_label() {
        const LABELS: &[Label<'static>] = &[
            Label::new(Meaning::Word("week"), &[Stored::Integer(0)]),
            Label::new(Meaning::Interval("month", 1), &[Stored::Integer(1)]),
            Label::new(Meaning::Interval("month", 3), &[Stored::Integer(3)]),
        ];
        let column = Column::new("interval", Form::Integer(Width::I32)).labelled(LABELS, false);
        for (unit, times, number) in [("week", 1, 0), ("month", 1, 1), ("month", 3, 3)] {
            assert_eq!(stored(&column, Value::Interval(unit, times)), Ok(Some(Atom::Integer(number))));
            let read = Some(Atom::Integer(number));
            assert_eq!(decode(&column, read.clone(), text).unwrap().as_deref(), Some(unit));
            assert_eq!(decode(&column, read, count).unwrap(), Some(times.into()));
        }
        for (unit, times) in [("month", 2), ("week", 2), ("day", 1)] {
            assert!(stored(&column, Value::Interval(unit, times)).is_err(), "{unit} * {times}");
        }
    }

    #[test]
    fn a_number_in_a_type_that_the_driver_does_not_know_comes_as_digits() {
        const LABELS: &[Label<'static>] = &[Label::new(Meaning::Word("active"), &[Stored::Integer(-1)])];
        let column = Column::new("c", Form::Integer(Width::I16)).of_type("state").labelled(LABELS, false);
        assert_eq!(read(&column, of_text("-1")).as_deref(), Some("active"));
        assert_eq!(read(&column, of_text("-1.00")).as_deref(), Some("active"));
        for other in ["-01", "-1.5", "1.00"] {
            assert!(read(&column, of_text(other)).unwrap().starts_with('!'), "{other}");
        }
    }
}
