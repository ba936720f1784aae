//! Ids, names and words.

use std::borrow::Cow;

use store_model::adapter::{Column, Dialect};
use store_model::form::{Form, Width};

use super::number::{whole, whole_number};
use super::{Atom, Decoded, Unfit, unexpected, uuid};
use crate::error::BoxError;

pub(super) fn encode<'v>(dialect: Dialect, column: &Column<'_>, text: &'v str) -> Result<Atom<'v>, Unfit> {
    match column.form {
        Form::Uuid => uuid_of(text).map(|_| Atom::Text(Cow::Borrowed(text))),
        Form::UuidBytes => uuid_of(text).map(|bytes| Atom::Bytes(Cow::Owned(bytes.to_vec()))),
        Form::Integer(width) => number_of(width, text),
        Form::Char(length) => {
            fits_char(length, text)?;
            without_nul(dialect, text).map(|text| Atom::Text(Cow::Borrowed(text)))
        }
        _ => without_nul(dialect, text).map(|text| Atom::Text(Cow::Borrowed(text))),
    }
}

fn uuid_of(text: &str) -> Result<[u8; 16], Unfit> {
    uuid::bytes(text).ok_or_else(|| format!("`{text}` is no UUID in lower case with its hyphens"))
}

/// The number that a text says, if it says it in the one way that is read back.
fn number_of(width: Width, text: &str) -> Result<Atom<'static>, Unfit> {
    let number = text.parse::<i128>().ok().filter(|number| number.to_string() == text);
    let number = number.ok_or_else(|| format!("`{text}` is no whole number in plain digits"))?;
    whole(width, number)
}

/// The database fills a value up with blanks, and takes those at its end for such.
fn fits_char(length: u16, text: &str) -> Result<(), Unfit> {
    if text.ends_with(' ') {
        return Err("it ends in a blank, which a column of a fixed length does not keep".into());
    }
    let letters = text.chars().count();
    if letters > length.into() {
        return Err(format!("it has {letters} letters, where the column has room for {length}"));
    }
    Ok(())
}

/// A text as it is read.
pub(crate) fn text<'r>(column: &Column<'_>, atom: Atom<'r>) -> Decoded<Cow<'r, str>> {
    match (column.form, atom) {
        (Form::Integer(width), atom) => {
            let number = whole_number(atom)?;
            whole(width, number)?;
            Ok(number.to_string().into())
        }
        (Form::UuidBytes, Atom::Bytes(bytes)) => Ok(uuid::text(sixteen(&bytes)?).into()),
        (Form::Uuid, Atom::Text(text)) => uuid_of(&text).map(|_| text).map_err(Into::into),
        (Form::Char(length), Atom::Text(text)) => fits_char(length, &text).map(|()| text).map_err(Into::into),
        (_, Atom::Text(text)) => Ok(text),
        (_, other) => Err(unexpected(&other, "text")),
    }
}

fn sixteen(bytes: &[u8]) -> Result<[u8; 16], BoxError> {
    bytes.try_into().map_err(|_| format!("it has {} bytes, where a UUID has 16", bytes.len()).into())
}

pub(super) fn without_nul(dialect: Dialect, text: &str) -> Result<&str, Unfit> {
    if dialect == Dialect::Postgres && text.contains('\0') {
        return Err("Postgres keeps no text with the letter NUL".into());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(form: Form<'static>, id: &str) -> Option<String> {
        let column = Column::new("id", form);
        let atom = encode(Dialect::Sqlite, &column, id).ok()?;
        Some(text(&column, atom).expect("what is stored is read").into_owned())
    }

    #[test]
    fn an_id_comes_back_or_is_refused() {
        let widths = [Width::I16, Width::I32, Width::I64, Width::U8, Width::U16, Width::U32, Width::U64];
        for width in widths {
            let (first, last) = (*width.range().start(), *width.range().end());
            for number in [first, first + 1, 0, 7, 99, last - 1, last] {
                assert_eq!(round(Form::Integer(width), &number.to_string()), Some(number.to_string()));
            }
            for odd in [
                &(first - 1).to_string(),
                &(last + 1).to_string(),
                "+7",
                "007",
                " 7",
                "7 ",
                "-0",
                "",
                "7.0",
                "٣",
            ] {
                assert_eq!(round(Form::Integer(width), odd), None, "{odd:?} in {width:?}");
            }
        }
        for form in [Form::Uuid, Form::UuidBytes] {
            for id in ["00000000-0000-0000-0000-000000000000", "00112233-4455-6677-8899-aabbccddeeff"] {
                assert_eq!(round(form, id).as_deref(), Some(id));
            }
            for odd in ["", "one", "00112233-4455-6677-8899-AABBCCDDEEFF", "00112233445566778899aabbccddeeff"]
            {
                assert_eq!(round(form, odd), None, "{odd:?}");
            }
        }
        for id in ["", "abcd", " a", "éééé", "a\t"] {
            assert_eq!(round(Form::Char(4), id).as_deref(), Some(id));
        }
        for odd in ["abcde", "a ", "    "] {
            assert_eq!(round(Form::Char(4), odd), None, "{odd:?}");
        }
    }

    #[test]
    fn what_is_no_id_of_the_form_is_corrupt() {
        let read = |form, atom| text(&Column::new("id", form), atom).is_ok();
        assert!(!read(Form::Uuid, Atom::Text("00112233-4455-6677-8899-AABBCCDDEEFF".into())));
        assert!(!read(Form::UuidBytes, Atom::Bytes(vec![0; 15].into())));
        assert!(!read(Form::Char(4), Atom::Text("a ".into())));
        assert!(!read(Form::Integer(Width::U32), Atom::Integer(-1)));
        assert!(!read(Form::Integer(Width::I64), Atom::Text("7.5".into())));
        assert!(read(Form::Integer(Width::U64), Atom::Text("18446744073709551615.00".into())));
    }
}
