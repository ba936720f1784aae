//! Options of the table: scope, keys, marks of what is deleted, further columns.

mod options {
    pub(crate) mod adapters;
    pub(crate) mod contract;
    pub(crate) mod derived;
    pub(crate) mod isolation;
    pub(crate) mod kinds;
    pub(crate) mod mapped;
    pub(crate) mod mutants;
    pub(crate) mod verify;
    pub(crate) mod written;
}

use std::process::ExitCode;

use store_core::__private::{MySql, Postgres, Sqlite};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::Suite;

/// An empty place of each kind, and a test on it.
macro_rules! on_each {
    ($suite:ident, $tests:path) => {{
        use $tests as tests;
        tests!($suite, Database::Sqlite, sqlite, Sqlite);
        tests!($suite, Database::Postgres, postgres, Postgres);
        tests!($suite, Database::Mysql, mysql, MySql);
    }};
}

fn main() -> ExitCode {
    let mut suite = Suite::new();
    on_each!(suite, options::contract::tests);
    on_each!(suite, options::mutants::tests);
    on_each!(suite, options::derived::tests);
    on_each!(suite, options::written::tests);
    on_each!(suite, options::verify::tests);
    suite.run()
}
