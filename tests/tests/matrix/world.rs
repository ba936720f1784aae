//! A database under test: stores that are made at run time, and plain SQL beside them.

use std::sync::Arc;

use sqlx::{AssertSqlSafe, MySql, MySqlPool, PgPool, Postgres, Sqlite, SqlitePool};
use store_core::__private::{Adapter, Backend, Dialect, Form, Scope};
use store_core::{AtomicSubscriptionStore, PlanStore, ReportableUsageStore, Result, async_trait};
use store_model::sql::quote;
use store_tests::made::{Made, store};

/// A store of any adapter.
#[async_trait]
pub(crate) trait Stored: PlanStore + AtomicSubscriptionStore + ReportableUsageStore {
    async fn create(&self) -> Result<()>;
    async fn verify(&self) -> Result<()>;
}

#[async_trait]
impl<DB: Backend> Stored for Made<DB>
where
    String: Scope<DB>,
{
    async fn create(&self) -> Result<()> {
        self.create_schema().await
    }

    async fn verify(&self) -> Result<()> {
        Self::verify(self).await
    }
}

/// A pool of one of the databases.
#[derive(Clone)]
pub(crate) enum World {
    Sqlite(SqlitePool),
    Postgres(PgPool),
    MySql(MySqlPool),
}

/// What the columns beside the fields get from the store itself: the tenant, who creates, who changes.
pub(crate) type Own = [&'static str; 3];

impl World {
    pub(crate) const fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
            Self::MySql(_) => Dialect::MySql,
        }
    }

    pub(crate) fn store(&self, adapter: Adapter<'static>, own: &Own) -> Arc<dyn Stored> {
        match self {
            Self::Sqlite(pool) => Arc::new(Made::<Sqlite>::new(pool.clone(), store(adapter), own)),
            Self::Postgres(pool) => Arc::new(Made::<Postgres>::new(pool.clone(), store(adapter), own)),
            Self::MySql(pool) => Arc::new(Made::<MySql>::new(pool.clone(), store(adapter), own)),
        }
    }

    /// Runs statements, as another application does.
    pub(crate) async fn run(&self, sql: &str) -> sqlx::Result<()> {
        let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match self {
            Self::Sqlite(pool) => query.execute(pool).await.map(drop),
            Self::Postgres(pool) => query.execute(pool).await.map(drop),
            Self::MySql(pool) => query.execute(pool).await.map(drop),
        }
    }

    /// Every row as one text, of these columns.
    pub(crate) async fn rows(&self, table: &str, columns: &[(&str, Form<'_>)]) -> sqlx::Result<Vec<String>> {
        let text = |&(name, form): &(&str, Form<'_>)| {
            let name = quote(self.dialect(), name);
            match self {
                Self::Sqlite(_) => format!("typeof({name}) || ' ' || quote({name})"),
                Self::Postgres(_) => format!("coalesce(quote_literal({name}::text), 'null')"),
                Self::MySql(_) if form == Form::UuidBytes => format!("coalesce(hex({name}), 'null')"),
                Self::MySql(_) => format!("quote(CAST({name} AS CHAR))"),
            }
        };
        let cells: Vec<_> = columns.iter().map(text).collect();
        let (table, row) = (
            quote(self.dialect(), table),
            match self {
                Self::MySql(_) => format!("concat_ws(' | ', {})", cells.join(", ")),
                _ => cells.join(" || ' | ' || "),
            },
        );
        let sql = AssertSqlSafe(format!("SELECT {row} FROM {table}"));
        // Tables are made anew, for which an old plan would be none.
        let mut rows = match self {
            Self::Sqlite(pool) => sqlx::query_scalar(sql).persistent(false).fetch_all(pool).await?,
            Self::Postgres(pool) => sqlx::query_scalar(sql).persistent(false).fetch_all(pool).await?,
            Self::MySql(pool) => sqlx::query_scalar(sql).persistent(false).fetch_all(pool).await?,
        };
        rows.sort_unstable();
        Ok(rows)
    }
}
