//! Amounts, quantities, counts, and what is true or false.

use store_model::adapter::{Column, Dialect};

use super::{Atom, Decoded, Unfit, unexpected};

pub(super) fn encode(_: Dialect, _: &Column<'_>, number: i64) -> Result<Atom<'static>, Unfit> {
    Ok(Atom::Integer(number.into()))
}

pub(super) fn encode_boolean(_: &Column<'_>, boolean: bool) -> Result<Atom<'static>, Unfit> {
    Ok(Atom::Boolean(boolean))
}

/// A whole number as it is read.
pub(crate) fn integer(_: &Column<'_>, atom: Atom<'_>) -> Decoded<i64> {
    match atom {
        Atom::Integer(number) => {
            i64::try_from(number).map_err(|_| format!("{number} is no whole number of 64 bits").into())
        }
        other => Err(unexpected(&other, "a whole number")),
    }
}

/// What is true or false as it is read.
pub(crate) fn boolean(_: &Column<'_>, atom: Atom<'_>) -> Decoded<bool> {
    match atom {
        Atom::Boolean(boolean) => Ok(boolean),
        Atom::Integer(0) => Ok(false),
        Atom::Integer(1) => Ok(true),
        Atom::Integer(number) => Err(format!("{number} is neither 0 nor 1").into()),
        other => Err(unexpected(&other, "true or false")),
    }
}
