//! SQLite: a file of its own for each test, or a database in memory.

use std::str::FromStr;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use tempfile::TempDir;

/// An empty database in a temporary file, which is removed when this is dropped.
#[derive(Debug)]
pub struct Place {
    /// A pool on the file.
    pub pool: SqlitePool,
    url: String,
    directory: TempDir,
}

/// Makes an empty database in a file, in WAL mode, with a pool of up to so many connections.
pub async fn fresh(max_connections: u32) -> Result<Place, sqlx::Error> {
    let directory = tempfile::Builder::new().prefix("store-").tempdir()?;
    let url = format!("sqlite://{}", directory.path().join("test.db").display());
    // Nothing here has to survive a loss of power.
    let options = SqliteConnectOptions::from_str(&url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Off);
    let pool = SqlitePoolOptions::new().max_connections(max_connections).connect_with(options).await?;
    Ok(Place { pool, url, directory })
}

/// An empty database in memory: a pool of the one connection that holds it and that is never replaced. (A pool drops a
/// connection whose test is abandoned halfway, so there is none.)
pub async fn in_memory() -> Result<SqlitePool, sqlx::Error> {
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None);
    pool.connect("sqlite::memory:").await
}

impl Place {
    /// The address by which another process finds the same tables.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Removes the file, once the pool's connections have come back to it.
    pub async fn remove(self) {
        self.pool.close().await;
        // What can't be removed stays in the temporary directory.
        let _ = self.directory.close();
    }
}
