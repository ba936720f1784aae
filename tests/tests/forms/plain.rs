//! Plain SQL, as another application runs it.

use sqlx::{AssertSqlSafe, MySqlPool, PgPool, SqlitePool};

/// The values of each column, by name.
pub(crate) type Dump = Vec<(String, Vec<Option<String>>)>;

/// A database without a store between.
pub(crate) trait Plain: Sync {
    /// Runs statements.
    fn run(&self, sql: &str) -> impl Future<Output = Result<(), sqlx::Error>> + Send;

    /// The texts in the first column of an answer.
    fn texts(&self, sql: &str) -> impl Future<Output = Result<Vec<Option<String>>, sqlx::Error>> + Send;

    /// A column as text.
    fn as_text(column: &str) -> String;

    /// Each column of all rows as text, with its type where each value has its own.
    fn dump(&self, table: &str, columns: &[&str]) -> impl Future<Output = Result<Dump, sqlx::Error>> + Send {
        let columns: Vec<_> = columns.iter().map(|column| (*column).to_owned()).collect();
        let table = table.to_owned();
        async move {
            let mut all = Vec::new();
            for column in columns {
                let sql = format!("SELECT {} FROM {table} ORDER BY id", Self::as_text(&column));
                all.push((column, self.texts(&sql).await?));
            }
            Ok(all)
        }
    }
}

macro_rules! plain {
    ($Pool:ty, $as_text:literal) => {
        impl Plain for $Pool {
            async fn run(&self, sql: &str) -> Result<(), sqlx::Error> {
                sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(self).await.map(drop)
            }

            async fn texts(&self, sql: &str) -> Result<Vec<Option<String>>, sqlx::Error> {
                // Tables are made anew, for which an old plan would be none.
                let query = sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).persistent(false);
                query.fetch_all(self).await
            }

            fn as_text(column: &str) -> String {
                format!($as_text, column = column)
            }
        }
    };
}

plain!(SqlitePool, "typeof({column}) || ' ' || quote({column})");
plain!(PgPool, "{column}::text");
plain!(MySqlPool, "CAST({column} AS CHAR)");

/// The script of a store with another type of a column.
pub(crate) fn retyped(ddl: &str, column: &str, ty: &str) -> String {
    let line = |line: &str| {
        let rest = line.trim().trim_start_matches(['`', '"']).strip_prefix(column);
        let Some(rest) = rest.filter(|rest| rest.starts_with(['`', '"'])) else {
            return format!("{line}\n");
        };
        // What follows the type.
        let end = [" NOT NULL", " GENERATED"].iter().find_map(|end| rest.find(end));
        let end = end.unwrap_or(rest.trim_end_matches(',').len());
        format!("{column} {ty}{}\n", &rest[end..])
    };
    ddl.lines().map(line).collect()
}
