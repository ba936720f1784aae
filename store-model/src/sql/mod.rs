//! Adapter in, SQL and DDL text out.
//!
//! What is alike everywhere is in `query` and `ddl`; what a database does its own way is in the file of its name.

mod ddl;
mod mysql;
mod postgres;
mod query;
mod quote;
mod sqlite;
mod upsert;

use crate::adapter::{Adapter, Bind, Dialect, Operation};

pub use ddl::{live_key, provider_key};
pub use mysql::LIVE_COLUMN;
pub use quote::quote;

/// A statement as it is made; an adapter holds it as a [`Statement`](crate::adapter::Statement).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// What it does.
    pub operation: Operation,
    /// Its text.
    pub sql: String,
    /// What is bound to its placeholders.
    pub binds: Vec<Bind>,
}

/// Every statement that an adapter needs, each once.
#[must_use]
pub fn statements(adapter: &Adapter<'_>) -> Vec<Query> {
    let mut queries = match adapter.dialect {
        Dialect::Sqlite => sqlite::writes(adapter),
        Dialect::Postgres => postgres::writes(adapter),
        Dialect::MySql => mysql::writes(adapter),
    };
    queries.extend(query::reads(adapter));
    queries
}

/// The tables, keys and indexes that an adapter needs, as a script that changes nothing where they are there.
#[must_use]
pub fn ddl(adapter: &Adapter<'_>) -> String {
    match adapter.dialect {
        Dialect::Sqlite => sqlite::ddl(adapter),
        Dialect::Postgres => postgres::ddl(adapter),
        Dialect::MySql => mysql::ddl(adapter),
    }
}
