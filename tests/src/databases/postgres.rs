//! Postgres: a schema of its own for each test.

use sqlx::postgres::{PgConnection, PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection, Executor};

use super::{Database, server, unique_name};

/// An empty schema, and a pool whose connections look for tables there and nowhere else.
#[derive(Debug)]
pub struct Place {
    /// A pool on the schema.
    pub pool: PgPool,
    url: String,
    schema: String,
}

/// Makes an empty schema, with a pool of up to so many connections.
pub async fn fresh(max_connections: u32) -> Result<Place, sqlx::Error> {
    let schema = unique_name();
    administer(format!("CREATE SCHEMA {schema}")).await?;
    let server = server(Database::Postgres)?;
    let separator = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{separator}options=-csearch_path%3D{schema}");
    let pool = PgPoolOptions::new().max_connections(max_connections).connect(&url).await?;
    Ok(Place { pool, url, schema })
}

impl Place {
    /// The address by which another process finds the same tables.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Removes the schema, once the pool's connections have come back to it.
    pub async fn remove(self) {
        self.pool.close().await;
        // What can't be removed goes with the server.
        let _ = administer(format!("DROP SCHEMA {} CASCADE", self.schema)).await;
    }
}

async fn administer(statement: String) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(&server(Database::Postgres)?).await?;
    connection.execute(AssertSqlSafe(statement)).await?;
    connection.close().await
}
