//! Every error of a store, provoked on every database where it can be, and told by its variant.

use std::process::ExitCode;

use store_tests::harness::Suite;

#[path = "faults/input.rs"]
mod input;
#[path = "faults/world.rs"]
mod world;

fn main() -> ExitCode {
    let mut suite = Suite::new();
    input::add(&mut suite);
    suite.run()
}
