//! What SQLite does its own way.

use chrono::{DateTime, Utc};
use sqlx::error::DatabaseError;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, Row as _, Sqlite, TypeInfo as _, ValueRef as _};
use store_model::form::Carrier;
use store_model::sql::SEVERAL;

use super::dialect::{Added, Class, Dialect, Fault, Key, column, driver, returning};
use crate::codec::{Atom, Unfit};
use crate::error::Extent;

impl Dialect for Sqlite {
    const SURVIVES_REFUSAL: bool = true;
    const REMEMBERS_ANSWERS: bool = true;
    const REMEMBERS_TRANSACTIONS: bool = true;
    const BEGIN_LOCKING: &'static str = "BEGIN IMMEDIATE";

    fn bind(arguments: &mut SqliteArguments, _: Carrier, atom: Option<Atom<'_>>) -> Result<(), Unfit> {
        let bound = match atom {
            // Every type takes the same NULL.
            None => arguments.add(None::<&str>),
            Some(Atom::Text(text) | Atom::Json(text)) => arguments.add(&*text),
            Some(Atom::Integer(number)) => arguments.add(whole(number)?),
            Some(Atom::Double(number)) => arguments.add(number),
            Some(Atom::Boolean(boolean)) => arguments.add(boolean),
            Some(Atom::Time(time)) => arguments.add(time),
            Some(Atom::Date(date)) => arguments.add(date),
            Some(Atom::Bytes(bytes)) => arguments.add(&*bytes),
            Some(Atom::Array(_)) => return Err("SQLite has no arrays".into()),
        };
        bound.map_err(|error| error.to_string())
    }

    fn read(row: &SqliteRow, index: usize, carrier: Carrier) -> Result<Option<Atom<'_>>, Fault> {
        Ok(match carrier {
            Carrier::Small | Carrier::Int | Carrier::Big | Carrier::Unsigned => {
                Self::integer(row, index)?.map(|number| Atom::Integer(number.into()))
            }
            Carrier::Double | Carrier::Number => number(row, index)?,
            Carrier::Boolean => Self::boolean(row, index)?.map(Atom::Boolean),
            Carrier::Time => Self::time(row, index)?.map(Atom::Time),
            Carrier::Bytes => bytes(row, index)?.map(|bytes| Atom::Bytes(bytes.into())),
            Carrier::Json => Self::text(row, index)?.map(|text| Atom::Json(text.into())),
            Carrier::Text | Carrier::Naive | Carrier::Date | Carrier::Array => {
                Self::text(row, index)?.map(|text| Atom::Text(text.into()))
            }
        })
    }

    fn text(row: &SqliteRow, index: usize) -> Result<Option<&str>, Fault> {
        column::<Sqlite, &str>(row, index).map_err(of_value)
    }

    fn time(row: &SqliteRow, index: usize) -> Result<Option<DateTime<Utc>>, Fault> {
        Self::text(row, index)?.map(time).transpose()
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

    fn total(row: &SqliteRow) -> Result<i128, Fault> {
        let part = |index| Self::integer(row, index).map(|part| i128::from(part.unwrap_or_default()));
        Ok((part(0)? << 32) + part(1)?)
    }

    /// Result codes as of <https://sqlite.org/rescode.html>; what has none of its own is told by its text.
    fn class(error: &dyn DatabaseError) -> Class {
        let code = error.code().and_then(|code| code.parse().ok()).unwrap_or(0);
        class(code, error.message())
    }

    returning!(Sqlite);
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

fn whole(number: i128) -> Result<i64, Unfit> {
    i64::try_from(number).map_err(|_| format!("{number} has more than 64 bits"))
}

/// A number in the class in which the value is kept.
fn number(row: &SqliteRow, index: usize) -> Result<Option<Atom<'static>>, Fault> {
    if class_of(row, index)? == "REAL" {
        return Ok(column::<Sqlite, f64>(row, index).map_err(of_value)?.map(Atom::Double));
    }
    Ok(Sqlite::integer(row, index)?.map(|number| Atom::Integer(number.into())))
}

/// Bytes that are kept as such: the driver gives those of a text too.
fn bytes(row: &SqliteRow, index: usize) -> Result<Option<&[u8]>, Fault> {
    match class_of(row, index)? {
        class if matches!(&*class, "BLOB" | "NULL") => column::<Sqlite, &[u8]>(row, index).map_err(of_value),
        class => Err(Fault::value(format!("it is {class}, where BLOB is needed"))),
    }
}

/// The class in which a value is kept.
fn class_of(row: &SqliteRow, index: usize) -> Result<String, Fault> {
    let raw = row.try_get_raw(index).map_err(|error| Fault::Type(error.into()))?;
    let class = raw.type_info().name().to_owned();
    Ok(class)
}

fn time(text: &str) -> Result<DateTime<Utc>, Fault> {
    match DateTime::parse_from_rfc3339(text) {
        Ok(time) => Ok(time.to_utc()),
        Err(error) => Err(Fault::value(format!("`{text}` is no time as RFC 3339 writes it: {error}"))),
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
        SEVERAL,
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
