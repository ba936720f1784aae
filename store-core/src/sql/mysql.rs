//! What MySQL and MariaDB do their own way.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use sqlx::error::DatabaseError;
use sqlx::mysql::{MySqlArguments, MySqlConnection, MySqlDatabaseError, MySqlRow};
use sqlx::{Arguments as _, Decode, MySql, Row as _, Type, TypeInfo as _, ValueRef as _};
use store_model::form::Carrier;

use super::dialect::{Added, Class, Dialect, Fault, Key, column, driver};
use crate::codec::{Atom, Unfit};
use crate::error::Extent;

impl Dialect for MySql {
    const SURVIVES_REFUSAL: bool = true;
    /// It forgets the answer to a `PREPARE`, with which every later one would be one too late.
    const REMEMBERS_ANSWERS: bool = false;
    const REMEMBERS_TRANSACTIONS: bool = false;
    const BEGIN_LOCKING: &'static str = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; START TRANSACTION";

    /// Times are bound without a zone: bound as `DateTime<Utc>` they would be TIMESTAMP, of which the server makes NULL
    /// before 1970 and after 2038.
    fn bind(arguments: &mut MySqlArguments, _: Carrier, atom: Option<Atom<'_>>) -> Result<(), Unfit> {
        let bound = match atom {
            // Every type takes the same NULL.
            None => arguments.add(None::<&str>),
            Some(Atom::Text(text) | Atom::Json(text)) => arguments.add(&*text),
            Some(Atom::Integer(number)) => match (i64::try_from(number), u64::try_from(number)) {
                (Ok(number), _) => arguments.add(number),
                (_, Ok(number)) => arguments.add(number),
                _ => return Err(format!("{number} has more than 64 bits")),
            },
            Some(Atom::Double(number)) => arguments.add(number),
            Some(Atom::Boolean(boolean)) => arguments.add(boolean),
            Some(Atom::Time(time)) => arguments.add(time.naive_utc()),
            Some(Atom::Date(date)) => arguments.add(date),
            Some(Atom::Bytes(bytes)) => arguments.add(&*bytes),
            Some(Atom::Array(_)) => return Err("MySQL has no arrays".into()),
        };
        bound.map_err(|error| error.to_string())
    }

    fn read(row: &MySqlRow, index: usize, carrier: Carrier) -> Result<Option<Atom<'_>>, Fault> {
        Ok(match carrier {
            Carrier::Small | Carrier::Int | Carrier::Big | Carrier::Unsigned => {
                whole(row, index)?.map(Atom::Integer)
            }
            Carrier::Double | Carrier::Number => column::<Self, f64>(row, index)?.map(Atom::Double),
            Carrier::Boolean => Self::boolean(row, index)?.map(Atom::Boolean),
            // A day too, so that a time of day is seen where there should be none.
            Carrier::Time | Carrier::Naive | Carrier::Date => Self::time(row, index)?.map(Atom::Time),
            Carrier::Bytes => column::<Self, &[u8]>(row, index)?.map(|bytes| Atom::Bytes(bytes.into())),
            Carrier::Json => json(row, index)?.map(|text| Atom::Json(text.into())),
            Carrier::Text | Carrier::Array => Self::text(row, index)?.map(|text| Atom::Text(text.into())),
        })
    }

    fn text(row: &MySqlRow, index: usize) -> Result<Option<&str>, Fault> {
        column::<Self, &str>(row, index)
    }

    fn time(row: &MySqlRow, index: usize) -> Result<Option<DateTime<Utc>>, Fault> {
        Ok(time(row, index)?.map(|time| time.and_utc()))
    }

    fn integer(row: &MySqlRow, index: usize) -> Result<Option<i64>, Fault> {
        column::<Self, i64>(row, index)
    }

    fn boolean(row: &MySqlRow, index: usize) -> Result<Option<bool>, Fault> {
        match Self::integer(row, index)? {
            None => Ok(None),
            Some(0) => Ok(Some(false)),
            Some(1) => Ok(Some(true)),
            Some(number) => Err(Fault::value(format!("{number} is neither 0 nor 1"))),
        }
    }

    fn total(row: &MySqlRow) -> Result<i128, Fault> {
        let text = Self::text(row, 0)?.unwrap_or("0");
        text.parse().map_err(|_| Fault::value(format!("the total `{text}` is no whole number")))
    }

    /// Numbers as of <https://mariadb.com/kb/en/mariadb-error-code-reference/>. The SQLSTATE is too coarse to tell.
    fn class(error: &dyn DatabaseError) -> Class {
        let Some(error) = error.try_downcast_ref::<MySqlDatabaseError>() else {
            return Class::Other;
        };
        let waited = Class::Transient { lost: Extent::Statement, repeat: false };
        match error.number() {
            // duplicate entry
            1062 | 1586 => Class::Unique(key(error.message())),
            // deadlock; the row has changed since the snapshot; conflicts of clusters
            1213 | 1020 | 9007 | 8147 | 8028 => Class::REPEAT,
            // lock wait time-out, too many connections, node not ready
            1205 | 1040 | 1203 | 1047 => waited,
            // the statement is interrupted, by somebody or by its time limit
            1317 | 1969 | 3024 => waited,
            // the server goes down, the connection is killed
            1053 | 1927 => Class::Lost,
            // foreign keys: a child without parent, a parent with children
            1452 | 1451 | 1216 | 1217 => Class::ForeignKey { columns: referring(error.message()) },
            4025 | 3819 => Class::unfit("a CHECK of the table refuses it"),
            1048 => Class::Null { column: quoted(error.message()) },
            // no value is said, and there is no default
            1364 => {
                quoted(error.message()).map_or(Class::Schema, |column| Class::Null { column: Some(column) })
            }
            // too long, out of range, truncated
            1406 | 1264 | 1265 => {
                Class::Unfit { column: quoted(error.message()), reason: "the column can't hold it" }
            }
            // not of the type, no JSON
            1292 | 1366 | 3140 => Class::unfit("the column can't hold it"),
            // several rows of another table where there is to be one
            1242 => Class::Schema,
            // table, column, database, generated column, no privilege on table or column, views
            1146 | 1054 | 1049 | 1906 | 3105 | 1142 | 1143 | 1288 | 1471 => Class::Schema,
            _ => Class::Other,
        }
    }

    async fn add(
        connection: &mut MySqlConnection,
        sql: &'static str,
        arguments: MySqlArguments,
    ) -> sqlx::Result<Option<Added<MySqlRow>>> {
        let done = sqlx::query_with(sql, arguments).execute(connection).await?;
        Ok((done.rows_affected() > 0).then(|| Added::Number(done.last_insert_id())))
    }

    driver!(MySql);
}

/// A number of any width, with a sign or without.
fn whole(row: &MySqlRow, index: usize) -> Result<Option<i128>, Fault> {
    let raw = row.try_get_raw(index).map_err(|error| Fault::Type(error.into()))?;
    if <u64 as Type<MySql>>::compatible(&raw.type_info()) {
        return Ok(column::<MySql, u64>(row, index)?.map(i128::from));
    }
    Ok(column::<MySql, i64>(row, index)?.map(i128::from))
}

/// From the bytes of the protocol: the driver takes a zero date for NULL.
fn time(row: &MySqlRow, index: usize) -> Result<Option<NaiveDateTime>, Fault> {
    let raw = row.try_get_raw(index).map_err(|error| Fault::Type(error.into()))?;
    let ty = raw.type_info();
    // TIMESTAMP is an instant, which the session of the driver sees in UTC.
    let is_time = <DateTime<Utc> as Type<MySql>>::compatible(&ty)
        || <NaiveDateTime as Type<MySql>>::compatible(&ty)
        || <NaiveDate as Type<MySql>>::compatible(&ty);
    if !is_time {
        return Err(Fault::Type(format!("it is {}, where DATETIME is needed", ty.name()).into()));
    }
    let Ok(bytes) = <&[u8] as Decode<MySql>>::decode(raw) else {
        return Ok(None);
    };
    let time = date_time(bytes).ok_or_else(|| Fault::value("it is a zero date, or none of the calendar"))?;
    Ok(Some(time))
}

/// JSON of MySQL has a type of its own, and that of MariaDB is text.
fn json(row: &MySqlRow, index: usize) -> Result<Option<&str>, Fault> {
    let raw = row.try_get_raw(index).map_err(|error| Fault::Type(error.into()))?;
    if raw.type_info().name() != "JSON" {
        return MySql::text(row, index);
    }
    let Ok(bytes) = <&[u8] as Decode<MySql>>::decode(raw) else {
        return Ok(None);
    };
    std::str::from_utf8(bytes).map(Some).map_err(|error| Fault::Value(error.into()))
}

/// The key is what the message quotes last, in every language; some servers put the table before it.
fn key(message: &str) -> Key {
    let name = message.rsplit('\'').nth(1).unwrap_or_default();
    let name = name.rsplit_once('.').map_or(name, |(_, name)| name);
    Key { name: name.to_owned(), columns: Vec::new() }
}

/// The column is what these messages quote first, in every language.
fn quoted(message: &str) -> Option<String> {
    message.split('\'').nth(1).map(str::to_owned)
}

/// The columns of a foreign key, whose definition is a part of the message in every language.
fn referring(message: &str) -> Vec<String> {
    let columns = message.split_once("FOREIGN KEY (").and_then(|(_, rest)| rest.split_once(')'));
    columns.map_or_else(Vec::new, |(columns, _)| columns.split(", ").map(unquote).collect())
}

fn unquote(name: &str) -> String {
    name.trim_matches('`').replace("``", "`")
}

/// A length, then year, month and day, then the time of day and its microseconds, as far as they aren't zero
/// (<https://mariadb.com/kb/en/resultset-row/#timestamp-binary-encoding>).
fn date_time(bytes: &[u8]) -> Option<NaiveDateTime> {
    let (&length, rest) = bytes.split_first()?;
    let rest = rest.get(..usize::from(length))?;
    let year = u16::from_le_bytes([*rest.first()?, *rest.get(1)?]);
    let date = NaiveDate::from_ymd_opt(year.into(), (*rest.get(2)?).into(), (*rest.get(3)?).into())?;
    let part = |index| rest.get(index).copied().map_or(0, u32::from);
    let micros = rest.get(7..11).and_then(|micros| micros.try_into().ok()).map_or(0, u32::from_le_bytes);
    date.and_hms_micro_opt(part(4), part(5), part(6), micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_from_the_text() {
        assert_eq!(key("Duplicate entry 's1' for key 'live_key'").name, "live_key");
        assert_eq!(key("Doppelter Eintrag 's1' für Schlüssel 'plans.PRIMARY'").name, "PRIMARY");
        assert_eq!(key("Zdvojený klíč 's1' (číslo klíče 'live_key')").name, "live_key");
        assert_eq!(key("'s1' は索引 'live_key' で重複しています。").name, "live_key");
        assert_eq!(key("").name, "");
    }

    #[test]
    fn columns_are_read_from_the_text() {
        assert_eq!(quoted("Feld 'name' darf nicht NULL sein").as_deref(), Some("name"));
        assert_eq!(quoted("The column is not told"), None);
        let message =
            "Kind-Zeile (`db`.`t`, CONSTRAINT `c` FOREIGN KEY (`a`, `b ``c`) REFERENCES `p` (`id`))";
        assert_eq!(referring(message), ["a", "b `c"]);
        assert!(referring("Cannot add or update a child row: a foreign key constraint fails").is_empty());
    }

    #[test]
    fn times_are_read_from_bytes() {
        let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
        assert_eq!(date_time(&[4, 232, 7, 2, 29]), day.and_hms_opt(0, 0, 0));
        assert_eq!(date_time(&[7, 232, 7, 2, 29, 1, 2, 3]), day.and_hms_opt(1, 2, 3));
        assert_eq!(date_time(&[11, 232, 7, 2, 29, 1, 2, 3, 64, 66, 15, 0]), None);
        assert_eq!(
            date_time(&[11, 232, 7, 2, 29, 1, 2, 3, 63, 66, 15, 0]),
            day.and_hms_micro_opt(1, 2, 3, 999_999)
        );
        for zero in [&[0][..], &[], &[4, 0, 0, 0, 0], &[4, 232, 7, 0, 1], &[7, 232]] {
            assert_eq!(date_time(zero), None);
        }
    }
}
