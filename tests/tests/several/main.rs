//! What is kept in several columns, by labels over tuples, and what other columns decide.

mod cases;
#[path = "../forms/plain.rs"]
#[allow(dead_code, reason = "other tests need more of it")]
mod plain;
mod rules;
mod tuples;

use std::process::ExitCode;

use store_tests::harness::Suite;

fn main() -> ExitCode {
    let mut suite = Suite::new();
    tuples::add(&mut suite);
    cases::add(&mut suite);
    rules::add(&mut suite);
    suite.run()
}
