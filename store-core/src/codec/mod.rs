//! Codecs between the contract's values and what columns hold: a [`Value`] goes in as an [`Atom`], and comes back.
//!
//! What a driver sends and reads is the driver's side; here is everything that can be said without one. One file holds
//! the forms of one kind of value.

pub(crate) mod annotation;
pub(crate) mod coded;
mod columns;
mod currency;
mod custom;
pub(crate) mod decided;
mod decimal;
mod document;
mod double;
pub(crate) mod fields;
mod interval;
pub(crate) mod json;
pub(crate) mod keys;
mod label;
mod moment;
pub(crate) mod null;
mod number;
mod strftime;
mod text;
mod time;
pub(crate) mod tuple;
mod uuid;
pub(crate) mod within;

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use store_model::adapter::{Column, Dialect, Null};

use self::annotation::FromAnnotation;
use crate::error::BoxError;

pub use coded::{Coded, is_text, joined, length};
pub use columns::{At, Columns};
pub use custom::Codec;

/// A value of the contract on its way into a statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    Text(&'a str),
    OptionalText(Option<&'a str>),
    Integer(i64),
    /// A unit, and how many of it.
    Interval(&'a str, u32),
    Boolean(bool),
    Time(DateTime<Utc>),
    OptionalTime(Option<DateTime<Utc>>),
    /// The lower end of a range, within it: brought into what a column can hold.
    From(DateTime<Utc>),
    /// The upper end of a range, outside of it: brought into what a column can hold.
    To(DateTime<Utc>),
    List(&'a Vec<String>),
    Numbers(&'a BTreeMap<String, i64>),
    Texts(&'a BTreeMap<String, String>),
    /// A document in text, as it is stored already.
    Document(&'a str),
}

/// A value as a driver sends and reads it.
#[derive(Clone, Debug, PartialEq)]
pub enum Atom<'a> {
    Text(Cow<'a, str>),
    Integer(i128),
    Double(f64),
    Boolean(bool),
    /// Also of a column without zone, which is in UTC.
    Time(DateTime<Utc>),
    Date(NaiveDate),
    Bytes(Cow<'a, [u8]>),
    /// The text of a document.
    Json(Cow<'a, str>),
    Array(Cow<'a, [String]>),
}

/// Why a value can't be stored, for the `reason` of `InvalidInput`.
pub(crate) type Unfit = String;

/// A value as it is stored; nothing for NULL.
pub(crate) type Encoded<'a> = Result<Option<Atom<'a>>, Unfit>;

/// A value as it is read, or why it can't be.
pub(crate) type Decoded<T> = Result<T, BoxError>;

pub(crate) use document::{is_written_as, list, numbers, texts};
pub(crate) use interval::{count, unit};
pub(crate) use label::shown_atom as shown;
pub(crate) use number::{boolean, for_currency, integer};
pub(crate) use text::text;
pub(crate) use time::time;

/// A value of the contract as its column has it, if NULL stands for nothing.
pub(crate) fn encode<'v>(dialect: Dialect, column: &Column<'v>, value: Value<'v>) -> Encoded<'v> {
    if let Some(code) = column.code {
        return coded::encode(dialect, code, value);
    }
    if let Some(null) = column.without_time() {
        return moment::encode(dialect, column, null, value);
    }
    match &column.labels {
        Some(labels) => label::encode(dialect, column, labels, value),
        None => encode_form(dialect, column, value),
    }
}

/// A value of the contract in the form of its column, of which nothing else has a say.
pub(crate) fn encode_form<'v>(dialect: Dialect, column: &Column<'v>, value: Value<'v>) -> Encoded<'v> {
    match value {
        // A word of an annotation, which is one of it.
        Value::Text(unit) if column.has_count() => interval::encode(dialect, column, unit, 1).map(Some),
        Value::Text(text) => text::encode(dialect, column, text).map(Some),
        Value::OptionalText(text) => text.map(|text| text::encode(dialect, column, text)).transpose(),
        Value::Integer(number) => number::encode(dialect, column, number).map(Some),
        Value::Interval(unit, count) => interval::encode(dialect, column, unit, count).map(Some),
        Value::Boolean(boolean) => number::encode_boolean(column, boolean).map(Some),
        Value::Time(time) => time::encode(dialect, column, time).map(Some),
        Value::OptionalTime(time) => time.map(|time| time::encode(dialect, column, time)).transpose(),
        Value::From(time) => time::encode_from(dialect, column, time).map(Some),
        Value::To(time) => time::encode_to(dialect, column, time).map(Some),
        Value::List(list) => document::encode_list(dialect, column, list).map(Some),
        Value::Numbers(numbers) => document::encode_numbers(dialect, column, numbers).map(Some),
        Value::Texts(texts) => document::encode_texts(dialect, column, texts).map(Some),
        Value::Document(text) => Ok(Some(Atom::Text(text.into()))),
    }
}

/// What is read from a column, in the form that `decode` reads: none for NULL, and for what stands for none.
pub(crate) fn decode<'r, T: FromAnnotation>(
    column: &Column<'static>,
    atom: Option<Atom<'r>>,
    decode: fn(&Column<'static>, Atom<'r>) -> Decoded<T>,
) -> Decoded<Option<T>> {
    if let Some(labels) = &column.labels
        && let Some(meaning) = label::meaning(column, labels, atom.as_ref())?
    {
        return Ok(T::meaning(meaning));
    }
    let Some(atom) = atom else { return Ok(None) };
    if let Some(null) = column.without_time() {
        return Ok(T::meaning(moment::meaning(null, &atom)?));
    }
    if null::is_none(column, &atom) {
        return Ok(None);
    }
    let value = decode(column, atom)?;
    match column.null {
        Some(Null::Also(none)) if T::constant(none).as_ref() == Some(&value) => Ok(None),
        _ => Ok(Some(value)),
    }
}

/// What of a value is in one of the several columns of its field, of which `first` is the first.
pub(crate) fn encode_part<'v>(
    dialect: Dialect,
    first: &Column<'v>,
    number: usize,
    value: Value<'v>,
) -> Encoded<'v> {
    match first.part(number).and_then(|column| column.code) {
        Some(code) => coded::encode(dialect, code, value),
        None => tuple::encode(first, number, value),
    }
}

/// What the columns of a field hold that a codec keeps, of which `first` is the first.
pub(crate) fn decode_parts<T: FromAnnotation>(
    first: &Column<'static>,
    atoms: &mut [Option<Atom<'_>>],
) -> Decoded<Option<T>> {
    let code = first.code.ok_or("no codec is there to read it")?;
    Ok(T::owned(coded::decode(code, atoms)?))
}

/// Which of several columns an error of [`decode_parts`] is about, if it is one of them.
pub(crate) fn part_at_fault(error: &BoxError) -> Option<usize> {
    error.downcast_ref::<columns::NumberedFault>().map(|fault| fault.number)
}

/// What is read where something else was needed: a fault of who made the adapter, told as one of the row.
fn unexpected(atom: &Atom<'_>, needed: &str) -> BoxError {
    format!("it is {atom:?}, where {needed} is needed").into()
}
