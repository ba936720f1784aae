//! What SQLite does its own way.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::error::DatabaseError;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, Sqlite};
use store_model::form::Form;

use super::dialect::{Class, Dialect, Fault, Key, Unfit, Value, clamp, column, driver, within};
use crate::codec::json;
use crate::error::Extent;

/// Times are text, which sorts by time only while years have four digits. The end has all nine digits of a second, so that
/// as the upper end of a range it lies above every time that a column holds.
static RANGE: LazyLock<RangeInclusive<DateTime<Utc>>> = LazyLock::new(|| {
    let start = NaiveDate::from_ymd_opt(0, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0));
    let end =
        NaiveDate::from_ymd_opt(9999, 12, 31).and_then(|day| day.and_hms_nano_opt(23, 59, 59, 999_999_999));
    start.expect("a valid date").and_utc()..=end.expect("a valid date").and_utc()
});
const YEARS: &str = "the years 0 to 9999";

impl Dialect for Sqlite {
    const SURVIVES_REFUSAL: bool = true;
    const REMEMBERS_ANSWERS: bool = true;

    fn bind(arguments: &mut SqliteArguments, _: Form, value: Value<'_>) -> Result<(), Unfit> {
        let bound = match value {
            Value::Text(text) => arguments.add(text),
            Value::OptionalText(text) => arguments.add(text),
            Value::Integer(number) => arguments.add(number),
            Value::Boolean(boolean) => arguments.add(boolean),
            Value::Time(time) => arguments.add(within(time, &RANGE, YEARS)?),
            Value::OptionalTime(time) => {
                arguments.add(time.map(|time| within(time, &RANGE, YEARS)).transpose()?)
            }
            Value::From(time) if time > *RANGE.end() => return Err(format!("{time} lies after {YEARS}")),
            Value::To(time) if time < *RANGE.start() => return Err(format!("{time} lies before {YEARS}")),
            Value::From(time) | Value::To(time) => arguments.add(clamp(time, &RANGE)),
            Value::List(list) => arguments.add(json::write_list(list)),
            Value::Numbers(numbers) => arguments.add(json::write_numbers(numbers)),
            Value::Texts(texts) => arguments.add(json::write_texts(texts)),
        };
        bound.map_err(|error| error.to_string())
    }

    fn text(row: &SqliteRow, index: usize) -> Result<Option<&str>, Fault> {
        column::<Sqlite, &str>(row, index).map_err(of_value)
    }

    fn integer(row: &SqliteRow, index: usize) -> Result<Option<i64>, Fault> {
        column::<Sqlite, i64>(row, index).map_err(of_value)
    }

    fn boolean(row: &SqliteRow, index: usize) -> Result<Option<bool>, Fault> {
        match Self::integer(row, index)? {
            None => Ok(None),
            Some(0) => Ok(Some(false)),
            Some(1) => Ok(Some(true)),
            Some(number) => Err(Fault::value(format!("{number} is neither 0 nor 1"))),
        }
    }

    fn time(row: &SqliteRow, index: usize) -> Result<Option<DateTime<Utc>>, Fault> {
        let Some(text) = Self::text(row, index)? else {
            return Ok(None);
        };
        match DateTime::parse_from_rfc3339(text) {
            Ok(time) => Ok(Some(time.to_utc())),
            Err(error) => Err(Fault::value(format!("`{text}` is no time as RFC 3339 writes it: {error}"))),
        }
    }

    fn json(row: &SqliteRow, index: usize) -> Result<Option<&str>, Fault> {
        Self::text(row, index)
    }

    fn total(row: &SqliteRow) -> Result<i128, Fault> {
        let part = |index| Self::integer(row, index).map(|part| i128::from(part.unwrap_or_default()));
        Ok((part(0)? << 32) + part(1)?)
    }

    /// Result codes as of <https://sqlite.org/rescode.html>; what has none of its own is told by its text.
    fn class(error: &dyn DatabaseError) -> Class {
        let code = error.code().and_then(|code| code.parse().ok()).unwrap_or(0);
        class(code, error.message())
    }

    driver!(Sqlite);
}

fn class(code: u32, message: &str) -> Class {
    match code {
        // SQLITE_CONSTRAINT_PRIMARYKEY, _UNIQUE, _ROWID
        1555 | 2067 | 2579 => Class::Unique(key(message)),
        // SQLITE_CONSTRAINT_FOREIGNKEY, and SQLITE_CONSTRAINT_TRIGGER, by one of which ON DELETE RESTRICT refuses
        787 => Class::ForeignKey { columns: Vec::new() },
        1811 if message == "FOREIGN KEY constraint failed" => Class::ForeignKey { columns: Vec::new() },
        // SQLITE_CONSTRAINT_CHECK
        275 => Class::unfit("a CHECK of the table refuses it"),
        // SQLITE_CONSTRAINT_NOTNULL
        1299 => Class::Null { column: key(message).columns.pop() },
        // SQLITE_TOOBIG, SQLITE_MISMATCH, SQLITE_CONSTRAINT_DATATYPE
        18 | 20 | 3091 => Class::unfit("the column can't hold it"),
        // SQLITE_BUSY_SNAPSHOT: the transaction has read what is no longer true. SQLITE_LOCKED, _SHAREDCACHE: at once.
        517 | 6 | 262 => Class::REPEAT,
        // SQLITE_BUSY, _RECOVERY, _TIMEOUT: it has waited for busy_timeout already.
        5 | 261 | 773 => Class::Transient { lost: Extent::Statement, repeat: false },
        1 if is_schema(message) => Class::Schema,
        _ => Class::Other,
    }
}

/// Every value of a column has a type of its own, so a wrong one is a fault of the row.
fn of_value(fault: Fault) -> Fault {
    let (Fault::Value(source) | Fault::Type(source)) = fault;
    Fault::Value(source)
}

/// `UNIQUE constraint failed: t.a, t.b`, or the name of an index on expressions.
fn key(message: &str) -> Key {
    let name = message.rsplit_once(": ").map_or(message, |(_, name)| name);
    let columns = name.split(", ").filter_map(|column| column.rsplit_once('.'));
    Key { name: name.to_owned(), columns: columns.map(|(_, column)| column.to_owned()).collect() }
}

/// SQLITE_ERROR is the code of a missing table and of much else.
fn is_schema(message: &str) -> bool {
    [
        "no such table",
        "no such column",
        "has no column named",
        "ON CONFLICT clause does not match",
        "unknown database",
        "generated column",
        "because it is a view",
    ]
    .iter()
    .any(|text| message.contains(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes that the driver waits out, or that need a text of a gigabyte.
    #[test]
    fn each_code_has_its_class() {
        for code in [6, 262, 517] {
            assert_eq!(class(code, "locked"), Class::REPEAT);
        }
        for code in [5, 261, 773] {
            let waited = Class::Transient { lost: Extent::Statement, repeat: false };
            assert_eq!(class(code, "locked"), waited);
        }
        for code in [18, 20, 3091] {
            assert!(matches!(class(code, "string or blob too big"), Class::Unfit { .. }));
        }
        let rowid = class(2579, "UNIQUE constraint failed: plans.rowid");
        assert!(matches!(rowid, Class::Unique(key) if key.columns == ["rowid"]));
        assert_eq!(class(1, "near \"SELEC\": syntax error"), Class::Other);
        assert_eq!(class(13, "database or disk is full"), Class::Other);
    }

    #[test]
    fn keys_are_read_from_the_text() {
        let one = key("UNIQUE constraint failed: plans.provider_id");
        assert_eq!((one.name.as_str(), one.columns), ("plans.provider_id", vec!["provider_id".to_owned()]));
        assert_eq!(key("UNIQUE constraint failed: t.a, t.b").columns, ["a", "b"]);
        assert_eq!(key("UNIQUE constraint failed: index 'lower'").name, "index 'lower'");
    }
}
