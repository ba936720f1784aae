//! What a live database says of a table.

#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;

use sqlx::Database;
use store_model::adapter;
use store_model::schema::{Finding, Index, Part, Table};

use super::dialect::{Dialect, Fault};

/// The catalog of one database.
pub(crate) trait Catalog: Database {
    /// The table that a statement means by this name; none if there is no such table or view.
    fn table(
        connection: &mut Self::Connection,
        table: &adapter::Table<'_>,
    ) -> impl Future<Output = sqlx::Result<Option<Table>>> + Send;

    /// What is wrong with the settings of the session, for what an adapter keeps.
    fn session(
        connection: &mut Self::Connection,
        adapter: &adapter::Adapter<'static>,
    ) -> impl Future<Output = sqlx::Result<Vec<Finding>>> + Send;

    /// Runs a text that is made at run time, and keeps nothing of it.
    fn ask(
        connection: &mut Self::Connection,
        sql: String,
        arguments: Self::Arguments,
    ) -> impl Future<Output = sqlx::Result<Vec<Self::Row>>> + Send;
}

/// The part of [`Catalog`] that is the same words for each driver. A statement that was kept would push those of the
/// store out of the connection's memory.
macro_rules! asking {
    ($DB:ty) => {
        async fn ask(
            connection: &mut <$DB as sqlx::Database>::Connection,
            sql: String,
            arguments: <$DB as sqlx::Database>::Arguments,
        ) -> sqlx::Result<Vec<<$DB as sqlx::Database>::Row>> {
            let query = sqlx::query_with(sqlx::AssertSqlSafe(sql), arguments);
            query.persistent(false).fetch_all(connection).await
        }
    };
}
use asking;

/// The texts that a query is asked with; none is NULL.
fn texts<'a, DB>(texts: impl IntoIterator<Item = Option<&'a str>>) -> sqlx::Result<DB::Arguments>
where
    DB: Database,
    Option<&'a str>: sqlx::Encode<'a, DB> + sqlx::Type<DB>,
{
    let mut arguments = DB::Arguments::default();
    for text in texts {
        sqlx::Arguments::add(&mut arguments, text).map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

/// A row of a catalog, by position.
struct Entry<'r, DB: Dialect>(&'r DB::Row);

impl<DB: Dialect> Entry<'_, DB> {
    fn optional(&self, index: usize) -> sqlx::Result<Option<String>> {
        DB::text(self.0, index).map(|text| text.map(str::to_owned)).map_err(unread)
    }

    fn text(&self, index: usize) -> sqlx::Result<String> {
        Ok(self.optional(index)?.unwrap_or_default())
    }

    fn number(&self, index: usize) -> sqlx::Result<i64> {
        Ok(DB::integer(self.0, index).map_err(unread)?.unwrap_or_default())
    }

    fn flag(&self, index: usize) -> sqlx::Result<bool> {
        Ok(DB::boolean(self.0, index).map_err(unread)?.unwrap_or_default())
    }
}

fn unread(fault: Fault) -> sqlx::Error {
    let (Fault::Value(source) | Fault::Type(source)) = fault;
    sqlx::Error::Decode(source)
}

/// Adds a part to the last index, or to a new one if it has another name: catalogs list parts, in the order of indexes.
fn add_part(indexes: &mut Vec<Index>, index: Index, part: Part) {
    match indexes.last_mut() {
        Some(last) if last.name == index.name => last.parts.push(part),
        _ => indexes.push(Index { parts: vec![part], ..index }),
    }
}
