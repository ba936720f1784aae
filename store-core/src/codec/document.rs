//! Lists, limits and metadata.

use std::borrow::Cow;
use std::collections::BTreeMap;

use store_model::adapter::{Column, Dialect};

use super::text::without_nul;
use super::{Atom, Decoded, Unfit, json, unexpected};

pub(super) fn encode_list<'v>(
    dialect: Dialect,
    _: &Column<'_>,
    list: &'v [String],
) -> Result<Atom<'v>, Unfit> {
    list.iter().try_for_each(|text| without_nul(dialect, text).map(drop))?;
    Ok(Atom::Json(json::write_list(list).into()))
}

pub(super) fn encode_numbers(
    dialect: Dialect,
    _: &Column<'_>,
    numbers: &BTreeMap<String, i64>,
) -> Result<Atom<'static>, Unfit> {
    numbers.keys().try_for_each(|key| without_nul(dialect, key).map(drop))?;
    Ok(Atom::Json(json::write_numbers(numbers).into()))
}

pub(super) fn encode_texts(
    dialect: Dialect,
    _: &Column<'_>,
    texts: &BTreeMap<String, String>,
) -> Result<Atom<'static>, Unfit> {
    let mut all = texts.iter().flat_map(|(key, value)| [key, value]);
    all.try_for_each(|text| without_nul(dialect, text).map(drop))?;
    Ok(Atom::Json(json::write_texts(texts).into()))
}

/// A list as it is read.
pub(crate) fn list(_: &Column<'_>, atom: Atom<'_>) -> Decoded<Vec<String>> {
    Ok(json::read_list(&document(atom)?)?)
}

/// A map to numbers as it is read.
pub(crate) fn numbers(_: &Column<'_>, atom: Atom<'_>) -> Decoded<BTreeMap<String, i64>> {
    Ok(json::read_numbers(&document(atom)?)?)
}

/// A map to texts as it is read.
pub(crate) fn texts(_: &Column<'_>, atom: Atom<'_>) -> Decoded<BTreeMap<String, String>> {
    Ok(json::read_texts(&document(atom)?)?)
}

fn document(atom: Atom<'_>) -> Decoded<Cow<'_, str>> {
    match atom {
        Atom::Json(text) | Atom::Text(text) => Ok(text),
        other => Err(unexpected(&other, "a document")),
    }
}
