//! What stands in an annotation, as values of the contract: constants, and the meanings of labels.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use store_model::adapter::{Constant, Meaning};
use store_model::contract::Kind;

use super::Value;
use super::fields::Owned;
use crate::time::to_micros;

/// A value of the contract that an annotation can stand for.
pub(crate) trait FromAnnotation: Sized + PartialEq {
    /// The value that a constant is, if it is of this kind.
    fn constant(constant: Constant<'static>) -> Option<Self>;

    /// The value that a label means, if it is of this kind.
    fn meaning(_: Meaning<'static>) -> Option<Self> {
        None
    }

    /// The value that a codec has read; none if that is none.
    fn owned(owned: Owned) -> Option<Self>;
}

impl FromAnnotation for Cow<'_, str> {
    fn constant(constant: Constant<'static>) -> Option<Self> {
        match constant {
            Constant::Text(text) => Some(text.into()),
            _ => None,
        }
    }

    fn meaning(meaning: Meaning<'static>) -> Option<Self> {
        match meaning {
            Meaning::Word(word) | Meaning::Interval(word, _) => Some(word.into()),
            Meaning::Boolean(_) => None,
        }
    }

    fn owned(owned: Owned) -> Option<Self> {
        match owned {
            Owned::Text(text) => Some(text.into()),
            Owned::OptionalText(text) => text.map(Cow::Owned),
            _ => None,
        }
    }
}

impl FromAnnotation for i64 {
    fn constant(constant: Constant<'static>) -> Option<Self> {
        match constant {
            Constant::Integer(number) => Some(number),
            _ => None,
        }
    }

    fn meaning(meaning: Meaning<'static>) -> Option<Self> {
        match meaning {
            Meaning::Interval(_, count) => Some(count.into()),
            Meaning::Word(_) => Some(1),
            Meaning::Boolean(_) => None,
        }
    }

    fn owned(owned: Owned) -> Option<Self> {
        match owned {
            Owned::Integer(number) => Some(number),
            _ => None,
        }
    }
}

impl FromAnnotation for bool {
    fn constant(constant: Constant<'static>) -> Option<Self> {
        match constant {
            Constant::Boolean(boolean) => Some(boolean),
            _ => None,
        }
    }

    fn meaning(meaning: Meaning<'static>) -> Option<Self> {
        match meaning {
            Meaning::Boolean(boolean) => Some(boolean),
            _ => None,
        }
    }

    fn owned(owned: Owned) -> Option<Self> {
        match owned {
            Owned::Boolean(boolean) => Some(boolean),
            _ => None,
        }
    }
}

impl FromAnnotation for DateTime<Utc> {
    fn constant(constant: Constant<'static>) -> Option<Self> {
        match constant {
            Constant::Time(micros) => Self::from_timestamp_micros(micros),
            _ => None,
        }
    }

    fn owned(owned: Owned) -> Option<Self> {
        match owned {
            Owned::Time(time) => Some(to_micros(time)),
            Owned::OptionalTime(time) => time.map(to_micros),
            _ => None,
        }
    }
}

impl FromAnnotation for Vec<String> {
    fn constant(constant: Constant<'static>) -> Option<Self> {
        (constant == Constant::Empty).then(Self::new)
    }

    fn owned(owned: Owned) -> Option<Self> {
        match owned {
            Owned::List(list) => Some(list),
            _ => None,
        }
    }
}

impl FromAnnotation for BTreeMap<String, i64> {
    fn constant(constant: Constant<'static>) -> Option<Self> {
        (constant == Constant::Empty).then(Self::new)
    }

    fn owned(owned: Owned) -> Option<Self> {
        match owned {
            Owned::Numbers(numbers) => Some(numbers),
            _ => None,
        }
    }
}

impl FromAnnotation for BTreeMap<String, String> {
    fn constant(constant: Constant<'static>) -> Option<Self> {
        (constant == Constant::Empty).then(Self::new)
    }

    fn owned(owned: Owned) -> Option<Self> {
        match owned {
            Owned::Texts(texts) => Some(texts),
            _ => None,
        }
    }
}

/// A constant on its way into a statement; none where it is no value of the kind.
pub(crate) fn value(constant: Constant<'static>, kind: Kind) -> Option<Value<'static>> {
    static LIST: Vec<String> = Vec::new();
    static NUMBERS: BTreeMap<String, i64> = BTreeMap::new();
    static TEXTS: BTreeMap<String, String> = BTreeMap::new();
    Some(match (constant, kind) {
        (Constant::Text(text), _) => Value::Text(text),
        (Constant::Integer(number), _) => Value::Integer(number),
        (Constant::Boolean(boolean), _) => Value::Boolean(boolean),
        (Constant::Time(micros), _) => Value::Time(DateTime::from_timestamp_micros(micros)?),
        (Constant::Empty, Kind::List) => Value::List(&LIST),
        (Constant::Empty, Kind::Numbers) => Value::Numbers(&NUMBERS),
        (Constant::Empty, Kind::Texts) => Value::Texts(&TEXTS),
        (Constant::Empty, _) => return None,
    })
}

/// Whether a value is that of a constant.
pub(crate) fn is(constant: Constant<'_>, value: Value<'_>) -> bool {
    match (constant, value) {
        (Constant::Text(text), Value::Text(other) | Value::Interval(other, _)) => text == other,
        (Constant::Text(text), Value::OptionalText(other)) => other == Some(text),
        (Constant::Integer(number), Value::Integer(other)) => number == other,
        (Constant::Boolean(boolean), Value::Boolean(other)) => boolean == other,
        (Constant::Time(micros), Value::Time(time) | Value::OptionalTime(Some(time))) => {
            DateTime::from_timestamp_micros(micros) == Some(to_micros(time))
        }
        (Constant::Empty, value) => is_none(value),
        _ => false,
    }
}

/// Whether a value is none, or empty.
pub(crate) fn is_none(value: Value<'_>) -> bool {
    match value {
        Value::Text(text) => text.is_empty(),
        Value::OptionalText(text) => text.is_none(),
        Value::OptionalTime(time) => time.is_none(),
        Value::List(list) => list.is_empty(),
        Value::Numbers(numbers) => numbers.is_empty(),
        Value::Texts(texts) => texts.is_empty(),
        Value::Integer(_)
        | Value::Interval(..)
        | Value::Boolean(_)
        | Value::Time(_)
        | Value::From(_)
        | Value::To(_)
        | Value::Document(_) => false,
    }
}
