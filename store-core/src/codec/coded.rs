//! Codecs of the user's own as data: what their columns are, and their functions behind pointers.

use std::marker::PhantomData;

use store_model::adapter::{Code, Column, Dialect};
use store_model::form::Form;
use store_model::sql::{cast_to, plain_type};

use super::columns::{Filling, HeldAsText, NeverNull, Part, Sealed};
use super::custom::Codec;
use super::fields::{Field, Owned};
use super::{Atom, Decoded, Encoded, Value};

/// What a codec does, whatever its field and its columns are.
struct Functions {
    encode: fn(Dialect, usize, Value<'_>) -> Encoded<'static>,
    decode: fn(&mut [Option<Atom<'_>>]) -> Decoded<Owned>,
    #[cfg(feature = "contract")]
    example: fn(u32) -> Option<Owned>,
    /// How many columns there are.
    #[cfg(feature = "contract")]
    columns: usize,
}

/// The functions of a codec.
struct Of<C, F>(PhantomData<(C, F)>);

impl<C: Codec<F>, F: Field> Of<C, F> {
    const FUNCTIONS: &'static Functions = &Functions {
        encode: Self::encode,
        decode: Self::decode,
        #[cfg(feature = "contract")]
        example: Self::example,
        #[cfg(feature = "contract")]
        columns: <C::Columns as Sealed>::PARTS.len(),
    };

    /// What an adapter has of each column; of those that are not there nobody asks.
    const CODES: &'static [Code<'static>; 4] = &[Self::code(0), Self::code(1), Self::code(2), Self::code(3)];

    const fn code(number: u8) -> Code<'static> {
        let parts = <C::Columns as Sealed>::PARTS;
        let takes_null = (number as usize) < parts.len() && parts[number as usize].takes_null;
        Code { name: std::any::type_name::<C>, functions: Self::FUNCTIONS, number, takes_null }
    }

    fn encode(dialect: Dialect, number: usize, value: Value<'_>) -> Encoded<'static> {
        match F::lend(value, C::encode) {
            Some(Ok(columns)) => columns.encode(dialect, number),
            Some(Err(error)) => Err(error.to_string()),
            None => Err("this is no value of the field".into()),
        }
    }

    fn decode(atoms: &mut [Option<Atom<'_>>]) -> Decoded<Owned> {
        let columns = <C::Columns as Sealed>::decode(atoms)?;
        C::decode(columns).map(Field::owned)
    }

    #[cfg(feature = "contract")]
    fn example(number: u32) -> Option<Owned> {
        C::example(number).map(Field::owned)
    }
}

/// A codec as expansions name it.
#[derive(Clone, Copy, Debug)]
pub struct Coded {
    codes: &'static [Code<'static>; 4],
    parts: &'static [Part],
}

impl Coded {
    /// The codec of a field that is kept in so many columns.
    #[must_use]
    pub const fn new<C: Codec<F, Columns: Filling<NUMBER>>, F: Field, const NUMBER: usize>() -> Self {
        Self { codes: Of::<C, F>::CODES, parts: <C::Columns as Sealed>::PARTS }
    }

    /// The codec of a field that tells rows apart.
    #[must_use]
    pub const fn of_key<C: Codec<F, Columns: Filling<NUMBER> + NeverNull>, F: Field, const NUMBER: usize>()
    -> Self {
        Self::new::<C, F, NUMBER>()
    }

    /// One of its columns.
    #[must_use]
    pub const fn column(&self, number: u8, name: &'static str) -> Column<'static> {
        Column::new(name, self.parts[number as usize].form).coded(&self.codes[number as usize])
    }

    /// The type of one of its columns.
    #[must_use]
    pub const fn column_type(&self, number: u8, dialect: Dialect, is_in_key: bool) -> &'static str {
        plain_type(dialect, self.parts[number as usize].form, is_in_key)
    }

    /// On Postgres a cast to the type in which one of its columns is sent.
    #[must_use]
    pub const fn cast(&self, number: u8) -> &'static str {
        cast_to(self.parts[number as usize].form.carrier(Dialect::Postgres))
    }

    /// A text where one of its columns holds text, and nothing where it doesn't.
    #[must_use]
    pub const fn if_text(&self, number: u8, text: &'static str) -> &'static str {
        if matches!(self.parts[number as usize].form, Form::Text) { text } else { "" }
    }

    /// A text where one of its columns may be NULL, and nothing where it may not.
    #[must_use]
    pub const fn if_null(&self, number: u8, text: &'static str) -> &'static str {
        if self.parts[number as usize].takes_null { text } else { "" }
    }

    /// The other way round.
    #[must_use]
    pub const fn unless_null(&self, number: u8, text: &'static str) -> &'static str {
        if self.parts[number as usize].takes_null { "" } else { text }
    }
}

fn functions<'a>(code: &Code<'a>) -> &'a Functions {
    code.functions.downcast_ref().expect("only this module makes them")
}

/// What a value is in a column of a codec.
pub(super) fn encode(dialect: Dialect, code: &Code<'_>, value: Value<'_>) -> Encoded<'static> {
    (functions(code).encode)(dialect, code.number.into(), value)
}

/// The value that the columns of a codec hold.
pub(super) fn decode(code: &Code<'static>, atoms: &mut [Option<Atom<'_>>]) -> Decoded<Owned> {
    (functions(code).decode)(atoms)
}

/// A value that a codec takes, of a number of its own.
#[cfg(feature = "contract")]
pub(crate) fn example(code: &Code<'static>, number: u32) -> Option<Owned> {
    (functions(code).example)(number)
}

/// What a codec makes of a value in all of its columns, if it takes it.
#[cfg(feature = "contract")]
pub(crate) fn columns(code: &Code<'static>, value: Value<'_>) -> Option<Vec<Option<Atom<'static>>>> {
    let functions = functions(code);
    // What a database doesn't hold is no matter of the codec: the loosest of them is asked.
    let column = |number| (functions.encode)(Dialect::Sqlite, number, value).ok();
    (0..functions.columns).map(column).collect()
}

/// Holds a type of columns against one that the database is to take as text.
pub const fn is_text<T: HeldAsText>() {}

/// How long texts are in a row.
#[must_use]
pub const fn length(texts: &[&str]) -> usize {
    let (mut length, mut index) = (0, 0);
    while index < texts.len() {
        length += texts[index].len();
        index += 1;
    }
    length
}

/// Texts in a row, which are so long.
#[must_use]
pub const fn joined<const LENGTH: usize>(texts: &[&str]) -> [u8; LENGTH] {
    let mut joined = [0; LENGTH];
    let (mut at, mut index) = (0, 0);
    while index < texts.len() {
        let (_, rest) = joined.split_at_mut(at);
        let (here, _) = rest.split_at_mut(texts[index].len());
        here.copy_from_slice(texts[index].as_bytes());
        at += texts[index].len();
        index += 1;
    }
    joined
}

/// Texts in a row as one, when the user's crate is compiled: those of which a part depends on the type of a codec.
#[doc(hidden)]
#[macro_export]
macro_rules! __store_text {
    ($($text:expr),* $(,)?) => {{
        const TEXTS: &[&::core::primitive::str] = &[$($text),*];
        const BYTES: [::core::primitive::u8; $crate::__private::length(TEXTS)] =
            $crate::__private::joined(TEXTS);
        // A constant by itself: what follows a branch in a static is none any more.
        const TEXT: &::core::primitive::str = match ::core::str::from_utf8(&BYTES) {
            ::core::result::Result::Ok(text) => text,
            ::core::result::Result::Err(_) => ::core::unreachable!(),
        };
        TEXT
    }};
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::BoxError;

    struct Cents;

    impl Codec<i64> for Cents {
        type Columns = (Option<i32>, String);

        fn encode(cents: &i64) -> Result<Self::Columns, BoxError> {
            if *cents < 0 {
                return Err("it is less than nothing".into());
            }
            Ok((Some((cents / 100).try_into()?), format!("{:02}", cents % 100)))
        }

        fn decode((euros, cents): Self::Columns) -> Result<i64, BoxError> {
            let euros = i64::from(euros.unwrap_or_default());
            Ok(euros * 100 + cents.parse::<i64>()?)
        }
    }

    const CODED: Coded = Coded::new::<Cents, i64, 2>();

    #[test]
    fn a_codec_is_data() {
        let (euros, cents) = (CODED.column(0, "euros"), CODED.column(1, "cents"));
        assert_eq!((euros.form, cents.form), (Form::Integer(store_model::form::Width::I32), Form::Text));
        let codes = [euros, cents].map(|column| column.code.unwrap());
        assert_eq!(codes.map(|code| (code.number, code.takes_null)), [(0, true), (1, false)]);
        let encoded =
            |code, number| encode(Dialect::Sqlite, code, Value::Integer(number)).map(Option::unwrap);
        assert_eq!(encoded(codes[0], 1_999), Ok(Atom::Integer(19)));
        assert_eq!(encoded(codes[1], 1_999), Ok(Atom::Text("99".into())));
        assert_eq!(encoded(codes[1], -1), Err("it is less than nothing".to_owned()));
        let atoms = &mut [Some(Atom::Integer(19)), Some(Atom::Text("99".into()))];
        assert_eq!(decode(codes[0], atoms).unwrap(), Owned::Integer(1_999));
        assert!(decode(codes[0], &mut [None, None]).is_err());
    }

    #[test]
    fn texts_are_joined_when_they_are_compiled() {
        const TEXT: &str = crate::__store_text!(
            "`euros` ",
            CODED.column_type(0, Dialect::Sqlite, false),
            CODED.unless_null(0, " NOT NULL"),
            ", `cents` ",
            CODED.column_type(1, Dialect::MySql, true),
            CODED.if_text(1, " COLLATE é"),
        );
        assert_eq!(TEXT, "`euros` INTEGER, `cents` VARCHAR(255) COLLATE é");
    }
}
