//! Stores of which the database has a part: a view that is read, ids and times that the database makes.

mod views {
    #[macro_use]
    mod world;
    pub(crate) mod made;
    pub(crate) mod read_back;
    pub(crate) mod stores;
}

use std::process::ExitCode;

use store_tests::harness::Suite;

fn main() -> ExitCode {
    let mut suite = Suite::new();
    views::read_back::add(&mut suite);
    views::made::add(&mut suite);
    suite.run()
}
