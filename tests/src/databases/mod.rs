//! An empty place for tables, apart from every other test's, on each database.
//!
//! The servers come with `tests/run`, which names them in the environment: `STORE_TEST_POSTGRES` and
//! `STORE_TEST_MYSQL` are URLs, `STORE_TEST_WITHOUT` lists what was left out by choice.

pub mod mysql;
pub mod postgres;
pub mod sqlite;

use std::env;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A database that the tests run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Database {
    /// In the test's own process: always there.
    Sqlite,
    /// A Postgres server.
    Postgres,
    /// A MariaDB or MySQL server.
    Mysql,
}

impl Database {
    /// Every database, in the order in which tests name them.
    pub const ALL: [Database; 3] = [Database::Sqlite, Database::Postgres, Database::Mysql];

    /// The word for it in the names of tests and on the command line of `tests/run`.
    pub fn name(self) -> &'static str {
        match self {
            Database::Sqlite => "sqlite",
            Database::Postgres => "postgres",
            Database::Mysql => "mysql",
        }
    }

    /// The environment variable with its server's URL.
    fn variable(self) -> Option<&'static str> {
        match self {
            Database::Sqlite => None,
            Database::Postgres => Some("STORE_TEST_POSTGRES"),
            Database::Mysql => Some("STORE_TEST_MYSQL"),
        }
    }
}

/// Whether tests can run on a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// They can.
    Ready,
    /// They can't: nobody started its server.
    NotStarted,
    /// They are not to, by choice.
    LeftOut,
}

/// Whether tests can run on this database, by what the environment says.
pub fn available(database: Database) -> Availability {
    available_in(database, |name| env::var(name).ok())
}

fn available_in(database: Database, variable: impl Fn(&str) -> Option<String>) -> Availability {
    let without = variable("STORE_TEST_WITHOUT").unwrap_or_default();
    if without.split(',').any(|name| name == database.name()) {
        return Availability::LeftOut;
    }
    match database.variable() {
        Some(name) if variable(name).is_none() => Availability::NotStarted,
        _ => Availability::Ready,
    }
}

/// The URL of the server's administrative database.
fn server(database: Database) -> Result<String, sqlx::Error> {
    let name = database.variable().unwrap_or_default();
    env::var(name).map_err(|error| sqlx::Error::Configuration(format!("{name}: {error}").into()))
}

/// A name that no other place on the server has, in this process or another.
fn unique_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("t_{:x}_{}_{count}", since.as_nanos(), process::id())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)], database: Database) -> Availability {
        available_in(database, |name| {
            variables.iter().find(|(variable, _)| *variable == name).map(|(_, value)| value.to_string())
        })
    }

    #[test]
    fn without_an_environment_there_is_only_sqlite() {
        assert_eq!(
            Database::ALL.map(|database| with(&[], database)),
            [Availability::Ready, Availability::NotStarted, Availability::NotStarted]
        );
    }

    #[test]
    fn a_server_that_is_named_is_used() {
        assert_eq!(with(&[("STORE_TEST_MYSQL", "mysql://..")], Database::Mysql), Availability::Ready);
        assert_eq!(with(&[("STORE_TEST_MYSQL", "mysql://..")], Database::Postgres), Availability::NotStarted);
    }

    #[test]
    fn a_choice_counts_more_than_a_server() {
        let variables = [("STORE_TEST_WITHOUT", "postgres,mysql"), ("STORE_TEST_POSTGRES", "postgres://..")];
        assert_eq!(with(&variables, Database::Postgres), Availability::LeftOut);
        assert_eq!(with(&variables, Database::Mysql), Availability::LeftOut);
        assert_eq!(with(&variables, Database::Sqlite), Availability::Ready);
    }

    #[test]
    fn names_do_not_repeat() {
        assert_ne!(unique_name(), unique_name());
    }
}
