//! Amounts, quantities, counts, and what is true or false.

use std::borrow::Cow;

use store_model::adapter::{Column, Dialect};
use store_model::form::{Form, Width};

use super::{Atom, Decoded, Unfit, currency, decimal, double, unexpected};

/// Of each day.
const SECONDS: i64 = 86_400;

pub(super) fn encode(dialect: Dialect, column: &Column<'_>, number: i64) -> Result<Atom<'static>, Unfit> {
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
