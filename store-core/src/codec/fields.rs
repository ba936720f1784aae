//! The fields of records, in the types that codecs of the user's own take and give.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::Value;
use crate::plan::PlanInterval;
use crate::subscription::SubscriptionStatus;
use crate::time::to_micros;

/// A value of a field, on its way from a codec into a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Owned {
    /// Text, or a word.
    Text(String),
    /// Text that may be none.
    OptionalText(Option<String>),
    /// A whole number.
    Integer(i64),
    /// True or false.
    Boolean(bool),
    /// A time.
    Time(DateTime<Utc>),
    /// A time that may be none.
    OptionalTime(Option<DateTime<Utc>>),
    /// A list.
    List(Vec<String>),
    /// A map of numbers.
    Numbers(BTreeMap<String, i64>),
    /// A map of texts.
    Texts(BTreeMap<String, String>),
}

/// A type of a field.
pub trait Field: Sized {
    /// Hands over a value that is of this type.
    #[doc(hidden)]
    fn lend<T>(value: Value<'_>, take: impl FnOnce(&Self) -> T) -> Option<T>;

    #[doc(hidden)]
    fn owned(self) -> Owned;
}

macro_rules! fields {
    ($($type:ty = $owned:ident: $($value:pat => $field:expr),*;)*) => {$(
        impl Field for $type {
            fn lend<T>(value: Value<'_>, take: impl FnOnce(&Self) -> T) -> Option<T> {
                match value {
                    $($value => Some(take(&$field)),)*
                    _ => None,
                }
            }

            fn owned(self) -> Owned {
                Owned::$owned(self)
            }
        }
    )*};
}

fields! {
    String = Text: Value::Text(text) | Value::OptionalText(Some(text)) => text.to_owned();
    Option<String> = OptionalText:
        Value::Text(text) => Some(text.to_owned()),
        Value::OptionalText(text) => text.map(str::to_owned);
    i64 = Integer: Value::Integer(number) => number;
    bool = Boolean: Value::Boolean(boolean) => boolean;
    DateTime<Utc> = Time: Value::Time(time) => to_micros(time);
    Option<DateTime<Utc>> = OptionalTime:
        Value::Time(time) => Some(to_micros(time)),
        Value::OptionalTime(time) => time.map(to_micros);
    Vec<String> = List: Value::List(list) => *list;
    BTreeMap<String, i64> = Numbers: Value::Numbers(numbers) => *numbers;
    BTreeMap<String, String> = Texts: Value::Texts(texts) => *texts;
}

macro_rules! words {
    ($($type:ty),*) => {$(
        impl Field for $type {
            fn lend<T>(value: Value<'_>, take: impl FnOnce(&Self) -> T) -> Option<T> {
                match value {
                    Value::Text(word) | Value::OptionalText(Some(word)) | Value::Interval(word, _) => {
                        Some(take(&Self::new(word)))
                    }
                    _ => None,
                }
            }

            fn owned(self) -> Owned {
                Owned::Text(self.as_str().to_owned())
            }
        }
    )*};
}

words!(SubscriptionStatus, PlanInterval);

impl Field for u32 {
    fn lend<T>(value: Value<'_>, take: impl FnOnce(&Self) -> T) -> Option<T> {
        match value {
            // A count of the contract is one of 32 bits.
            Value::Integer(number) => Some(take(&number.try_into().ok()?)),
            _ => None,
        }
    }

    fn owned(self) -> Owned {
        Owned::Integer(self.into())
    }
}
