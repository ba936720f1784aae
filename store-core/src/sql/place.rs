//! Fields that have no column: what can be saved in them.

use chrono::DateTime;
use store_model::adapter::{Adapter, Constant, Place};

use super::record::{Inputs, bind};
use super::session::{Failure, Outcome};
use crate::codec::{Unfit, Value};
use crate::time::to_micros;

/// Refuses a record with a value that the table has no place for, before anything is sent.
pub(crate) fn check(adapter: &Adapter<'_>, record: &impl Inputs) -> Outcome<()> {
    for (place, field) in adapter.fields.iter().enumerate() {
        let value = || record.value(bind(place));
        let reason = match field {
            Place::Always(constant) => (!is(*constant, value())).then(|| only(*constant)),
            Place::Absent => (!is_none(value())).then(|| "the table has no place for it".to_owned()),
            _ => None,
        };
        if let Some(reason) = reason {
            return Err(Failure::Unfit { place, reason });
        }
    }
    Ok(())
}

fn is(constant: Constant<'_>, value: Value<'_>) -> bool {
    match (constant, value) {
        (Constant::Text(text), Value::Text(other)) => text == other,
        (Constant::Text(text), Value::OptionalText(other)) => other == Some(text),
        (Constant::Integer(number), Value::Integer(other)) => number == other,
        (Constant::Boolean(boolean), Value::Boolean(other)) => boolean == other,
        (Constant::Time(micros), Value::Time(other)) => {
            DateTime::from_timestamp_micros(micros) == Some(to_micros(other))
        }
        (Constant::Empty, value) => is_none(value),
        _ => false,
    }
}

fn only(constant: Constant<'_>) -> Unfit {
    let value = match constant {
        Constant::Text(text) => format!("`{text}`"),
        Constant::Integer(number) => number.to_string(),
        Constant::Boolean(boolean) => boolean.to_string(),
        Constant::Empty => "empty".into(),
        Constant::Time(micros) => DateTime::from_timestamp_micros(micros)
            .map_or_else(|| micros.to_string(), |time| time.to_string()),
    };
    format!("the table has no place for it, and it is always {value} here")
}

fn is_none(value: Value<'_>) -> bool {
    match value {
        Value::Text(text) => text.is_empty(),
        Value::OptionalText(text) => text.is_none(),
        Value::OptionalTime(time) => time.is_none(),
        Value::List(list) => list.is_empty(),
        Value::Numbers(numbers) => numbers.is_empty(),
        Value::Texts(texts) => texts.is_empty(),
        Value::Integer(_)
        | Value::Boolean(_)
        | Value::Time(_)
        | Value::From(_)
        | Value::To(_)
        | Value::Document(_) => false,
    }
}
