//! Fields that an application keeps by codecs of its own.

mod codecs;
mod rows;
mod rules;
mod stores;

use std::process::ExitCode;

use store_tests::harness::Suite;

fn main() -> ExitCode {
    let mut suite = Suite::new();
    rows::add(&mut suite);
    rules::add(&mut suite);
    suite.run()
}
