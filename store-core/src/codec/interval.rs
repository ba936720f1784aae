//! An interval and its count in one text.

use std::borrow::Cow;

use store_model::adapter::{Column, Dialect};
use store_model::contract::interval::{DAY, MONTH, WEEK, YEAR};
use store_model::form::Form;

use super::{Atom, Decoded, Unfit, text, unexpected};

const LETTERS: [(char, &str); 4] = [('D', DAY), ('W', WEEK), ('M', MONTH), ('Y', YEAR)];

/// A unit with its count, in a form that keeps both; in any other the unit alone.
pub(super) fn encode<'v>(
    dialect: Dialect,
    column: &Column<'_>,
    unit: &'v str,
    count: u32,
) -> Result<Atom<'v>, Unfit> {
    let Some(before) = prefix(column.form) else {
        return text::encode(dialect, column, unit);
    };
    let letter = LETTERS.iter().find(|(_, known)| *known == unit);
    let (letter, _) =
        letter.ok_or_else(|| format!("`{unit}` has no letter: there are day, week, month and year"))?;
    Ok(Atom::Text(format!("{before}{count}{letter}").into()))
}

/// The unit as it is read.
pub(crate) fn unit<'r>(column: &Column<'_>, atom: Atom<'r>) -> Decoded<Cow<'r, str>> {
    match prefix(column.form) {
        None => super::text(column, atom),
        Some(before) => Ok(both(before, &atom)?.0.into()),
    }
}

/// The count as it is read; of a word without label, in a form that keeps none, it is one.
pub(crate) fn count(column: &Column<'_>, atom: Atom<'_>) -> Decoded<i64> {
    match prefix(column.form) {
        None => Ok(1),
        Some(before) => Ok(both(before, &atom)?.1.into()),
    }
}

/// What stands before the count, in a form that keeps both.
const fn prefix(form: Form<'_>) -> Option<&'static str> {
    match form {
        Form::Iso8601 => Some("P"),
        Form::Code => Some(""),
        _ => None,
    }
}

/// One text for each pair, so that what is read comes back as it was.
fn both(before: &str, atom: &Atom<'_>) -> Decoded<(&'static str, u32)> {
    let Atom::Text(text) = atom else {
        return Err(unexpected(atom, "text"));
    };
    let parsed = || {
        let mut rest = text.strip_prefix(before)?.chars();
        let letter = rest.next_back()?;
        let (_, unit) = LETTERS.iter().find(|(known, _)| *known == letter)?;
        let digits = rest.as_str();
        let count: u32 = digits.parse().ok()?;
        (count.to_string() == digits).then_some((*unit, count))
    };
    parsed().ok_or_else(|| {
        format!("`{text}` is no count of days, weeks, months or years as in `{before}3M`").into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_and_its_count_come_back() {
        for (form, text, pair) in [
            (Form::Iso8601, "P3M", (MONTH, 3)),
            (Form::Iso8601, "P1Y", (YEAR, 1)),
            (Form::Iso8601, "P2W", (WEEK, 2)),
            (Form::Iso8601, "P0D", (DAY, 0)),
            (Form::Code, "3M", (MONTH, 3)),
            (Form::Code, "4294967295D", (DAY, u32::MAX)),
        ] {
            let column = Column::new("interval", form);
            let atom = encode(Dialect::Sqlite, &column, pair.0, pair.1).unwrap();
            assert_eq!(atom, Atom::Text(text.into()));
            assert_eq!(unit(&column, atom.clone()).unwrap(), pair.0);
            assert_eq!(count(&column, atom).unwrap(), i64::from(pair.1));
        }
    }

    #[test]
    fn what_is_not_exactly_so_is_corrupt() {
        for (form, texts) in [
            (
                Form::Iso8601,
                ["", "P", "P3", "PM", "3M", "P03M", "P+3M", "P3m", "p3M", "P1Y6M", "P 3M", "PT3M"],
            ),
            (Form::Code, ["", "3", "M", "03M", "+3M", "-3M", "3m", "P3M", " 3M", "3M ", "3H", "4294967296D"]),
        ] {
            let column = Column::new("interval", form);
            for text in texts {
                assert!(unit(&column, Atom::Text(text.into())).is_err(), "{text}");
                assert!(count(&column, Atom::Text(text.into())).is_err(), "{text}");
            }
        }
    }

    #[test]
    fn another_interval_has_no_letter() {
        for form in [Form::Iso8601, Form::Code] {
            encode(Dialect::Sqlite, &Column::new("interval", form), "quarter", 1).unwrap_err();
        }
        let plain = encode(Dialect::Sqlite, &Column::new("interval", Form::Text), "quarter", 2).unwrap();
        assert_eq!(plain, Atom::Text("quarter".into()));
    }
}
