//! Stores on the tables of real billing systems: each file has one system, its tables as SQL beside it, the annotated structs, and what
//! can't be mapped and why.

mod lago;
mod pangolin;
mod rows;
mod vercel;

use std::process::ExitCode;

use store_tests::harness::Suite;

fn main() -> ExitCode {
    let mut suite = Suite::new();
    vercel::add(&mut suite);
    lago::add(&mut suite);
    pangolin::add(&mut suite);
    suite.run()
}
