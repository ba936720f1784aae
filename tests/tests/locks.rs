//! Stores that are atomic by a lock.

mod locks {
    pub(crate) mod callers;
    pub(crate) mod contract;
    pub(crate) mod held;
}

use std::process::ExitCode;

use store_core::__private::Dialect;
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::Suite;

fn main() -> ExitCode {
    let mut suite = Suite::new();
    locks::contract::tests!(suite, Database::Sqlite, sqlite, Dialect::Sqlite);
    locks::contract::tests!(suite, Database::Postgres, postgres, Dialect::Postgres);
    locks::contract::tests!(suite, Database::Mysql, mysql, Dialect::MySql);
    locks::callers::tests(&mut suite);
    locks::held::tests(&mut suite);
    suite.run()
}
