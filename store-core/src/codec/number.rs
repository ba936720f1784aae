//! Amounts, quantities, counts, and what is true or false.

use std::borrow::Cow;

use store_model::adapter::{Column, Dialect};
use store_model::form::{Form, Width};

use super::{Atom, Decoded, Unfit, currency, decimal, double, unexpected};

/// Of each day.
const SECONDS: i64 = 86_400;

pub(super) fn encode(dialect: Dialect, column: &Column<'_>, number: i64) -> Result<Atom<'static>, Unfit> {
    if let Some(range) = column.range_of_digits()
        && !range.contains(&number.into())
    {
        return Err(format!("{number} is not from {} to {}", range.start(), range.end()));
    }
    match column.form {
        Form::Decimal(digits) if dialect == Dialect::Sqlite => decimal_of_sqlite(number, digits),
        Form::Decimal(digits) | Form::DecimalText(digits) => Ok(text(decimal::write(number, digits))),
        Form::Double(digits) => double::write(number, digits).map(Atom::Double),
        Form::Digits => Ok(text(number.to_string())),
        Form::Seconds => {
            let seconds = number.checked_mul(SECONDS);
            seconds
                .map(|seconds| Atom::Integer(seconds.into()))
                .ok_or_else(|| format!("{number} days are too many"))
        }
        Form::Integer(width) => whole(width, number.into()),
        _ => Ok(Atom::Integer(number.into())),
    }
}

fn text(text: String) -> Atom<'static> {
    Atom::Text(Cow::Owned(text))
}

/// A number within a width.
pub(super) fn whole(width: Width, number: i128) -> Result<Atom<'static>, Unfit> {
    let range = width.range();
    if range.contains(&number) {
        return Ok(Atom::Integer(number));
    }
    Err(format!("{number} is not from {} to {}", range.start(), range.end()))
}

/// SQLite keeps a whole number as one, and any other as a double; each has the digits of a double.
fn decimal_of_sqlite(number: i64, digits: u8) -> Result<Atom<'static>, Unfit> {
    let double = double::write(number, digits)?;
    Ok(match 10_i64.checked_pow(digits.into()) {
        Some(unit) if number % unit == 0 => Atom::Integer((number / unit).into()),
        _ => Atom::Double(double),
    })
}

pub(super) fn encode_boolean(column: &Column<'_>, boolean: bool) -> Result<Atom<'static>, Unfit> {
    Ok(match column.form {
        Form::Integer(_) => Atom::Integer(boolean.into()),
        _ => Atom::Boolean(boolean),
    })
}

/// A whole number as it is read.
pub(crate) fn integer(column: &Column<'_>, atom: Atom<'_>) -> Decoded<i64> {
    Ok(match (column.form, atom) {
        (Form::Decimal(digits), Atom::Text(text)) => decimal::read(&text, digits)?,
        (Form::Decimal(digits) | Form::Double(digits), Atom::Double(number)) => double::read(number, digits)?,
        (Form::Decimal(digits) | Form::Double(digits), Atom::Integer(number)) => double_of(number, digits)?,
        (Form::DecimalText(digits), Atom::Text(text)) => decimal::read_plain(&text, digits)?,
        (Form::Digits, Atom::Text(text)) => digits(&text)?,
        (Form::Seconds, atom) => days(whole_number(atom)?)?,
        (Form::Integer(width), atom) => {
            let number = whole_number(atom)?;
            whole(width, number)?;
            narrow(number)?
        }
        (_, atom) => return Err(unexpected(&atom, "a number")),
    })
}

/// A whole number as a column of any type of numbers has it. A type that the driver doesn't know is read as text.
pub(super) fn whole_number(atom: Atom<'_>) -> Decoded<i128> {
    match atom {
        Atom::Integer(number) => Ok(number),
        Atom::Text(text) => Ok(decimal::read_wide(&text, 0)?),
        other => Err(unexpected(&other, "a whole number")),
    }
}

fn narrow(number: i128) -> Result<i64, Unfit> {
    i64::try_from(number).map_err(|_| format!("{number} is no whole number of 64 bits"))
}

/// SQLite keeps a double as a whole number where it is one.
fn double_of(number: i128, digits: u8) -> Result<i64, Unfit> {
    let number = decimal::read(&number.to_string(), digits)?;
    double::write(number, digits).map(|_| number)
}

fn digits(text: &str) -> Result<i64, Unfit> {
    let number = text.parse::<i64>().ok().filter(|number| number.to_string() == text);
    number.ok_or_else(|| format!("`{text}` is no whole number of 64 bits in plain digits"))
}

fn days(seconds: i128) -> Result<i64, Unfit> {
    let day = i128::from(SECONDS);
    if seconds % day == 0 {
        narrow(seconds / day)
    } else {
        Err(format!("{seconds} seconds are no whole days"))
    }
}

/// What is true or false as it is read.
pub(crate) fn boolean(_: &Column<'_>, atom: Atom<'_>) -> Decoded<bool> {
    match atom {
        Atom::Boolean(boolean) => Ok(boolean),
        atom => match whole_number(atom)? {
            0 => Ok(false),
            1 => Ok(true),
            number => Err(format!("{number} is neither 0 nor 1").into()),
        },
    }
}

/// A column whose form depends on the currency of the record, for that currency.
pub(crate) fn for_currency<'a>(column: &Column<'a>, code: &str) -> Result<Column<'a>, Unfit> {
    match currency::digits(code) {
        Some(digits) => Ok(Column { form: Form::Decimal(digits), ..*column }),
        None => Err(format!("how many digits it has is not known of the currency `{code}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTHS: [Width; 7] =
        [Width::I16, Width::I32, Width::I64, Width::U8, Width::U16, Width::U32, Width::U64];

    fn forms() -> Vec<Form<'static>> {
        let digits = [0, 2, 3, 18];
        let mut forms = vec![Form::Digits];
        forms.extend(WIDTHS.map(Form::Integer));
        forms.extend(digits.map(Form::Decimal));
        forms.extend(digits.map(Form::Double));
        forms.extend(digits.map(Form::DecimalText));
        forms
    }

    /// Every power of two and of ten, and what is next to them.
    fn numbers() -> impl Iterator<Item = i64> {
        let twos = (0..63).map(|power| 1_i64 << power);
        let tens = (0..19).map(|power| 10_i64.pow(power));
        let near = twos.chain(tens).flat_map(|number| [number - 1, number, number + 1]);
        near.flat_map(|number| [number, -number]).chain([i64::MIN, i64::MAX])
    }

    #[test]
    fn what_is_stored_is_read_and_the_rest_is_refused() {
        for form in forms() {
            let column = Column::new("quantity", form);
            for (dialect, number) in
                Dialect::ALL.into_iter().flat_map(|it| numbers().map(move |number| (it, number)))
            {
                let is_double = matches!(form, Form::Double(_))
                    || (matches!(form, Form::Decimal(_)) && dialect == Dialect::Sqlite);
                let fits = match form {
                    Form::Integer(width) => width.range().contains(&number.into()),
                    _ if is_double => number.unsigned_abs() < 1_000_000_000_000_000,
                    _ => true,
                };
                let stored = encode(dialect, &column, number);
                assert_eq!(stored.is_ok(), fits, "{number} in {form:?}");
                if let Ok(atom) = stored {
                    assert_eq!(integer(&column, atom).unwrap(), number, "{form:?}");
                }
            }
        }
    }

    #[test]
    fn days_are_seconds() {
        let column = Column::new("trial", Form::Seconds);
        for days in [0, 1, 14, i64::from(u32::MAX)] {
            let atom = encode(Dialect::Postgres, &column, days).unwrap();
            assert_eq!(atom, Atom::Integer(i128::from(days) * 86_400));
            assert_eq!(integer(&column, atom).unwrap(), days);
        }
        assert!(encode(Dialect::Postgres, &column, i64::MAX).is_err());
        for seconds in [1, 86_399, 86_401, -1] {
            assert!(integer(&column, Atom::Integer(seconds)).is_err(), "{seconds}");
        }
    }

    #[test]
    fn a_number_of_another_type_is_whole_or_none() {
        let column = Column::new("quantity", Form::INTEGER).of_type("whole");
        let read = |text: &'static str| integer(&column, Atom::Text(text.into())).ok();
        assert_eq!(read("7"), Some(7));
        assert_eq!(read("-7.000"), Some(-7));
        for text in ["7.5", "NaN", "9223372036854775808", "", "7e3"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn truth_is_one_and_zero() {
        for form in [Form::Boolean, Form::Integer(Width::U8)] {
            let column = Column::new("active", form);
            for truth in [true, false] {
                assert_eq!(boolean(&column, encode_boolean(&column, truth).unwrap()).unwrap(), truth);
            }
        }
        let column = Column::new("active", Form::Integer(Width::U8));
        assert_eq!(encode_boolean(&column, true).unwrap(), Atom::Integer(1));
        for number in [2, -1] {
            assert!(boolean(&column, Atom::Integer(number)).is_err(), "{number}");
        }
    }

    #[test]
    fn an_amount_has_the_digits_of_its_currency() {
        let column = Column::new("amount", Form::DecimalOfCurrency);
        let stored = |code| encode(Dialect::Postgres, &for_currency(&column, code).unwrap(), 1_999).unwrap();
        for (code, text) in [("EUR", "19.99"), ("JPY", "1999"), ("BHD", "1.999"), ("CLF", "0.1999")] {
            assert_eq!(stored(code), Atom::Text(text.into()));
        }
        assert!(for_currency(&column, "gold").is_err());
    }
}
