//! Whole numbers as doubles: the one that is nearest to the decimal number, and no other.

use super::{Unfit, decimal};

/// A double tells all numbers with 15 digits apart, and the text that a database makes of one still has them all.
const LIMIT: u64 = 1_000_000_000_000_000;

/// The double of so many of the smallest step.
pub(crate) fn write(number: i64, digits: u8) -> Result<f64, Unfit> {
    let text = decimal::write(number, digits);
    if number.unsigned_abs() >= LIMIT {
        return Err(format!("{text} has more than 15 digits, and is kept as a double, which has no more"));
    }
    Ok(text.parse().expect("a decimal number is one for a double"))
}

/// How many of the smallest step a double says.
pub(crate) fn read(double: f64, digits: u8) -> Result<i64, Unfit> {
    let all = usize::from(digits);
    let number = decimal::read(&format!("{double:.all$}"), digits);
    let written = number.as_ref().ok().and_then(|number| write(*number, digits).ok());
    match number {
        // The bits tell zero from its negative.
        Ok(number) if written.is_some_and(|it| it.to_bits() == double.to_bits()) => Ok(number),
        _ => Err(format!("{double} is not the double of a number with {digits} digits after the point")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for digits in [0, 1, 2, 3, 8] {
            for number in (-1_000..1_000).chain([1_999, 123_456_789_012_345, 999_999_999_999_999]) {
                let double = write(number, digits).unwrap();
                assert_eq!(read(double, digits), Ok(number));
                assert_eq!(read(-double, digits).is_ok(), number != 0);
            }
        }
        assert_eq!(write(1_999, 2), Ok(19.99));
    }

    #[test]
    fn what_has_more_digits_is_refused() {
        for number in [1_000_000_000_000_000, 1 << 53, i64::MAX, i64::MIN, -1_000_000_000_000_000] {
            assert!(write(number, 0).is_err(), "{number}");
            assert!(write(number, 2).is_err(), "{number}");
        }
    }

    #[test]
    fn any_other_double_is_refused() {
        let odd = [0.1 + 0.2, 19.990_000_000_000_002, 19.999, 1e300, f64::NAN, f64::INFINITY, -0.0, 1e17];
        for double in odd {
            assert!(read(double, 2).is_err(), "{double}");
        }
        assert!(read(0.5, 0).is_err());
        assert!(read(9_007_199_254_740_992.0, 0).is_err());
    }
}
