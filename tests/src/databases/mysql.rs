//! MariaDB and MySQL: a database of its own for each test.

use std::str::FromStr;

use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlPool, MySqlPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};

use super::{Database, server, unique_name};

/// An empty database, and a pool on it.
#[derive(Debug)]
pub struct Place {
    /// A pool on the database.
    pub pool: MySqlPool,
    url: String,
    name: String,
}

/// Makes an empty database, with a pool of up to so many connections.
pub async fn fresh(max_connections: u32) -> Result<Place, sqlx::Error> {
    let name = unique_name();
    administer(format!("CREATE DATABASE {name}")).await?;
    let options = MySqlConnectOptions::from_str(&server(Database::Mysql)?)?.database(&name);
    let url = options.to_url_lossy().to_string();
    let pool = MySqlPoolOptions::new().max_connections(max_connections).connect(&url).await?;
    Ok(Place { pool, url, name })
}

impl Place {
    /// The address by which another process finds the same tables.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Removes the database, once the pool's connections have come back to it.
    pub async fn remove(self) {
        self.pool.close().await;
        // What can't be removed goes with the server.
        let _ = administer(format!("DROP DATABASE {}", self.name)).await;
    }
}

async fn administer(statement: String) -> Result<(), sqlx::Error> {
    let mut connection = MySqlConnection::connect(&server(Database::Mysql)?).await?;
    connection.execute(AssertSqlSafe(statement)).await?;
    connection.close().await
}
