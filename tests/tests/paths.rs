//! Fields within JSON documents: what other applications keep there is read, found, added up, and left as it is.

#[path = "forms/plain.rs"]
#[allow(dead_code, reason = "shared with the tests of forms")]
mod plain;

mod paths {
    pub(crate) mod keys;
    pub(crate) mod plans;
    pub(crate) mod stores;
    pub(crate) mod subscriptions;
    pub(crate) mod usage;
}

use std::process::ExitCode;

use store_tests::harness::Suite;

fn main() -> ExitCode {
    let mut suite = Suite::new();
    paths::plans::add(&mut suite);
    paths::keys::add(&mut suite);
    paths::subscriptions::add(&mut suite);
    paths::usage::add(&mut suite);
    suite.run()
}
