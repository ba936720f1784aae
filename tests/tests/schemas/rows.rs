//! Rows as the other application sees them: by plain SQL, as text.

use sqlx::{AssertSqlSafe, MySqlPool, PgPool, SqlitePool};

type Rows = Result<Vec<String>, sqlx::Error>;

/// A database that is asked by plain SQL.
pub(crate) trait Plain {
    /// The texts that a statement gives, one for each row.
    async fn texts(&self, sql: impl Into<String>) -> Rows;

    /// Every row of a table with all of its columns, as one text each.
    async fn rows(&self, table: &str) -> Rows;

    /// Does what the other application does.
    async fn run(&self, sql: &'static str) -> Result<(), sqlx::Error>;

    /// The one text that a statement gives.
    async fn text(&self, sql: impl Into<String>) -> Result<String, sqlx::Error> {
        self.texts(sql).await?.pop().ok_or(sqlx::Error::RowNotFound)
    }
}

impl Plain for PgPool {
    async fn texts(&self, sql: impl Into<String>) -> Rows {
        sqlx::query_scalar(AssertSqlSafe(sql.into())).fetch_all(self).await
    }

    async fn rows(&self, table: &str) -> Rows {
        self.texts(format!("SELECT t::text FROM \"{table}\" t ORDER BY t::text")).await
    }

    async fn run(&self, sql: &'static str) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(sql).execute(self).await.map(drop)
    }
}

impl Plain for MySqlPool {
    async fn texts(&self, sql: impl Into<String>) -> Rows {
        sqlx::query_scalar(AssertSqlSafe(sql.into())).fetch_all(self).await
    }

    async fn rows(&self, table: &str) -> Rows {
        let columns = self
            .texts(format!(
                "SELECT CONCAT('QUOTE(`', column_name, '`)') FROM information_schema.columns
                 WHERE table_schema = DATABASE() AND table_name = '{table}' ORDER BY ordinal_position"
            ))
            .await?;
        self.texts(format!("SELECT CONCAT_WS(', ', {}) FROM `{table}` ORDER BY 1", columns.join(", "))).await
    }

    async fn run(&self, sql: &'static str) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(sql).execute(self).await.map(drop)
    }
}

impl Plain for SqlitePool {
    async fn texts(&self, sql: impl Into<String>) -> Rows {
        sqlx::query_scalar(AssertSqlSafe(sql.into())).fetch_all(self).await
    }

    async fn rows(&self, table: &str) -> Rows {
        let columns = self
            .texts(format!("SELECT 'quote(`' || name || '`)' FROM pragma_table_info('{table}') ORDER BY cid"))
            .await?;
        self.texts(format!("SELECT {} FROM `{table}` ORDER BY 1", columns.join(" || ', ' || "))).await
    }

    async fn run(&self, sql: &'static str) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(sql).execute(self).await.map(drop)
    }
}
