//! What is true or false by whether a column has a time.

use chrono::Utc;
use store_model::adapter::{Column, Dialect, Meaning};

use super::{Atom, Decoded, Encoded, Value, time, unexpected};

/// Nothing for what NULL says, and for the other the time of now: a row that has one keeps it.
pub(super) fn encode(
    dialect: Dialect,
    column: &Column<'_>,
    null: bool,
    value: Value<'_>,
) -> Encoded<'static> {
    match value {
        Value::Boolean(truth) if truth == null => Ok(None),
        Value::Boolean(_) => time::encode(dialect, column, Utc::now()).map(Some),
        other => Err(format!("{other:?} is neither true nor false")),
    }
}

/// What a row says of which it is read whether there is no time.
pub(super) fn meaning(null: bool, atom: &Atom<'_>) -> Decoded<Meaning<'static>> {
    match atom {
        Atom::Boolean(is_null) => Ok(Meaning::Boolean(*is_null == null)),
        other => Err(unexpected(other, "whether it is NULL")),
    }
}

#[cfg(test)]
mod tests {
    use store_model::adapter::{Constant, Null};
    use store_model::form::{Form, Unit};

    use super::super::{boolean, decode, encode};
    use super::*;

    #[test]
    fn a_time_says_what_null_does_not() {
        for null in [true, false] {
            for form in [Form::Time, Form::Timestamp(0), Form::Date, Form::Epoch(Unit::Seconds)] {
                let column = Column::new("at", form).with_null(Null::Is(Constant::Boolean(null)));
                for dialect in Dialect::ALL {
                    assert_eq!(encode(dialect, &column, Value::Boolean(null)), Ok(None));
                    let time = encode(dialect, &column, Value::Boolean(!null)).unwrap().unwrap();
                    let time = super::super::time(&column, time).unwrap();
                    assert!((Utc::now() - time).num_hours() <= 24, "{time}");
                }
                for is_null in [true, false] {
                    let read = decode(&column, Some(Atom::Boolean(is_null)), boolean).unwrap();
                    assert_eq!(read, Some(is_null == null));
                }
            }
        }
    }
}
