//! What Postgres does its own way.

use std::mem::ManuallyDrop;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use sqlx::encode::IsNull;
use sqlx::error::{BoxDynError, DatabaseError};
use sqlx::postgres::types::Oid;
use sqlx::postgres::{
    PgArgumentBuffer, PgArguments, PgConnection, PgDatabaseError, PgRow, PgTypeInfo, PgValueRef,
};
use sqlx::{Arguments as _, Database, Decode, Encode, Postgres, SqlSafeStr, Type};
use sqlx_core::transaction::TransactionManager as _;
use store_model::form::Carrier;

use super::dialect::{Added, Class, Dialect, Fault, Key, column, driver, returning};
use crate::codec::{Atom, Unfit};
use crate::error::Extent;

impl Dialect for Postgres {
    const SURVIVES_REFUSAL: bool = false;
    const REMEMBERS_ANSWERS: bool = true;
    const REMEMBERS_TRANSACTIONS: bool = false;
    const BEGIN_LOCKING: &'static str = "BEGIN ISOLATION LEVEL READ COMMITTED";

    fn bind(arguments: &mut PgArguments, carrier: Carrier, atom: Option<Atom<'_>>) -> Result<(), Unfit> {
        let Some(atom) = atom else {
            return null(arguments, carrier).map_err(|error| error.to_string());
        };
        let bound = match atom {
            Atom::Text(text) => arguments.add(&*text),
            Atom::Integer(number) => match carrier {
                Carrier::Small => arguments.add(narrow::<i16>(number)?),
                Carrier::Int => arguments.add(narrow::<i32>(number)?),
                _ => arguments.add(narrow::<i64>(number)?),
            },
            Atom::Double(number) => arguments.add(number),
            Atom::Boolean(boolean) => arguments.add(boolean),
            Atom::Time(time) if carrier == Carrier::Naive => arguments.add(time.naive_utc()),
            Atom::Time(time) => arguments.add(time),
            Atom::Date(date) => arguments.add(date),
            Atom::Bytes(bytes) => arguments.add(&*bytes),
            Atom::Json(text) => arguments.add(Json(&text)),
            Atom::Array(texts) => arguments.add(&*texts),
        };
        bound.map_err(|error| error.to_string())
    }

    fn read(row: &PgRow, index: usize, carrier: Carrier) -> Result<Option<Atom<'_>>, Fault> {
        Ok(match carrier {
            Carrier::Text => Self::text(row, index)?.map(|text| Atom::Text(text.into())),
            Carrier::Small | Carrier::Int | Carrier::Big | Carrier::Unsigned => {
                Self::integer(row, index)?.map(|number| Atom::Integer(number.into()))
            }
            Carrier::Double | Carrier::Number => column::<Self, f64>(row, index)?.map(Atom::Double),
            Carrier::Boolean => Self::boolean(row, index)?.map(Atom::Boolean),
            Carrier::Time => Self::time(row, index)?.map(Atom::Time),
            Carrier::Naive => column::<Self, Naive>(row, index)?.map(|Naive(time)| Atom::Time(time)),
            Carrier::Date => column::<Self, Day>(row, index)?.map(|Day(date)| Atom::Date(date)),
            Carrier::Bytes => column::<Self, &[u8]>(row, index)?.map(|bytes| Atom::Bytes(bytes.into())),
            Carrier::Json => column::<Self, Json<'_>>(row, index)?.map(|Json(text)| Atom::Json(text.into())),
            Carrier::Array => column::<Self, Vec<String>>(row, index)?.map(|texts| Atom::Array(texts.into())),
        })
    }

    fn text(row: &PgRow, index: usize) -> Result<Option<&str>, Fault> {
        column::<Self, &str>(row, index)
    }

    fn time(row: &PgRow, index: usize) -> Result<Option<DateTime<Utc>>, Fault> {
        Ok(column::<Self, Micros>(row, index)?.map(|Micros(time)| time))
    }

    fn integer(row: &PgRow, index: usize) -> Result<Option<i64>, Fault> {
        Ok(column::<Self, Whole>(row, index)?.map(|Whole(number)| number))
    }

    fn boolean(row: &PgRow, index: usize) -> Result<Option<bool>, Fault> {
        column::<Self, bool>(row, index)
    }

    fn total(row: &PgRow) -> Result<i128, Fault> {
        let text = Self::text(row, 0)?.unwrap_or("0");
        text.parse().map_err(|_| Fault::value(format!("the total `{text}` is no whole number")))
    }

    /// Codes as of <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
    fn class(error: &dyn DatabaseError) -> Class {
        let Some(error) = error.try_downcast_ref::<PgDatabaseError>() else {
            return Class::Other;
        };
        // An error ends the transaction, whatever it is.
        let waited = Class::Transient { lost: Extent::Transaction, repeat: false };
        let column = || error.column().map(str::to_owned);
        match error.code() {
            // unique_violation, exclusion_violation
            "23505" | "23P01" => Class::Unique(key(error.constraint(), error.detail())),
            // serialization_failure, deadlock_detected
            "40001" | "40P01" => Class::REPEAT,
            // lock_not_available, query_canceled, too_many_connections, cannot_connect_now
            "55P03" | "57014" | "53300" | "57P03" => waited,
            // time-outs that ended the session before the statement came: idle in a transaction, transaction, idle
            "25P03" | "25P04" | "57P05" => waited,
            // feature_not_supported: "cached plan must not change result type", in any language
            "0A000" if error.routine() == Some("RevalidateCachedQuery") => Class::Stale,
            // statement_completion_unknown, admin_shutdown, crash_shutdown
            "40003" | "57P01" | "57P02" => Class::Lost,
            code if code.starts_with("08") => Class::Lost,
            // foreign_key_violation; restrict_violation, of version 18 on
            "23503" | "23001" => Class::ForeignKey { columns: key(None, error.detail()).columns },
            "23514" => Class::unfit("a CHECK of the table refuses it"),
            "23502" => Class::Null { column: column() },
            // string too long, number or time out of range, bytes that are no text, NUL in JSON, key too long for its index
            "22001" | "22003" | "22008" | "22021" | "22P05" | "22P02" | "54000" => {
                Class::Unfit { column: column(), reason: "the column can't hold it" }
            }
            // several rows of another table where there is to be one
            "21000" => Class::Schema,
            // table, column, conflict target, type, function, schema, generated column, privilege, views and deferrable keys
            "42P01" | "42703" | "42P10" | "42804" | "42883" | "3F000" | "428C9" | "42501" | "42809"
            | "55000" => Class::Schema,
            _ => Class::Other,
        }
    }

    /// The driver's future, dropped before it is done, rolls back the transaction around. Left behind instead, it leaves a
    /// savepoint at most.
    async fn begin(connection: &mut PgConnection, statement: Option<&'static str>) -> sqlx::Result<()> {
        let statement = statement.map(SqlSafeStr::into_sql_str);
        let begun = <Self as Database>::TransactionManager::begin(connection, statement);
        let mut begun = ManuallyDrop::new(Box::pin(begun));
        let done = begun.as_mut().await;
        drop(ManuallyDrop::into_inner(begun));
        done
    }

    returning!(Postgres);
    driver!(Postgres);
}

fn narrow<T: TryFrom<i128>>(number: i128) -> Result<T, Unfit> {
    T::try_from(number).map_err(|_| format!("{number} is out of the range of its column"))
}

/// NULL has the type of its column.
fn null(arguments: &mut PgArguments, carrier: Carrier) -> Result<(), BoxDynError> {
    match carrier {
        Carrier::Text => arguments.add(None::<&str>),
        Carrier::Small => arguments.add(None::<i16>),
        Carrier::Int => arguments.add(None::<i32>),
        Carrier::Big | Carrier::Unsigned => arguments.add(None::<i64>),
        Carrier::Double | Carrier::Number => arguments.add(None::<f64>),
        Carrier::Boolean => arguments.add(None::<bool>),
        Carrier::Time => arguments.add(None::<DateTime<Utc>>),
        Carrier::Naive => arguments.add(None::<NaiveDateTime>),
        Carrier::Date => arguments.add(None::<NaiveDate>),
        Carrier::Bytes => arguments.add(None::<&[u8]>),
        Carrier::Json => arguments.add(None::<Json<'_>>),
        Carrier::Array => arguments.add(None::<&[String]>),
    }
}

/// The name of a key, and its columns: `Key (a, b)=(1, 2) already exists.`, of which the words depend on the language.
fn key(constraint: Option<&str>, detail: Option<&str>) -> Key {
    let name = constraint.unwrap_or_default().to_owned();
    let columns = detail.and_then(|detail| detail.split_once('('));
    let columns = columns.and_then(|(_, rest)| rest.split_once(")=("));
    let columns = columns.map_or_else(Vec::new, |(columns, _)| columns.split(", ").map(unquote).collect());
    Key { name, columns }
}

fn unquote(name: &str) -> String {
    let quoted = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
    quoted.map_or_else(|| name.to_owned(), |name| name.replace("\"\"", "\""))
}

/// A JSON document, without a library between.
struct Json<'a>(&'a str);

const JSONB: PgTypeInfo = PgTypeInfo::with_oid(Oid(3802));
const JSON: PgTypeInfo = PgTypeInfo::with_oid(Oid(114));

impl Type<Postgres> for Json<'_> {
    fn type_info() -> PgTypeInfo {
        JSONB
    }

    fn compatible(ty: &PgTypeInfo) -> bool {
        *ty == JSONB || *ty == JSON
    }
}

impl Encode<'_, Postgres> for Json<'_> {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        // The version of the binary format.
        buffer.push(1);
        buffer.extend_from_slice(self.0.as_bytes());
        Ok(IsNull::No)
    }

    fn size_hint(&self) -> usize {
        self.0.len() + 1
    }
}

impl<'r> Decode<'r, Postgres> for Json<'r> {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        let text = value.as_str()?;
        // `json` comes as its text, which begins with no such byte.
        Ok(Self(text.strip_prefix('\u{1}').unwrap_or(text)))
    }
}

/// A whole number of any width.
struct Whole(i64);

impl Type<Postgres> for Whole {
    fn type_info() -> PgTypeInfo {
        <i64 as Type<Postgres>>::type_info()
    }

    fn compatible(ty: &PgTypeInfo) -> bool {
        [
            <i64 as Type<Postgres>>::compatible,
            <i32 as Type<Postgres>>::compatible,
            <i16 as Type<Postgres>>::compatible,
        ]
        .iter()
        .any(|is_compatible| is_compatible(ty))
    }
}

impl Decode<'_, Postgres> for Whole {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        // It takes as many bytes as there are.
        <i64 as Decode<Postgres>>::decode(value).map(Self)
    }
}

/// A time as the driver gets it. Its own type panics at `infinity`.
struct Micros(DateTime<Utc>);

impl Type<Postgres> for Micros {
    fn type_info() -> PgTypeInfo {
        <DateTime<Utc> as Type<Postgres>>::type_info()
    }
}

impl Decode<'_, Postgres> for Micros {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        micros(value).map(Self)
    }
}

/// The same without zone.
struct Naive(DateTime<Utc>);

impl Type<Postgres> for Naive {
    fn type_info() -> PgTypeInfo {
        <NaiveDateTime as Type<Postgres>>::type_info()
    }
}

impl Decode<'_, Postgres> for Naive {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        micros(value).map(Self)
    }
}

fn micros(value: PgValueRef<'_>) -> Result<DateTime<Utc>, BoxDynError> {
    /// From 1970 to 2000, where the times of Postgres begin.
    const EPOCH: i64 = 946_684_800_000_000;
    let micros = <i64 as Decode<Postgres>>::decode(value)?;
    let time = match micros {
        i64::MAX | i64::MIN => None,
        _ => micros.checked_add(EPOCH).and_then(DateTime::from_timestamp_micros),
    };
    time.ok_or_else(|| "it is infinite, or after the year 262142".into())
}

/// A day as the driver gets it. Its own type panics at `infinity`.
struct Day(NaiveDate);

impl Type<Postgres> for Day {
    fn type_info() -> PgTypeInfo {
        <NaiveDate as Type<Postgres>>::type_info()
    }
}

impl Decode<'_, Postgres> for Day {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        let days = <i32 as Decode<Postgres>>::decode(value)?;
        let epoch = NaiveDate::from_ymd_opt(2000, 1, 1);
        let day = epoch.and_then(|epoch| epoch.checked_add_signed(TimeDelta::days(days.into())));
        day.map(Self).ok_or_else(|| "it is infinite, or after the year 262142".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_from_the_detail() {
        let one = key(Some("plans_provider_key"), Some("Key (provider_id)=(a)=(b) already exists."));
        assert_eq!((one.name.as_str(), one.columns), ("plans_provider_key", vec!["provider_id".to_owned()]));
        let two = key(None, Some("Schlüssel »(a, \"B c\")=(1, 2)« existiert bereits."));
        assert_eq!(two.columns, ["a", "B c"]);
        assert!(key(None, None).columns.is_empty());
    }
}
