//! Whole numbers as decimal ones, in text: 1999 with two digits after the point is `19.99`.

use super::Unfit;

/// More digits than that after the point make every number of 64 bits smaller than one.
const MOST_DIGITS: u8 = 38;

/// The text of so many of the smallest step.
pub(crate) fn write(number: i64, digits: u8) -> String {
    let digits = usize::from(digits);
    if digits == 0 {
        return number.to_string();
    }
    let sign = if number < 0 { "-" } else { "" };
    let all = format!("{:0>width$}", number.unsigned_abs(), width = digits + 1);
    let (whole, fraction) = all.split_at(all.len() - digits);
    format!("{sign}{whole}.{fraction}")
}

/// How many of the smallest step a text says, whatever zeros it begins or ends with.
pub(crate) fn read(text: &str, digits: u8) -> Result<i64, Unfit> {
    let number = read_wide(text, digits)?;
    i64::try_from(number).map_err(|_| format!("{text} is out of range"))
}

/// The same of more than 64 bits.
pub(crate) fn read_wide(text: &str, digits: u8) -> Result<i128, Unfit> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) || digits > MOST_DIGITS {
        return Err(format!("`{text}` is no decimal number"));
    }
    let fraction = fraction.trim_end_matches('0');
    let Some(missing) = usize::from(digits).checked_sub(fraction.len()) else {
        return Err(format!("{text} has more than {digits} digits after the point"));
    };
    let sign = if text.len() == unsigned.len() { "" } else { "-" };
    let zeros = "0".repeat(missing);
    format!("{sign}{whole}{fraction}{zeros}").parse().map_err(|_| format!("{text} is out of range"))
}

/// The same of a text that has no zero before its number, and no sign before zero.
pub(crate) fn read_plain(text: &str, digits: u8) -> Result<i64, Unfit> {
    let number = read(text, digits)?;
    let whole = text.strip_prefix('-').unwrap_or(text);
    let is_padded = whole.starts_with('0') && whole.len() > 1 && !whole.starts_with("0.");
    if is_padded || (number == 0 && text.starts_with('-')) {
        return Err(format!("`{text}` is no decimal number in plain digits"));
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: [i64; 11] = [0, 1, -1, 7, 100, -100, 1999, 2000, -123_456_789, i64::MAX, i64::MIN];

    #[test]
    fn everything_comes_back() {
        for number in NUMBERS {
            for digits in 0..=MOST_DIGITS {
                let text = write(number, digits);
                assert_eq!(read(&text, digits), Ok(number), "{text}");
                assert_eq!(read_plain(&text, digits), Ok(number), "{text}");
            }
        }
        assert_eq!(write(-5, 2), "-0.05");
        assert_eq!(write(1999, 2), "19.99");
        assert_eq!(write(0, 3), "0.000");
    }

    #[test]
    fn zeros_at_the_ends_change_nothing() {
        for (text, number) in
            [("20", 2000), ("20.0", 2000), ("20.00000", 2000), ("0020.5", 2050), ("-0.5", -50)]
        {
            assert_eq!(read(text, 2), Ok(number), "{text}");
        }
        assert_eq!(read("7.000", 0), Ok(7));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in
            ["", "-", ".5", "5.", "+5", " 5", "5 ", "1e3", "1,5", "--1", "1.2.3", "NaN", "Infinity", "٣"]
        {
            assert!(read(text, 2).is_err(), "{text}");
        }
        assert!(read("19.999", 2).is_err());
        assert!(read("92233720368547758.08", 2).is_err());
        for text in ["007", "00.5", "-0", "-0.00", "-007"] {
            assert!(read(text, 2).is_ok(), "{text}");
            assert!(read_plain(text, 2).is_err(), "{text}");
        }
    }
}
