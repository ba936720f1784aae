//! Rows as the other application sees them: by plain SQL, as text.

use sqlx::{AssertSqlSafe, PgPool, SqlitePool};

/// The one text that a statement gives for an id.
pub(crate) async fn postgres(pool: &PgPool, sql: &str, id: &str) -> Result<String, sqlx::Error> {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).bind(id).fetch_one(pool).await
}

/// The same on SQLite.
pub(crate) async fn sqlite(pool: &SqlitePool, sql: &str, id: &str) -> Result<String, sqlx::Error> {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).bind(id).fetch_one(pool).await
}
