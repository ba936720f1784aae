//! Times, and the ends of ranges of them.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use store_model::adapter::{Column, Dialect};

use super::{Atom, Decoded, Unfit, unexpected};
use crate::time::to_micros;

/// The times that a column holds, in words too.
struct Span {
    times: RangeInclusive<DateTime<Utc>>,
    words: &'static str,
}

fn at(year: i32, month: u32, day: u32, nanos: u32) -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(year, month, day);
    let end = if nanos == 0 { (0, 0, 0) } else { (23, 59, 59) };
    let time = day.and_then(|day| day.and_hms_nano_opt(end.0, end.1, end.2, nanos));
    time.expect("a valid date").and_utc()
}

/// What DATETIME(6) holds.
static MYSQL: LazyLock<Span> = LazyLock::new(|| Span {
    times: at(0, 1, 1, 0)..=at(9999, 12, 31, 999_999_000),
    words: "the years 0 to 9999",
});

/// Times are text, which sorts by time only while years have four digits. The end has all nine digits of a second, so that
/// as the upper end of a range it lies above every time that a column holds.
static SQLITE: LazyLock<Span> = LazyLock::new(|| Span {
    times: at(0, 1, 1, 0)..=at(9999, 12, 31, 999_999_999),
    words: "the years 0 to 9999",
});

/// `timestamptz` begins on 4714-11-24 BC, which is in the year -4713; it ends after the last time of chrono.
static POSTGRES: LazyLock<Span> = LazyLock::new(|| Span {
    times: at(-4713, 11, 24, 0)..=DateTime::<Utc>::MAX_UTC,
    words: "what timestamptz holds, from 4714 BC on",
});

/// The times that a column holds.
fn span(dialect: Dialect, _: &Column<'_>) -> &'static Span {
    match dialect {
        Dialect::MySql => &MYSQL,
        Dialect::Sqlite => &SQLITE,
        Dialect::Postgres => &POSTGRES,
    }
}

pub(super) fn encode(
    dialect: Dialect,
    column: &Column<'_>,
    time: DateTime<Utc>,
) -> Result<Atom<'static>, Unfit> {
    let (time, span) = (to_micros(time), span(dialect, column));
    if span.times.contains(&time) {
        Ok(Atom::Time(time))
    } else {
        Err(format!("{time} lies outside of {}", span.words))
    }
}

/// The lower end of a range, within it: no column holds what lies before its first time.
pub(super) fn encode_from(
    dialect: Dialect,
    column: &Column<'_>,
    time: DateTime<Utc>,
) -> Result<Atom<'static>, Unfit> {
    let (time, Span { times, words }) = (to_micros(time), span(dialect, column));
    if time > *times.end() {
        return Err(format!("{time} lies after {words}"));
    }
    Ok(Atom::Time(time.max(*times.start())))
}

/// The upper end of a range, outside of it; on MySQL the last time within, with which its statements compare.
pub(super) fn encode_to(
    dialect: Dialect,
    column: &Column<'_>,
    time: DateTime<Utc>,
) -> Result<Atom<'static>, Unfit> {
    let (time, Span { times, words }) = (to_micros(time), span(dialect, column));
    let last = if dialect == Dialect::MySql {
        // The first time of all has none before it.
        time.checked_sub_signed(TimeDelta::microseconds(1)).unwrap_or(time)
    } else {
        time
    };
    if last < *times.start() {
        return Err(format!("{time} lies before {words}"));
    }
    Ok(Atom::Time(last.min(*times.end())))
}

/// A time as it is read.
pub(crate) fn time(_: &Column<'_>, atom: Atom<'_>) -> Decoded<DateTime<Utc>> {
    match atom {
        Atom::Time(time) => Ok(to_micros(time)),
        other => Err(unexpected(&other, "a time")),
    }
}
