//! Values in the forms that other applications keep them in: written by these in plain SQL and read through a store,
//! saved through a store and read in plain SQL.

mod collations;
mod documents;
mod finer;
mod ids;
mod intervals;
mod moments;
mod money;
mod numbers;
mod one_pool;
mod plain;
mod stored;
mod times;

use std::process::ExitCode;

use store_tests::harness::Suite;

fn main() -> ExitCode {
    let mut suite = Suite::new();
    times::add(&mut suite);
    documents::add(&mut suite);
    intervals::add(&mut suite);
    moments::add(&mut suite);
    numbers::add(&mut suite);
    ids::add(&mut suite);
    collations::add(&mut suite);
    money::add(&mut suite);
    stored::add(&mut suite);
    one_pool::add(&mut suite);
    finer::add(&mut suite);
    suite.run()
}
