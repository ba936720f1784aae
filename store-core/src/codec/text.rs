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
