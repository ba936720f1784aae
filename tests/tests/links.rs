//! Fields that are kept in other tables: a column of the store's own leads to the row that has the value.

#[path = "forms/plain.rs"]
#[allow(dead_code, reason = "not all of it is needed here")]
mod plain;

mod links {
    pub(crate) mod combined;
    pub(crate) mod contract;
    pub(crate) mod races;
    pub(crate) mod reads;
    pub(crate) mod stores;
    pub(crate) mod verified;
    pub(crate) mod world;
    pub(crate) mod writes;
}

use std::process::ExitCode;

use store_tests::harness::Suite;

fn main() -> ExitCode {
    let mut suite = Suite::new();
    links::reads::add(&mut suite);
    links::writes::add(&mut suite);
    links::races::add(&mut suite);
    links::verified::add(&mut suite);
    links::contract::add(&mut suite);
    links::combined::add(&mut suite);
    suite.run()
}
