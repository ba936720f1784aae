//! What each database does its own way: arguments, columns, and what its errors mean.

use chrono::{DateTime, Utc};
use sqlx::database::HasStatementCache;
use sqlx::{Database, SqlSafeStr};
use sqlx_core::transaction::TransactionManager as _;
use store_model::form::Carrier;

use super::catalog::Catalog;
use crate::codec::{Atom, Unfit};
use crate::error::{BoxError, Extent};

/// Why a column can't be read.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The value is not what the contract says.
    Value(BoxError),
    /// The column is of another type.
    Type(BoxError),
}

impl Fault {
    pub(crate) fn value(message: impl Into<BoxError>) -> Self {
        Self::Value(message.into())
    }
}

/// A unique key that refused, as far as the database says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) name: String,
    /// Its columns, where they are told.
    pub(crate) columns: Vec<String>,
}

/// What an error of a statement means.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A unique key refused.
    Unique(Key),
    /// A value is refused, if known for which column.
    Unfit { column: Option<String>, reason: &'static str },
    /// A column takes no NULL.
    Null { column: Option<String> },
    /// A foreign key refused, if known of which columns.
    ForeignKey { columns: Vec<String> },
    /// Certainly rolled back.
    Transient { lost: Extent, repeat: bool },
    /// The connection is gone, and with it the answer.
    Lost,
    /// The connection has planned the statement for columns that are of another type by now.
    Stale,
    /// Table, column or index are not what the statement needs.
    Schema,
    /// Anything else.
    Other,
}

impl Class {
    /// Rolled back, and worth repeating at once.
    pub(crate) const REPEAT: Self = Self::Transient { lost: Extent::Transaction, repeat: true };

    pub(crate) const fn unfit(reason: &'static str) -> Self {
        Self::Unfit { column: None, reason }
    }
}

/// A row that was added, by its id.
pub(crate) enum Added<R> {
    /// As the statement returned it.
    Row(R),
    /// As the server counted it.
    #[cfg_attr(not(feature = "mysql"), allow(dead_code))]
    Number(u64),
}

/// One database: how its driver is talked to.
pub(crate) trait Dialect: Catalog + HasStatementCache {
    /// Whether a refused statement leaves a transaction usable.
    const SURVIVES_REFUSAL: bool;

    /// Whether the driver still knows of an answer after the future that waited for it is gone.
    const REMEMBERS_ANSWERS: bool;

    /// Whether a transaction is rolled back by itself whose beginning nobody waited for.
    const REMEMBERS_TRANSACTIONS: bool;

    /// Binds a value, or NULL, in the type that a column is sent in.
    fn bind(arguments: &mut Self::Arguments, carrier: Carrier, atom: Option<Atom<'_>>) -> Result<(), Unfit>;

    /// Reads a column in the type that it is read in; nothing for NULL.
    fn read(row: &Self::Row, index: usize, carrier: Carrier) -> Result<Option<Atom<'_>>, Fault>;

    fn text(row: &Self::Row, index: usize) -> Result<Option<&str>, Fault>;
    fn time(row: &Self::Row, index: usize) -> Result<Option<DateTime<Utc>>, Fault>;
    fn integer(row: &Self::Row, index: usize) -> Result<Option<i64>, Fault>;
    fn boolean(row: &Self::Row, index: usize) -> Result<Option<bool>, Fault>;

    /// The total that the statement `Sum` gives, before it is held against the range of an `i64`.
    fn total(row: &Self::Row) -> Result<i128, Fault>;

    /// What an error of this database means.
    fn class(error: &dyn sqlx::error::DatabaseError) -> Class;

    fn execute(
        connection: &mut Self::Connection,
        sql: &'static str,
        arguments: Self::Arguments,
    ) -> impl Future<Output = sqlx::Result<u64>> + Send;

    /// Runs a statement that adds a row whose id the database makes; none if it added none.
    fn add(
        connection: &mut Self::Connection,
        sql: &'static str,
        arguments: Self::Arguments,
    ) -> impl Future<Output = sqlx::Result<Option<Added<Self::Row>>>> + Send;

    /// How a transaction begins that looks under a lock and then writes, whatever the settings of the connection.
    const BEGIN_LOCKING: &'static str;

    /// Begins a transaction, by a statement of its own if there is one, or a savepoint within that of the caller.
    fn begin(
        connection: &mut Self::Connection,
        statement: Option<&'static str>,
    ) -> impl Future<Output = sqlx::Result<()>> + Send {
        Self::TransactionManager::begin(connection, statement.map(SqlSafeStr::into_sql_str))
    }

    fn fetch_optional(
        connection: &mut Self::Connection,
        sql: &'static str,
        arguments: Self::Arguments,
    ) -> impl Future<Output = sqlx::Result<Option<Self::Row>>> + Send;

    /// Reads each row as it comes, so that the rows are never held all at once.
    fn fetch_all<T: Send + Unpin>(
        connection: &mut Self::Connection,
        sql: &'static str,
        arguments: Self::Arguments,
        read: impl Fn(Self::Row) -> T + Send,
    ) -> impl Future<Output = sqlx::Result<Vec<T>>> + Send;

    /// Runs a script of several statements.
    fn script(
        connection: &mut Self::Connection,
        sql: &'static str,
    ) -> impl Future<Output = sqlx::Result<()>> + Send;
}

/// How a row is added where a statement can return its id. The answer is read to its end, which some rows are kept by.
macro_rules! returning {
    ($DB:ty) => {
        async fn add(
            connection: &mut <$DB as sqlx::Database>::Connection,
            sql: &'static str,
            arguments: <$DB as sqlx::Database>::Arguments,
        ) -> sqlx::Result<Option<Added<<$DB as sqlx::Database>::Row>>> {
            let rows = sqlx::query_with(sql, arguments).fetch_all(connection).await?;
            Ok(rows.into_iter().next().map(Added::Row))
        }
    };
}
pub(super) use returning;

/// The parts of [`Dialect`] that are the same words for each driver.
macro_rules! driver {
    ($DB:ty) => {
        async fn execute(
            connection: &mut <$DB as sqlx::Database>::Connection,
            sql: &'static str,
            arguments: <$DB as sqlx::Database>::Arguments,
        ) -> sqlx::Result<u64> {
            Ok(sqlx::query_with(sql, arguments).execute(connection).await?.rows_affected())
        }

        async fn fetch_optional(
            connection: &mut <$DB as sqlx::Database>::Connection,
            sql: &'static str,
            arguments: <$DB as sqlx::Database>::Arguments,
        ) -> sqlx::Result<Option<<$DB as sqlx::Database>::Row>> {
            sqlx::query_with(sql, arguments).fetch_optional(connection).await
        }

        async fn fetch_all<T: Send + Unpin>(
            connection: &mut <$DB as sqlx::Database>::Connection,
            sql: &'static str,
            arguments: <$DB as sqlx::Database>::Arguments,
            read: impl Fn(<$DB as sqlx::Database>::Row) -> T + Send,
        ) -> sqlx::Result<Vec<T>> {
            sqlx::query_with(sql, arguments).map(read).fetch_all(connection).await
        }

        async fn script(
            connection: &mut <$DB as sqlx::Database>::Connection,
            sql: &'static str,
        ) -> sqlx::Result<()> {
            sqlx::raw_sql(sql).execute(connection).await.map(drop)
        }
    };
}
pub(crate) use driver;

/// Reads a column by position as a type of the driver, without the name look-up and the wrapping of `try_get`.
pub(crate) fn column<'r, DB, T>(row: &'r DB::Row, index: usize) -> Result<Option<T>, Fault>
where
    DB: Database,
    T: sqlx::Decode<'r, DB> + sqlx::Type<DB>,
    usize: sqlx::ColumnIndex<DB::Row>,
{
    use sqlx::{Row as _, TypeInfo as _, ValueRef as _};

    let raw = row.try_get_raw(index).map_err(|error| Fault::Type(error.into()))?;
    if raw.is_null() {
        return Ok(None);
    }
    if !T::compatible(&raw.type_info()) {
        let found = raw.type_info().name().to_owned();
        return Err(Fault::Type(format!("it is {found}, where {} is needed", T::type_info().name()).into()));
    }
    T::decode(raw).map(Some).map_err(Fault::Value)
}

impl Fault {
    /// For columns that are no field of a record.
    pub(crate) fn into_backend(self) -> crate::StoreError {
        let (Self::Value(source) | Self::Type(source)) = self;
        crate::StoreError::Backend { source }
    }
}
