//! Times, and the ends of ranges of them.
//!
//! A form keeps whole steps of time, as long as a day, and one time has one form: what is stored otherwise is corrupt. So
//! the stored values sort as the times that they read as, and a range of the one is a range of the other.

use chrono::{DateTime, Utc};
use store_model::adapter::{Column, Dialect};
use store_model::form::{Form, Unit};
use store_model::time::Span;

use super::{Atom, Decoded, Unfit, strftime, unexpected};
use crate::time::to_micros;

const DAY: i64 = 86_400_000_000;

/// The end of text in nine digits of a second: as the upper end of a range it lies above every time that a column holds.
const AFTER_ALL_TEXT: DateTime<Utc> =
    DateTime::from_timestamp(Span::FOUR_DIGITS.last.div_euclid(1_000_000), 999_999_999)
        .expect("a time of the calendar");

/// How many microseconds the smallest step of a form has.
fn step(form: Form<'_>) -> i64 {
    form.step().unwrap_or(1)
}

/// The last whole step that is not after a time.
const fn down(micros: i64, step: i64) -> i64 {
    micros - micros.rem_euclid(step)
}

/// The first whole step that is not before a time. The calendar ends long before 64 bits of microseconds do.
const fn up(micros: i64, step: i64) -> i64 {
    down(micros + step - 1, step)
}

pub(super) fn encode(
    dialect: Dialect,
    column: &Column<'_>,
    time: DateTime<Utc>,
) -> Result<Atom<'static>, Unfit> {
    let (time, span) = (to_micros(time), column.form.span(dialect));
    let micros = time.timestamp_micros();
    if matches!(column.form, Form::Time) && (span.first..=span.last).contains(&micros) {
        return Ok(Atom::Time(time));
    }
    let cut = down(micros, step(column.form));
    if column.exact && cut != micros {
        return Err(format!("{time} is finer than the column, which keeps {}", words(column.form)));
    }
    if cut < span.first || cut > span.last {
        return Err(format!("{time} lies outside of {}", span.words));
    }
    atom(dialect, column.form, cut)
}

/// The lower end of a range, within it: no column holds what lies before its first time.
pub(super) fn encode_from(
    dialect: Dialect,
    column: &Column<'_>,
    time: DateTime<Utc>,
) -> Result<Atom<'static>, Unfit> {
    let span = column.form.span(dialect);
    let first = up(time.timestamp_micros(), step(column.form));
    if first > span.last {
        return Err(format!("{time} lies after {}", span.words));
    }
    atom(dialect, column.form, first.max(span.first))
}

/// The upper end of a range, outside of it, or the last time within, as [`Form::ends_within`] says.
pub(super) fn encode_to(
    dialect: Dialect,
    column: &Column<'_>,
    time: DateTime<Utc>,
) -> Result<Atom<'static>, Unfit> {
    let (span, step) = (column.form.span(dialect), step(column.form));
    let end = up(time.timestamp_micros(), step);
    let last = if column.form.ends_within(dialect) { end - step } else { end };
    if last < span.first {
        return Err(format!("{time} lies before {}", span.words));
    }
    if dialect == Dialect::Sqlite && column.form == Form::Time && last > span.last {
        return Ok(Atom::Time(AFTER_ALL_TEXT));
    }
    atom(dialect, column.form, last.min(span.last))
}

/// A time in the form of its column, which drops what is finer.
fn atom(dialect: Dialect, form: Form<'_>, micros: i64) -> Result<Atom<'static>, Unfit> {
    let time = || {
        DateTime::from_timestamp_micros(micros)
            .ok_or_else(|| format!("{micros} microseconds since 1970 lie outside of the calendar"))
    };
    Ok(match (form, dialect) {
        (Form::Epoch(unit), _) => Atom::Integer(micros.div_euclid(unit.micros()).into()),
        (Form::TimeText(format), _) => Atom::Text(strftime::write(format, time()?)?.into()),
        (Form::Timestamp(digits) | Form::DateTime(digits), Dialect::Sqlite) => {
            Atom::Text(strftime::write_digits(digits, time()?)?.into())
        }
        (Form::Date, Dialect::Sqlite) => Atom::Text(strftime::write(strftime::DATE, time()?)?.into()),
        (Form::Date, _) => Atom::Date(time()?.date_naive()),
        _ => Atom::Time(time()?),
    })
}

/// A time as it is read.
pub(crate) fn time(column: &Column<'_>, atom: Atom<'_>) -> Decoded<DateTime<Utc>> {
    let time = match (column.form, atom) {
        (Form::Time, Atom::Time(time)) => return Ok(to_micros(time)),
        (_, Atom::Time(time)) => time,
        (_, Atom::Date(date)) => date.and_time(chrono::NaiveTime::MIN).and_utc(),
        (Form::Epoch(unit), Atom::Integer(number)) => from_epoch(unit, number)?,
        (Form::Epoch(unit), Atom::Text(text)) => from_epoch(unit, whole(&text)?)?,
        (Form::TimeText(format), Atom::Text(text)) => strftime::read(format, &text)?,
        (Form::Timestamp(digits) | Form::DateTime(digits), Atom::Text(text)) => {
            strftime::read_digits(digits, &text)?
        }
        (Form::Date, Atom::Text(text)) => strftime::read(strftime::DATE, &text)?,
        (_, other) => return Err(unexpected(&other, "a time")),
    };
    let micros = time.timestamp_micros();
    // What is cut would be another time than the one that ranges compare.
    if down(micros, step(column.form)) != micros || to_micros(time) != time {
        return Err(
            format!("{time} is finer than {}, which the column is said to keep", words(column.form)).into()
        );
    }
    Ok(time)
}

fn from_epoch(unit: Unit, number: i128) -> Decoded<DateTime<Utc>> {
    let micros = number.checked_mul(unit.micros().into()).and_then(|micros| i64::try_from(micros).ok());
    let time = micros.and_then(DateTime::from_timestamp_micros);
    time.ok_or_else(|| format!("{number} {} since 1970 lie outside of the calendar", unit_words(unit)).into())
}

/// A whole number in the digits of a decimal one, which may have zeros after its point.
fn whole(text: &str) -> Decoded<i128> {
    let (number, fraction) = text.split_once('.').unwrap_or((text, ""));
    let number = number.parse().ok().filter(|_| fraction.bytes().all(|digit| digit == b'0'));
    number.ok_or_else(|| format!("`{text}` is no whole number").into())
}

/// What a form keeps of a time.
fn words(form: Form<'_>) -> String {
    match step(form) {
        1 => "microseconds".into(),
        1_000 => "milliseconds".into(),
        1_000_000 => "seconds".into(),
        60_000_000 => "minutes".into(),
        3_600_000_000 => "hours".into(),
        DAY => "days".into(),
        other => format!("steps of {other} microseconds"),
    }
}

const fn unit_words(unit: Unit) -> &'static str {
    match unit {
        Unit::Seconds => "seconds",
        Unit::Millis => "milliseconds",
        Unit::Micros => "microseconds",
    }
}

#[cfg(test)]
mod tests;
