//! How a value of the contract is kept in a column.

use crate::adapter::Dialect;
use crate::contract::Kind;
use crate::time::Span;

/// How a value is kept in a column. What a form is called in SQL, and what it is bound as, differs for each database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form<'a> {
    /// Text, compared byte for byte.
    Text,
    /// A whole number; of a time or a text, one that stands for it.
    Integer(Width),
    /// True or false.
    Boolean,
    /// An instant to the microsecond, as the database keeps one by default.
    Time,
    /// A JSON document in the database's own type for it.
    Json,

    /// A UUID in lower case with its four hyphens.
    Uuid,
    /// A UUID in its 16 bytes.
    UuidBytes,
    /// Text in a column of a fixed length, which the database fills up with blanks.
    Char(u16),

    /// A whole number as a decimal one of so many digits after the point: 1999 is 19.99 with two.
    Decimal(u8),
    /// The same with as many digits as the currency of the record has.
    DecimalOfCurrency,
    /// The double that is nearest to the decimal of so many digits after the point.
    Double(u8),
    /// A whole number as its digits in text.
    Digits,
    /// [`Form::Decimal`] in text.
    DecimalText(u8),
    /// A number of days as seconds, of which a day has 86400.
    Seconds,

    /// A time without zone, which is in UTC, with so many digits of a second; on MySQL a `TIMESTAMP`.
    Timestamp(u8),
    /// The same; on MySQL a `DATETIME`.
    DateTime(u8),
    /// A day, which begins at midnight in UTC.
    Date,
    /// A number of units of time since 1970.
    Epoch(Unit),
    /// Text in a format of `strftime`, in UTC.
    TimeText(&'a str),

    /// A JSON document in text.
    JsonText,
    /// [`Form::Json`], of which values that are no text read as their JSON.
    AnyJson,
    /// [`Form::JsonText`], of which values that are no text read as their JSON.
    AnyJsonText,
    /// An array of texts.
    Array,
    /// Texts with a delimiter between them.
    Delimited(&'a str),

    /// An interval and its count as ISO 8601 writes a duration: `P3M`.
    Iso8601,
    /// An interval and its count as a number and a letter: `3M`.
    Code,

    /// Bytes that a codec makes.
    Bytes,
    /// A double that a codec makes.
    Float,
    /// What a codec makes. Which form that is, is known when the user's crate is compiled; no adapter at run time has this.
    Coded(Coded),
}

/// One column of a codec: of which field, and which of its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Coded {
    /// The field, by place.
    pub place: u8,
    /// Its number among the columns of the field, counted from zero.
    pub number: u8,
}

/// The width of a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Width {
    /// 16 bits with a sign.
    I16,
    /// 32 bits with a sign.
    I32,
    /// 64 bits with a sign.
    I64,
    /// 8 bits without a sign.
    U8,
    /// 16 bits without a sign.
    U16,
    /// 32 bits without a sign.
    U32,
    /// 64 bits without a sign.
    U64,
}

impl Width {
    /// The smallest and the greatest number.
    ///
    /// ```
    /// use store_model::form::Width;
    ///
    /// assert_eq!(Width::U16.range(), 0..=65_535);
    /// ```
    #[must_use]
    pub const fn range(self) -> core::ops::RangeInclusive<i128> {
        match self {
            Self::I16 => i16::MIN as i128..=i16::MAX as i128,
            Self::I32 => i32::MIN as i128..=i32::MAX as i128,
            Self::I64 => i64::MIN as i128..=i64::MAX as i128,
            Self::U8 => 0..=u8::MAX as i128,
            Self::U16 => 0..=u16::MAX as i128,
            Self::U32 => 0..=u32::MAX as i128,
            Self::U64 => 0..=u64::MAX as i128,
        }
    }
}

/// A unit in which times are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Thousandths of a second.
    Millis,
    /// Millionths of a second.
    Micros,
}

impl Unit {
    /// How many microseconds it has.
    #[must_use]
    pub const fn micros(self) -> i64 {
        match self {
            Self::Seconds => 1_000_000,
            Self::Millis => 1_000,
            Self::Micros => 1,
        }
    }
}

/// What a driver sends and reads for a form: the type of the value on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Carrier {
    /// Text.
    Text,
    /// A number of 16 bits.
    Small,
    /// A number of 32 bits.
    Int,
    /// A number of 64 bits.
    Big,
    /// A number of 64 bits without a sign.
    Unsigned,
    /// A double.
    Double,
    /// A whole number or a double, each value as it is.
    Number,
    /// True or false.
    Boolean,
    /// An instant in the database's default type.
    Time,
    /// A date and a time of day without zone.
    Naive,
    /// A date.
    Date,
    /// Bytes.
    Bytes,
    /// A JSON document.
    Json,
    /// An array of texts.
    Array,
}

impl<'a> Form<'a> {
    /// A whole number of 64 bits.
    pub const INTEGER: Self = Self::Integer(Width::I64);

    /// The form of a field that no annotation speaks of.
    #[must_use]
    pub const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Key | Kind::OptionalKey | Kind::Text | Kind::Word => Self::Text,
            Kind::Integer | Kind::Count => Self::INTEGER,
            Kind::Boolean => Self::Boolean,
            Kind::Time | Kind::OptionalTime => Self::Time,
            Kind::List | Kind::Numbers | Kind::Texts => Self::Json,
        }
    }

    /// What the driver of a database sends and reads for it.
    #[inline]
    #[must_use]
    pub const fn carrier(self, dialect: Dialect) -> Carrier {
        match (self, dialect) {
            (Self::Integer(Width::I16 | Width::U8), Dialect::Postgres) => Carrier::Small,
            (Self::Integer(Width::I32 | Width::U16), Dialect::Postgres) => Carrier::Int,
            (Self::Integer(Width::U8 | Width::U16 | Width::U32 | Width::U64), Dialect::MySql) => {
                Carrier::Unsigned
            }
            (Self::Integer(_) | Self::Seconds | Self::Epoch(_), _) => Carrier::Big,
            (Self::Boolean, _) => Carrier::Boolean,
            (Self::Decimal(_) | Self::DecimalOfCurrency | Self::Double(_), Dialect::Sqlite) => {
                Carrier::Number
            }
            (Self::Double(_) | Self::Float, _) => Carrier::Double,
            (Self::Time, _) => Carrier::Time,
            (Self::Timestamp(_) | Self::DateTime(_), Dialect::Postgres) => Carrier::Naive,
            // One type of the driver reads and writes both; a TIMESTAMP bound as itself would lose most years.
            (Self::Timestamp(_) | Self::DateTime(_), Dialect::MySql) => Carrier::Time,
            (Self::Date, Dialect::Postgres | Dialect::MySql) => Carrier::Date,
            (Self::UuidBytes | Self::Bytes, _) => Carrier::Bytes,
            (Self::Json | Self::AnyJson, _) => Carrier::Json,
            (Self::Array, _) => Carrier::Array,
            _ => Carrier::Text,
        }
    }

    /// Whether it keeps times.
    #[must_use]
    pub const fn is_time(&self) -> bool {
        matches!(
            self,
            Self::Time
                | Self::Timestamp(_)
                | Self::DateTime(_)
                | Self::Date
                | Self::Epoch(_)
                | Self::TimeText(_)
        )
    }

    /// Whether it is JSON in the database's own type for it.
    #[must_use]
    pub const fn is_document(self) -> bool {
        matches!(self, Self::Json | Self::AnyJson)
    }

    /// How many microseconds the smallest step of a time in it has; none where it keeps every microsecond, or no time.
    ///
    /// ```
    /// use store_model::form::{Form, Unit};
    ///
    /// assert_eq!(Form::Epoch(Unit::Seconds).step(), Some(1_000_000));
    /// assert_eq!(Form::Timestamp(6).step(), None);
    /// ```
    #[must_use]
    pub const fn step(&self) -> Option<i64> {
        const DAY: i64 = 86_400_000_000;
        match self {
            Self::Timestamp(digits) | Self::DateTime(digits) if *digits < 6 => {
                Some(10_i64.pow(6 - *digits as u32))
            }
            Self::Epoch(Unit::Seconds) => Some(1_000_000),
            Self::Epoch(Unit::Millis) => Some(1_000),
            Self::Date => Some(DAY),
            Self::TimeText(format) => step_of_text(format),
            _ => None,
        }
    }

    /// The times that a column of it holds.
    ///
    /// ```
    /// use store_model::adapter::Dialect;
    /// use store_model::form::Form;
    /// use store_model::time::Span;
    ///
    /// assert_eq!(Form::Timestamp(0).span(Dialect::MySql), Span::TIMESTAMP_OF_MYSQL);
    /// ```
    #[must_use]
    pub const fn span(self, dialect: Dialect) -> Span {
        match (dialect, self) {
            (_, Self::Epoch(_)) => Span::CALENDAR,
            (_, Self::TimeText(_)) => Span::FOUR_DIGITS,
            (Dialect::MySql, Self::Timestamp(_)) => Span::TIMESTAMP_OF_MYSQL,
            (Dialect::MySql | Dialect::Sqlite, _) => Span::FOUR_DIGITS,
            (Dialect::Postgres, _) => Span::POSTGRES,
        }
    }

    /// Whether statements compare a time with the last one within a range, not with the first one after it: where the
    /// last time of all that a column holds has none after it.
    #[must_use]
    pub const fn ends_within(&self, dialect: Dialect) -> bool {
        !matches!((self, dialect), (Self::Time, Dialect::Postgres | Dialect::Sqlite))
    }
}

/// The smallest step of a format: what its last part counts.
const fn step_of_text(format: &str) -> Option<i64> {
    let bytes = format.as_bytes();
    let mut index = 0;
    let mut step = 86_400_000_000;
    while index + 1 < bytes.len() {
        if bytes[index] == b'%' {
            index += 1;
            let found = match bytes[index] {
                b'H' => 3_600_000_000,
                b'M' => 60_000_000,
                b'S' | b'T' => 1_000_000,
                b'R' => 60_000_000,
                b'3' => 1_000,
                b'6' | b'f' | b'9' => 1,
                // `%.3f` and its like.
                b'.' if index + 1 < bytes.len() => match bytes[index + 1] {
                    b'3' => 1_000,
                    _ => 1,
                },
                _ => step,
            };
            if found < step {
                step = found;
            }
        }
        index += 1;
    }
    if step == 1 { None } else { Some(step) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_as_fine_as_its_finest_part() {
        assert_eq!(Form::TimeText("%Y-%m-%d %H:%M:%S").step(), Some(1_000_000));
        assert_eq!(Form::TimeText("%Y-%m-%dT%H:%M:%S%.3fZ").step(), Some(1_000));
        assert_eq!(Form::TimeText("%Y-%m-%d %H:%M:%S%.6f").step(), None);
        assert_eq!(Form::TimeText("%Y%m%d").step(), Some(86_400_000_000));
    }
}
