//! The one rule for times.

use chrono::{DateTime, Utc};

/// Cuts a time to what every store keeps: whole microseconds.
///
/// Digits below are cut toward the past, and a leap second becomes the next second. Every store applies it to each time
/// before anything else sees it, so a record that is read back differs from the saved one in nothing more than this.
///
/// ```
/// use chrono::DateTime;
///
/// let time = DateTime::from_timestamp(1, 123_456_789).unwrap();
/// assert_eq!(store_core::to_micros(time), DateTime::from_timestamp(1, 123_456_000).unwrap());
/// ```
#[must_use]
pub fn to_micros(time: DateTime<Utc>) -> DateTime<Utc> {
    // Most times have been cut before. That of a leap second has a second too many in its nanoseconds.
    let nanos = time.timestamp_subsec_nanos();
    if nanos < 1_000_000_000 && nanos.is_multiple_of(1_000) {
        return time;
    }
    // The range of `DateTime` is less than that of 64 bits of microseconds, so there is always such a time.
    DateTime::from_timestamp_micros(time.timestamp_micros()).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_toward_the_past_before_the_epoch_too() {
        let time = DateTime::from_timestamp(-1, 999_999_999).unwrap();
        assert_eq!(to_micros(time), DateTime::from_timestamp(-1, 999_999_000).unwrap());
    }

    #[test]
    fn a_leap_second_becomes_the_next_second() {
        let leap = DateTime::from_timestamp(59, 1_500_000_000).unwrap();
        assert_eq!(to_micros(leap), DateTime::from_timestamp(60, 500_000_000).unwrap());
    }

    #[test]
    fn holds_the_ends_of_the_range() {
        assert_eq!(to_micros(DateTime::<Utc>::MIN_UTC), DateTime::<Utc>::MIN_UTC);
        assert!(to_micros(DateTime::<Utc>::MAX_UTC) <= DateTime::<Utc>::MAX_UTC);
    }
}
