//! What the codecs of an application take, as a store says it.

use store_model::mapping::Code;

use super::fields::Value;

/// What orders by a value of a column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Order {
    Number(i128),
    Bytes(Vec<u8>),
}

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod asked {
    use super::{Code, Order, Value};
    use crate::codec::fields::Owned;
    use crate::codec::{self, Atom, coded};

    /// Whether a codec takes a value.
    pub(in super::super) fn takes(code: &Code<'static>, value: &Value) -> bool {
        coded::columns(code, sent(value)).is_some()
    }

    /// A value that a codec takes, of the kind that another is.
    pub(in super::super) fn example(code: &Code<'static>, number: u32, like: &Value) -> Option<Value> {
        Some(match (coded::example(code, number)?, like) {
            (Owned::Text(text), like) => like.with_text(text),
            (Owned::OptionalText(text), _) => Value::MaybeText(text),
            (Owned::Integer(number), Value::Count(_)) => Value::Count(number.try_into().ok()?),
            (Owned::Integer(number), _) => Value::Integer(number),
            (Owned::Boolean(boolean), _) => Value::Boolean(boolean),
            (Owned::Time(time), _) => Value::Time(time),
            (Owned::OptionalTime(time), _) => Value::MaybeTime(time),
            (Owned::List(list), _) => Value::List(list),
            (Owned::Numbers(numbers), _) => Value::Numbers(numbers),
            (Owned::Texts(texts), _) => Value::Texts(texts),
        })
    }

    /// What the columns of a codec order a value by.
    pub(in super::super) fn order(code: &Code<'static>, value: &Value) -> Vec<Order> {
        let columns = coded::columns(code, sent(value)).unwrap_or_default();
        let order = |atom| match atom {
            Atom::Integer(number) => Order::Number(number),
            Atom::Boolean(boolean) => Order::Number(boolean.into()),
            Atom::Time(time) => Order::Number(time.timestamp_micros().into()),
            Atom::Date(date) => Order::Number(chrono::Datelike::num_days_from_ce(&date).into()),
            Atom::Text(text) | Atom::Json(text) => Order::Bytes(text.into_owned().into_bytes()),
            Atom::Bytes(bytes) => Order::Bytes(bytes.into_owned()),
            Atom::Double(number) => {
                // The bits of a double rise with it, and fall where it is negative.
                let bits = i128::from(number.to_bits() & (u64::MAX >> 1));
                Order::Number(if number.is_sign_negative() { -bits } else { bits })
            }
            Atom::Array(texts) => Order::Bytes(texts.join("\0").into_bytes()),
        };
        columns.into_iter().flatten().map(order).collect()
    }

    fn sent(value: &Value) -> codec::Value<'_> {
        match value {
            Value::Text(text) => codec::Value::Text(text),
            Value::MaybeText(text) => codec::Value::OptionalText(text.as_deref()),
            Value::Integer(number) => codec::Value::Integer(*number),
            Value::Count(count) => codec::Value::Integer((*count).into()),
            Value::Boolean(boolean) => codec::Value::Boolean(*boolean),
            Value::Time(time) => codec::Value::Time(*time),
            Value::MaybeTime(time) => codec::Value::OptionalTime(*time),
            Value::List(list) => codec::Value::List(list),
            Value::Numbers(numbers) => codec::Value::Numbers(numbers),
            Value::Texts(texts) => codec::Value::Texts(texts),
        }
    }
}

/// Without a database no store has a codec.
#[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
mod asked {
    use super::{Code, Order, Value};

    pub(in super::super) fn takes(_: &Code<'static>, _: &Value) -> bool {
        true
    }

    pub(in super::super) fn example(_: &Code<'static>, _: u32, _: &Value) -> Option<Value> {
        None
    }

    pub(in super::super) fn order(_: &Code<'static>, _: &Value) -> Vec<Order> {
        Vec::new()
    }
}

pub(super) use asked::{example, order, takes};
