//! What NULL stands for, and what stands for none.

use chrono::DateTime;
use store_model::adapter::{Adapter, Column, Constant, Dialect, Null, Place};
use store_model::form::Carrier;

use super::{Atom, Encoded, Value, annotation};
use crate::time::to_micros;

/// The value of a field as a new row has it: `value` gives those of the record, by place.
pub(crate) fn encode<'v>(
    adapter: &Adapter<'static>,
    column: &Column<'static>,
    place: usize,
    value: impl Fn(usize) -> Value<'v>,
) -> Encoded<'v> {
    let dialect = adapter.dialect;
    let own = value(place);
    match column.null {
        Some(Null::Is(constant)) if is_meant(column, constant, own) && is_one(column, own) => Ok(None),
        Some(Null::IsField(other)) if reads_alike(adapter, place, other.into(), value) => Ok(None),
        Some(Null::Also(constant)) if annotation::is_none(own) => {
            sentinel(dialect, column, constant).map(Some)
        }
        Some(Null::Never) if matches!(own, Value::OptionalText(None) | Value::OptionalTime(None)) => {
            Err("its column takes no NULL".into())
        }
        _ => encode_plain(dialect, column, own),
    }
}

/// Whether NULL is a value, as it is or as the column would keep it: what it stands for may be finer than that.
fn is_meant(column: &Column<'_>, constant: Constant<'_>, value: Value<'_>) -> bool {
    annotation::is(constant, value) || annotation::is(constant, cut(column, value))
}

/// Whether an interval whose count is kept with it is a single one, as NULL says that it is.
fn is_one(column: &Column<'_>, value: Value<'_>) -> bool {
    !matches!(value, Value::Interval(_, count) if column.has_count() && count != 1)
}

/// The value of a field as if NULL did not stand for it.
pub(crate) fn encode_plain<'v>(dialect: Dialect, column: &Column<'v>, value: Value<'v>) -> Encoded<'v> {
    match column.null {
        Some(Null::Also(constant)) if annotation::is(constant, cut(column, value)) => {
            Err("here this value stands for none".into())
        }
        _ => super::encode(dialect, column, value),
    }
}

/// A value as its column keeps it: a time is cut, and may become one that NULL or none stands for.
fn cut<'v>(column: &Column<'_>, value: Value<'v>) -> Value<'v> {
    cut_to(column.step().filter(|_| !column.exact).unwrap_or(1), value)
}

/// A time in whole steps of so many microseconds.
fn cut_to(step: i64, value: Value<'_>) -> Value<'_> {
    let down = |time| {
        let micros = to_micros(time).timestamp_micros();
        DateTime::from_timestamp_micros(micros - micros.rem_euclid(step))
    };
    match value {
        Value::Time(time) => down(time).map_or(value, Value::Time),
        Value::OptionalTime(Some(time)) => Value::OptionalTime(down(time)),
        _ => value,
    }
}

/// What NULL stands for in the column of a field, where that is one value; and what stands for none.
pub(crate) fn encode_meaning(
    adapter: &Adapter<'static>,
    column: &Column<'static>,
    place: usize,
) -> Encoded<'static> {
    let constant = match column.null {
        Some(Null::Also(constant)) => return sentinel(adapter.dialect, column, constant).map(Some),
        Some(Null::Is(constant)) => Some(constant),
        Some(Null::IsField(other)) => match adapter.fields[usize::from(other)] {
            Place::Always(constant) => Some(constant),
            _ => None,
        },
        Some(Null::Never) | None => None,
    };
    let kind = adapter.entity.fields()[place].kind;
    let value = constant.and_then(|constant| annotation::value(constant, kind));
    value.map_or(Ok(None), |value| super::encode(adapter.dialect, column, value))
}

/// Whether what is read stands for none by the letter: it need not be a value of the column's form.
pub(super) fn is_none(column: &Column<'_>, atom: &Atom<'_>) -> bool {
    match (column.null, atom) {
        (Some(Null::Also(Constant::Text(none))), Atom::Text(text)) => none == text,
        _ => false,
    }
}

/// What is written for none.
fn sentinel(
    dialect: Dialect,
    column: &Column<'static>,
    constant: Constant<'static>,
) -> Result<Atom<'static>, super::Unfit> {
    let value = match constant {
        Constant::Text(text) if column.sent(dialect) == Carrier::Text => return Ok(Atom::Text(text.into())),
        Constant::Text(text) => Value::Text(text),
        other => {
            annotation::value(other, store_model::contract::Kind::OptionalTime).unwrap_or(Value::Text(""))
        }
    };
    super::encode(dialect, column, value)?.ok_or_else(|| "nothing stands for none".into())
}

/// Whether a field will be read as another one, once both are stored. Where it has the other's very value it was read as that,
/// though its own column could not keep it.
fn reads_alike<'v>(
    adapter: &Adapter<'static>,
    place: usize,
    other: usize,
    value: impl Fn(usize) -> Value<'v>,
) -> bool {
    let (own, other) = (read_back(adapter, place, &value), read_back(adapter, other, &value));
    let is_it = |own: Value<'v>| other == Some(own);
    own.is_some_and(is_it) || adapter.writer(place).is_some_and(|writer| is_it(cut_to(1, value(writer))))
}

/// What a field will be read as; none where the database decides.
fn read_back<'v>(
    adapter: &Adapter<'static>,
    place: usize,
    value: &impl Fn(usize) -> Value<'v>,
) -> Option<Value<'v>> {
    match &adapter.fields[place] {
        Place::Column(column) => {
            let written = value(adapter.writer(place)?);
            Some(cut(column, written))
        }
        Place::Always(constant) => annotation::value(*constant, adapter.entity.fields()[place].kind),
        _ => None,
    }
}
