//! Ids, names and words.

use std::borrow::Cow;

use store_model::adapter::{Column, Dialect};

use super::{Atom, Decoded, Unfit, unexpected};

pub(super) fn encode<'v>(dialect: Dialect, _: &Column<'_>, text: &'v str) -> Result<Atom<'v>, Unfit> {
    without_nul(dialect, text).map(|text| Atom::Text(Cow::Borrowed(text)))
}

/// A text as it is read.
pub(crate) fn text<'r>(_: &Column<'_>, atom: Atom<'r>) -> Decoded<Cow<'r, str>> {
    match atom {
        Atom::Text(text) => Ok(text),
        other => Err(unexpected(&other, "text")),
    }
}

pub(super) fn without_nul(dialect: Dialect, text: &str) -> Result<&str, Unfit> {
    if dialect == Dialect::Postgres && text.contains('\0') {
        return Err("Postgres keeps no text with the letter NUL".into());
    }
    Ok(text)
}
