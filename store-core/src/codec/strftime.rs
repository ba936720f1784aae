//! Times in text, in a format of `strftime`.
//!
//! A text is read only if it is what would be written for its time: it then sorts by time, and comes back as it was.

use chrono::format::{Parsed, StrftimeItems, parse};
use chrono::{DateTime, Utc};

use super::{Decoded, Unfit};

/// A day.
pub(super) const DATE: &str = "%Y-%m-%d";

/// A time as SQLite writes one, with as many digits of a second as it can have.
const FINEST: &str = "%Y-%m-%d %H:%M:%S%.6f";

/// The length of [`FINEST`] without the point and its digits.
const TO_SECONDS: usize = 19;

/// A time in a format.
pub(super) fn write(format: &str, time: DateTime<Utc>) -> Result<String, Unfit> {
    use std::fmt::Write as _;
    let mut text = String::new();
    write!(text, "{}", time.format(format)).map_err(|_| format!("`{format}` is no format of a time"))?;
    Ok(text)
}

/// A time as SQLite writes one, with so many digits of a second: `CURRENT_TIMESTAMP` has none.
pub(super) fn write_digits(digits: u8, time: DateTime<Utc>) -> Result<String, Unfit> {
    let mut text = write(FINEST, time)?;
    text.truncate(length(digits));
    Ok(text)
}

/// A time from a text in a format.
pub(super) fn read(format: &str, text: &str) -> Decoded<DateTime<Utc>> {
    let wrong = || format!("`{text}` is not exactly as `{format}` writes a time");
    let time = parsed(format, text).ok_or_else(wrong)?;
    if write(format, time)? == text { Ok(time) } else { Err(wrong().into()) }
}

/// A time from a text as SQLite writes one, with so many digits of a second.
pub(super) fn read_digits(digits: u8, text: &str) -> Decoded<DateTime<Utc>> {
    if text.len() != length(digits) {
        return Err(
            format!("`{text}` is no time as SQLite writes it with {digits} digits of a second").into()
        );
    }
    let point = if digits == 0 { "." } else { "" };
    let padded = format!("{text}{point}{:0<1$}", "", usize::from(6 - digits.min(6)));
    read(FINEST, &padded)
}

fn length(digits: u8) -> usize {
    TO_SECONDS + if digits == 0 { 0 } else { 1 + usize::from(digits.min(6)) }
}

/// What a format leaves out is the first there is: a day begins at midnight.
fn parsed(format: &str, text: &str) -> Option<DateTime<Utc>> {
    let mut parsed = Parsed::new();
    parse(&mut parsed, text, StrftimeItems::new(format)).ok()?;
    let day = parsed.to_naive_date().ok()?;
    if parsed.hour_div_12().is_none() {
        parsed.set_hour(0).ok()?;
    }
    if parsed.minute().is_none() {
        parsed.set_minute(0).ok()?;
    }
    let time = day.and_time(parsed.to_naive_time().ok()?).and_utc();
    // A leap second is written as the next second, which is another text.
    Some(crate::time::to_micros(time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_be_written_is_read() {
        let seconds = "%Y-%m-%d %H:%M:%S";
        for (format, text) in [
            (seconds, "2024-02-29 23:59:59"),
            (seconds, "0000-01-01 00:00:00"),
            ("%Y-%m-%d", "9999-12-31"),
            ("%Y%m%d%H%M", "202402292359"),
            ("%Y-%m-%dT%H", "2024-02-29T23"),
            ("%Y-%j", "2024-366"),
            ("%FT%TZ", "2024-02-29T23:59:59Z"),
            ("%FT%T%.3fZ", "2024-02-29T23:59:59.120Z"),
            ("%F %R", "2024-02-29 23:59"),
            ("%F %T,%6f", "2024-02-29 23:59:59,000001"),
            ("%FT%T%:z", "2024-02-29T23:59:59+00:00"),
        ] {
            let time = read(format, text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(write(format, time).unwrap(), text);
        }
        for (format, text) in [
            (seconds, ""),
            (seconds, "2024-02-29"),
            (seconds, "2024-02-29 23:59:60"),
            (seconds, "2024-02-30 00:00:00"),
            (seconds, "2024-2-29 23:59:59"),
            (seconds, " 2024-02-29 23:59:59"),
            (seconds, "2024-02-29 23:59:59 "),
            (seconds, "2024-02-29  23:59:59"),
            (seconds, "2024-02-29T23:59:59"),
            (seconds, "2024-02-29 23:59:59.5"),
            (seconds, "+2024-02-29 23:59:59"),
            ("%F %T%.9f", "2024-02-29 23:59:59.000000001"),
            ("%FT%T%:z", "2024-02-29T23:59:59+02:00"),
        ] {
            assert!(read(format, text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_format_that_is_none_is_told() {
        assert!(write("%Y-%Q", DateTime::UNIX_EPOCH).is_err());
        assert!(read("%Y-%Q", "1970-1").is_err());
    }

    #[test]
    fn digits_are_as_many_as_said() {
        let time = DateTime::from_timestamp_micros(1_000_120_000).unwrap();
        for (digits, text) in [
            (0, "1970-01-01 00:16:40"),
            (1, "1970-01-01 00:16:40.1"),
            (3, "1970-01-01 00:16:40.120"),
            (6, "1970-01-01 00:16:40.120000"),
        ] {
            assert_eq!(write_digits(digits, time).unwrap(), text);
            let cut = read_digits(digits, text).unwrap();
            assert_eq!(write_digits(digits, cut).unwrap(), text);
            for other in (0..=6).filter(|other| *other != digits) {
                assert!(read_digits(other, text).is_err(), "{text} with {other} digits");
            }
        }
        assert!(read_digits(1, "1970-01-01 00:16:40,1").is_err());
        assert!(read_digits(0, "1970-01-01 00:16:4é").is_err());
    }
}
