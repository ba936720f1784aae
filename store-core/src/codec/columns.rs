//! What the columns of a codec can hold.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use store_model::adapter::{Column, Dialect};
use store_model::form::{Form, Width};

use super::text::without_nul;
use super::{Atom, Decoded, Encoded, number, time, unexpected};
use crate::error::BoxError;

/// What the columns of a [`Codec`](super::Codec) hold.
///
/// For one column it is `bool`, a whole number (`i16`, `i32`, `i64`, `u8`, `u16`, `u32`, `u64`), `f64`, `String`, `Vec<u8>`,
/// `DateTime<Utc>` (the time type that the database has by default), `NaiveDateTime` (a time without zone), `NaiveDate`, or an
/// [`Option`] of one where the column may be NULL; for several a tuple of up to four of these.
///
/// The DDL gives each column the database's own type for it. A column of a type that the driver doesn't know, which says
/// `type = ".."`, is sent and read as its text, a `String`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what columns hold",
    label = "a column holds `bool`, a whole number, `f64`, `String`, `Vec<u8>`, `DateTime<Utc>`, `NaiveDateTime`, `NaiveDate`, or an `Option` of one",
    note = "for several columns write a tuple of such types, four at most"
)]
pub trait Columns: Sealed {}

/// Columns of a number that is known.
#[diagnostic::on_unimplemented(
    message = "a codec whose `Columns` are `{Self}` doesn't fill {NUMBER} column(s)",
    label = "this codec has another number of columns than are named here",
    note = "name as many columns in `over(..)` as its `Columns` have parts; one column needs no `over`"
)]
pub trait Filling<const NUMBER: usize>: Columns {}

/// How columns are sent and read.
pub trait Sealed: Sized {
    #[doc(hidden)]
    const PARTS: &'static [Part];

    /// The value of one of them as it is stored.
    #[doc(hidden)]
    fn encode(self, dialect: Dialect, number: usize) -> Encoded<'static>;

    /// All of them from what was read, each at its place.
    #[doc(hidden)]
    fn decode(atoms: &mut [Option<Atom<'_>>]) -> Decoded<Self>;
}

/// One column of a codec.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub(crate) form: Form<'static>,
    pub(crate) takes_null: bool,
}

/// What one column holds.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a column holds",
    label = "a column holds `bool`, a whole number, `f64`, `String`, `Vec<u8>`, `DateTime<Utc>`, `NaiveDateTime`, `NaiveDate`, or an `Option` of one"
)]
pub trait Held: Sized {
    #[doc(hidden)]
    const FORM: Form<'static>;

    #[doc(hidden)]
    const TAKES_NULL: bool = false;

    #[doc(hidden)]
    fn encode(self, dialect: Dialect) -> Encoded<'static>;

    #[doc(hidden)]
    fn decode(atom: Option<Atom<'_>>) -> Decoded<Self>;
}

/// Sent as text, as a column of a type is that the driver doesn't know.
#[diagnostic::on_unimplemented(
    message = "a column with `type` or `collation` holds text, and `{Self}` is none",
    label = "its place in the `Columns` of the codec must be a `String`"
)]
pub trait HeldAsText {}

impl HeldAsText for String {}
impl HeldAsText for Option<String> {}

/// Columns none of which is ever NULL, as those of a key must be.
#[diagnostic::on_unimplemented(
    message = "`id` and `subscriber_id` are kept in columns that are never NULL, and `{Self}` may be",
    label = "a key in which something is NULL tells no rows apart: leave `Option` out of the `Columns` of this codec"
)]
pub trait NeverNull {}

/// The type at a place of columns.
pub trait At<const NUMBER: usize> {
    /// It.
    type Held;
}

impl<T: Held> At<0> for T {
    type Held = T;
}

const fn part<T: Held>() -> Part {
    Part { form: T::FORM, takes_null: T::TAKES_NULL }
}

impl<T: Held> Sealed for T {
    const PARTS: &'static [Part] = &[part::<T>()];

    fn encode(self, dialect: Dialect, _: usize) -> Encoded<'static> {
        Held::encode(self, dialect)
    }

    fn decode(atoms: &mut [Option<Atom<'_>>]) -> Decoded<Self> {
        Held::decode(atoms[0].take())
    }
}

impl<T: Held> Columns for T {}
impl<T: Held> Filling<1> for T {}

macro_rules! never_null {
    ($($type:ty),* $(,)?) => {$(impl NeverNull for $type {})*};
}

never_null!(
    bool,
    i16,
    i32,
    i64,
    u8,
    u16,
    u32,
    u64,
    f64,
    String,
    Vec<u8>,
    DateTime<Utc>,
    NaiveDateTime,
    NaiveDate
);

macro_rules! tuples {
    ($($count:literal: $($type:ident $number:tt),*;)*) => {$(
        impl<$($type: Held),*> Sealed for ($($type,)*) {
            const PARTS: &'static [Part] = &[$(part::<$type>()),*];

            fn encode(self, dialect: Dialect, number: usize) -> Encoded<'static> {
                match number {
                    $($number => self.$number.encode(dialect),)*
                    _ => panic!("a codec has no column {number}"),
                }
            }

            fn decode(atoms: &mut [Option<Atom<'_>>]) -> Decoded<Self> {
                Ok(($($type::decode(atoms[$number].take()).map_err(|source| NumberedFault { number: $number, source })?,)*))
            }
        }

        impl<$($type: Held),*> Columns for ($($type,)*) {}
        impl<$($type: Held),*> Filling<$count> for ($($type,)*) {}
        impl<$($type: NeverNull),*> NeverNull for ($($type,)*) {}
        tuples!(@at ($($type),*) $($type $number),*);
    )*};
    (@at ($($all:ident),*) $($type:ident $number:tt),*) => {
        tuples!(@each ($($all),*) $($type $number),*);
    };
    (@each $all:tt $type:ident $number:tt $(, $($rest:tt)*)?) => {
        tuples!(@one $all $type $number);
        $(tuples!(@each $all $($rest)*);)?
    };
    (@one ($($all:ident),*) $type:ident $number:tt) => {
        impl<$($all: Held),*> At<$number> for ($($all,)*) {
            type Held = $type;
        }
    };
}

tuples! {
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
}

/// What is wrong with one of several columns.
#[derive(Debug, thiserror::Error)]
#[error("{source}")]
pub(crate) struct NumberedFault {
    pub(crate) number: usize,
    pub(crate) source: BoxError,
}

fn some(atom: Option<Atom<'_>>) -> Decoded<Atom<'_>> {
    atom.ok_or_else(|| "it is NULL".into())
}

impl<T: Held> Held for Option<T> {
    const FORM: Form<'static> = T::FORM;
    const TAKES_NULL: bool = true;

    fn encode(self, dialect: Dialect) -> Encoded<'static> {
        self.map_or(Ok(None), |value| value.encode(dialect))
    }

    fn decode(atom: Option<Atom<'_>>) -> Decoded<Self> {
        atom.map(|atom| T::decode(Some(atom))).transpose()
    }
}

macro_rules! whole {
    ($($type:ty = $width:ident,)*) => {$(
        impl Held for $type {
            const FORM: Form<'static> = Form::Integer(Width::$width);

            fn encode(self, _: Dialect) -> Encoded<'static> {
                Ok(Some(Atom::Integer(self.into())))
            }

            fn decode(atom: Option<Atom<'_>>) -> Decoded<Self> {
                let number = number::whole_number(some(atom)?)?;
                number::whole(Width::$width, number)?;
                Ok(number.try_into()?)
            }
        }
    )*};
}

whole!(i16 = I16, i32 = I32, i64 = I64, u8 = U8, u16 = U16, u32 = U32, u64 = U64,);

impl Held for bool {
    const FORM: Form<'static> = Form::Boolean;

    fn encode(self, _: Dialect) -> Encoded<'static> {
        Ok(Some(Atom::Boolean(self)))
    }

    fn decode(atom: Option<Atom<'_>>) -> Decoded<Self> {
        number::boolean(&Column::new("", Self::FORM), some(atom)?)
    }
}

impl Held for f64 {
    const FORM: Form<'static> = Form::Float;

    /// SQLite would keep NULL for what is no number, and MySQL nothing.
    fn encode(self, dialect: Dialect) -> Encoded<'static> {
        if !self.is_finite() && dialect != Dialect::Postgres {
            return Err(format!("{self} is no number that the database keeps"));
        }
        Ok(Some(Atom::Double(self)))
    }

    fn decode(atom: Option<Atom<'_>>) -> Decoded<Self> {
        match some(atom)? {
            Atom::Double(number) => Ok(number),
            // SQLite keeps a double as a whole number where it is one of at most 53 bits.
            Atom::Integer(number) if number.unsigned_abs() <= 1 << 53 => Ok(number as f64),
            other => Err(unexpected(&other, "a double")),
        }
    }
}

impl Held for String {
    const FORM: Form<'static> = Form::Text;

    fn encode(self, dialect: Dialect) -> Encoded<'static> {
        without_nul(dialect, &self)?;
        Ok(Some(Atom::Text(self.into())))
    }

    fn decode(atom: Option<Atom<'_>>) -> Decoded<Self> {
        match some(atom)? {
            Atom::Text(text) => Ok(text.into_owned()),
            other => Err(unexpected(&other, "text")),
        }
    }
}

impl Held for Vec<u8> {
    const FORM: Form<'static> = Form::Bytes;

    fn encode(self, _: Dialect) -> Encoded<'static> {
        Ok(Some(Atom::Bytes(self.into())))
    }

    fn decode(atom: Option<Atom<'_>>) -> Decoded<Self> {
        match some(atom)? {
            Atom::Bytes(bytes) => Ok(bytes.into_owned()),
            other => Err(unexpected(&other, "bytes")),
        }
    }
}

impl Held for DateTime<Utc> {
    const FORM: Form<'static> = Form::Time;

    fn encode(self, dialect: Dialect) -> Encoded<'static> {
        time::encode(dialect, &Column::new("", Self::FORM), self).map(Some)
    }

    fn decode(atom: Option<Atom<'_>>) -> Decoded<Self> {
        time::time(&Column::new("", Self::FORM), some(atom)?)
    }
}

impl Held for NaiveDateTime {
    const FORM: Form<'static> = Form::DateTime(6);

    fn encode(self, dialect: Dialect) -> Encoded<'static> {
        time::encode(dialect, &Column::new("", Self::FORM), self.and_utc()).map(Some)
    }

    fn decode(atom: Option<Atom<'_>>) -> Decoded<Self> {
        Ok(time::time(&Column::new("", Self::FORM), some(atom)?)?.naive_utc())
    }
}

impl Held for NaiveDate {
    const FORM: Form<'static> = Form::Date;

    fn encode(self, dialect: Dialect) -> Encoded<'static> {
        let midnight = self.and_time(NaiveTime::MIN).and_utc();
        time::encode(dialect, &Column::new("", Self::FORM), midnight).map(Some)
    }

    fn decode(atom: Option<Atom<'_>>) -> Decoded<Self> {
        Ok(time::time(&Column::new("", Self::FORM), some(atom)?)?.date_naive())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round<T: Held + Clone + PartialEq>(value: &T) -> bool {
        let columns = |dialect| {
            let atom = Held::encode(value.clone(), dialect).expect("it can be held");
            <T as Held>::decode(atom).expect("what is stored is read") == *value
        };
        Dialect::ALL.into_iter().all(columns)
    }

    #[test]
    fn what_is_stored_is_read() {
        assert!(round(&i16::MIN) && round(&i32::MAX) && round(&i64::MIN) && round(&u8::MAX));
        assert!(round(&u16::MAX) && round(&u32::MAX) && round(&u64::MAX) && round(&true) && round(&0.1));
        assert!(round(&"é".to_owned()) && round(&vec![0, 255]));
        let time = DateTime::from_timestamp_micros(-1).unwrap();
        assert!(round(&time) && round(&time.naive_utc()) && round(&time.date_naive()));
        assert!(round(&None::<i32>) && round(&Some(7_i32)));
    }

    #[test]
    fn what_can_not_be_held_is_refused() {
        assert!(Held::encode("a\0".to_owned(), Dialect::Postgres).is_err());
        for (dialect, fits) in [(Dialect::Sqlite, false), (Dialect::MySql, false), (Dialect::Postgres, true)]
        {
            assert_eq!(Held::encode(f64::NAN, dialect).is_ok(), fits);
        }
        assert!(Held::encode(NaiveDate::MAX, Dialect::MySql).is_err());
        assert!(<i16 as Held>::decode(Some(Atom::Integer(32_768))).is_err());
        assert!(<u32 as Held>::decode(Some(Atom::Integer(-1))).is_err());
        assert!(<bool as Held>::decode(Some(Atom::Integer(2))).is_err());
        assert!(<String as Held>::decode(Some(Atom::Integer(2))).is_err());
        assert_eq!(<i64 as Held>::decode(None).unwrap_err().to_string(), "it is NULL");
    }

    #[test]
    fn the_fault_of_a_tuple_has_its_number() {
        let mut atoms = [Some(Atom::Integer(1)), None];
        let fault = <(i32, String) as Sealed>::decode(&mut atoms).unwrap_err();
        assert_eq!(fault.downcast_ref::<NumberedFault>().map(|fault| fault.number), Some(1));
        let mut atoms = [Some(Atom::Integer(1)), Some(Atom::Text("day".into()))];
        assert_eq!(<(i32, String) as Sealed>::decode(&mut atoms).unwrap(), (1, "day".to_owned()));
    }
}
