//! Stores on the tables of real billing systems: each file has one system, its tables as SQL beside it, the annotated structs, and what
//! can't be mapped and why.

mod cloudflare;
mod contract;
mod lago;
mod pangolin;
mod race;
mod rinvex;
mod rows;
mod vercel;

use std::process::ExitCode;

use store_core::StoreError;
use store_tests::harness::Suite;

fn main() -> ExitCode {
    let racing = [
        &cloudflare::tests::RACING,
        &vercel::tests::RACING,
        &lago::tests::RACING,
        &pangolin::tests::ON_SQLITE,
        &pangolin::tests::ON_POSTGRES,
        &rinvex::tests::RACING,
    ];
    if let Some(code) = race::worker(&racing) {
        return code;
    }
    let mut suite = Suite::new();
    cloudflare::tests::add(&mut suite);
    vercel::tests::add(&mut suite);
    lago::tests::add(&mut suite);
    pangolin::tests::add(&mut suite);
    rinvex::tests::add(&mut suite);
    suite.run()
}

/// The field for which a value was refused.
fn refused(outcome: store_core::Result<()>) -> Option<&'static str> {
    match outcome {
        Err(StoreError::InvalidInput { field, .. }) => field,
        other => panic!("expected a refusal, got {other:?}"),
    }
}
