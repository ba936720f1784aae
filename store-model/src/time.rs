//! Times in annotations and in what is said of them, and which of them columns hold.

const DAY: i64 = 86_400_000_000;

/// The times that a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first, in microseconds since 1970.
    pub first: i64,
    /// The last, in microseconds since 1970.
    pub last: i64,
    /// Both in words.
    pub words: &'static str,
}

impl Span {
    /// What DATETIME holds, and what sorts by time as text: years with four digits.
    pub const FOUR_DIGITS: Self = Self {
        // 0000-01-01T00:00:00Z..=9999-12-31T23:59:59.999999Z
        first: -719_528 * DAY,
        last: 2_932_897 * DAY - 1,
        words: "the years 0 to 9999",
    };

    /// What MySQL has under that name. Second 0 stands for the zero date.
    pub const TIMESTAMP_OF_MYSQL: Self = Self {
        // 1970-01-01T00:00:01Z..=2038-01-19T03:14:07.999999Z
        first: 1_000_000,
        last: (1 << 31) * 1_000_000 - 1,
        words: "what TIMESTAMP holds, up to 2038-01-19 03:14:07",
    };

    /// What Postgres has begins on 4714-11-24 BC, and ends after the last time of the contract.
    pub const POSTGRES: Self = Self {
        // -4713-11-24T00:00:00Z..
        first: -2_440_588 * DAY,
        last: Self::CALENDAR.last,
        words: "what Postgres holds, from 4714 BC on",
    };

    /// The times of the contract, of which each has its number of 64 bits: those of `chrono`.
    pub const CALENDAR: Self = Self {
        // -262143-01-01T00:00:00Z..=+262142-12-31T23:59:59.999999Z
        first: -8_334_601_228_800_000_000,
        last: 8_210_266_876_799_999_999,
        words: "the calendar",
    };
}

/// Microseconds since 1970 of a time in UTC as RFC 3339 writes it, with at most six digits of a second:
/// `1970-01-01T00:00:00Z`, `9999-12-31T23:59:59.999999Z`. None for any other text, and for days that no calendar has.
///
/// ```
/// assert_eq!(store_model::time::parse("1970-01-02T00:00:00.5Z"), Some(86_400_500_000));
/// assert_eq!(store_model::time::parse("1970-02-30T00:00:00Z"), None);
/// ```
#[must_use]
pub fn parse(text: &str) -> Option<i64> {
    let text = text.strip_suffix('Z')?;
    let (date, time) = text.split_once('T')?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
    let is_date = (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day);
    let is_time = hour < 24 && minute < 60 && second < 60;
    if !is_date || !is_time || fraction.is_empty() || fraction.len() > 6 {
        return None;
    }
    let micros: i64 = digits(&format!("{fraction:0<6}"))?;
    let seconds = days_since_1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    Some(seconds * 1_000_000 + micros)
}

fn numbers(text: &str, separator: char, lengths: [usize; 3]) -> Option<[i64; 3]> {
    let mut parts = text.split(separator);
    let mut number = |length| digits(parts.next().filter(|part| part.len() == length)?);
    let all = [number(lengths[0])?, number(lengths[1])?, number(lengths[2])?];
    parts.next().is_none().then_some(all)
}

/// A sign would parse too.
fn digits(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970 on, in the calendar of ISO 8601 (Howard Hinnant, <https://howardhinnant.github.io/date_algorithms.html>).
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March, so that the day that some have more is their last.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// A time as [`parse`] reads it, from its microseconds since 1970.
///
/// ```
/// assert_eq!(store_model::time::write(86_400_500_000), "1970-01-02T00:00:00.5Z");
/// ```
#[must_use]
pub fn write(micros: i64) -> String {
    let (day, rest) = (micros.div_euclid(86_400_000_000), micros.rem_euclid(86_400_000_000));
    let (year, month, date) = date_of(day);
    let (seconds, micros) = (rest / 1_000_000, rest % 1_000_000);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let fraction = format!(".{micros:06}");
    let fraction = fraction.trim_end_matches('0').trim_end_matches('.');
    format!("{year:04}-{month:02}-{date:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

/// The year, month and day of a day from 1970 on: the way back.
fn date_of(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let day_of_era = day.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * from_march + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_from_1970() {
        for (text, micros) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59.999999Z", -1),
            ("2000-02-29T12:34:56Z", 951_827_696_000_000),
            ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
            ("0000-01-01T00:00:00Z", -62_167_219_200_000_000),
        ] {
            assert_eq!(parse(text), Some(micros), "{text}");
            assert_eq!(write(micros), text);
        }
    }

    #[test]
    fn anything_else_is_no_time() {
        for text in [
            "",
            "now",
            "1970-01-01",
            "1970-01-01T00:00:00",
            "1970-01-01T00:00:00+00:00",
            "1970-1-01T00:00:00Z",
            "1970-13-01T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "1970-01-01T24:00:00Z",
            "1970-01-01T00:00:60Z",
            "1970-01-01T00:00:00.Z",
            "1970-01-01T00:00:00.1234567Z",
            "+970-01-01T00:00:00Z",
            "1970-01-01-01T00:00:00Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
