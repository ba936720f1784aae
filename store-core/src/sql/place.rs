//! Fields that have no column of their own: what can be saved in them.

use chrono::DateTime;
use store_model::adapter::{Adapter, Column, Constant, Duty, Place};

use super::failure::{Failure, Outcome};
use super::record::{Inputs, bind};
use super::store::Known;
use crate::codec::annotation::{is, is_none};
use crate::codec::{Unfit, Value, keys, null};

/// Whether the table has a place for every record, so that none needs to be looked at.
pub(crate) fn takes_all(adapter: &Adapter<'_>) -> bool {
    let takes_all = |place| {
        let column = adapter.column(place);
        column.is_some_and(|column| column.duty != Duty::Agreeing && !adapter.takes_no_zero(place, column))
    };
    (0..adapter.entity.fields().len()).all(takes_all) && !adapter.has_documents()
}

/// Refuses a record with a value that the table has no place for, before anything is sent.
pub(crate) fn check(store: &Known, record: &impl Inputs) -> Outcome<()> {
    if store.takes_all {
        return Ok(());
    }
    let adapter = store.adapter;
    let options = adapter.options();
    for (place, field) in adapter.fields.iter().enumerate() {
        if options.drops(place) {
            continue;
        }
        let value = || record.value(bind(place));
        let reason = match field {
            Place::Column(column) if is_made_anew(adapter, place, column, value()) => {
                Some("for 0 the database makes another id".into())
            }
            Place::Column(column) => {
                beside(adapter, place, column, record).or_else(|| value_of_other(store, place, value()))
            }
            Place::Keys(list) => keys::unfit(list, value()),
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

/// Whether an id is the number in place of which an AUTO_INCREMENT column of MySQL makes the next one.
fn is_made_anew(adapter: &Adapter<'_>, place: usize, column: &Column<'_>, value: Value<'_>) -> bool {
    adapter.takes_no_zero(place, column) && matches!(value, Value::Text("0"))
}

/// Why a field can't be saved in a column that another one writes, if it would be read from there as another value.
fn beside(
    adapter: &Adapter<'static>,
    place: usize,
    column: &Column<'static>,
    record: &impl Inputs,
) -> Option<Unfit> {
    if column.duty != Duty::Agreeing {
        return None;
    }
    let writer = adapter.writer(place)?;
    let value = |place: usize| record.value(bind(place));
    let stored = null::encode(adapter, adapter.kept(writer), writer, value);
    // NULL is read by what it stands for in each of them, and all else alike.
    let is_read = null::encode(adapter, column, place, value) == stored
        || stored != Ok(None) && null::encode_plain(adapter.dialect, column, value(place)) == stored;
    (!is_read)
        .then(|| format!("`{}` is kept in the same column, and has another value", adapter.field(writer)))
}

/// Why a map can't be what a document has beside the values of other fields, if it has a key of theirs.
fn value_of_other(store: &Known, place: usize, value: Value<'_>) -> Option<Unfit> {
    let Value::Texts(texts) = value else { return None };
    if !store.layout.has_documents {
        return None;
    }
    let key = store.adapter.keys_beside(place).find(|key| texts.contains_key(*key))?;
    Some(format!("in its column the key `{key}` is that of another field"))
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
