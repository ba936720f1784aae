//! Stores on the tables of real billing systems: each file has one system, its tables as SQL beside it, the annotated structs, and what
//! can't be mapped and why.

mod cloudflare;
mod contract;
mod lago;
mod pangolin;
mod race;
mod rinvex;
mod rows;
mod tests {
    pub(crate) mod cloudflare;
    pub(crate) mod lago;
    pub(crate) mod pangolin;
    pub(crate) mod rinvex;
    pub(crate) mod vercel;
}
mod vercel;

use std::process::ExitCode;

use store_core::StoreError;
use store_tests::harness::Suite;

fn main() -> ExitCode {
    let racing = [
        &tests::cloudflare::RACING,
        &tests::vercel::RACING,
        &tests::lago::RACING,
        &tests::pangolin::ON_SQLITE,
        &tests::pangolin::ON_POSTGRES,
        &tests::rinvex::RACING,
    ];
    if let Some(code) = race::worker(&racing) {
        return code;
    }
    let mut suite = Suite::new();
    tests::cloudflare::add(&mut suite);
    tests::vercel::add(&mut suite);
    tests::lago::add(&mut suite);
    tests::pangolin::add(&mut suite);
    tests::rinvex::add(&mut suite);
    suite.run()
}

/// The field for which a value was refused.
fn refused(outcome: store_core::Result<()>) -> Option<&'static str> {
    match outcome {
        Err(StoreError::InvalidInput { field, .. }) => field,
        other => panic!("expected a refusal, got {other:?}"),
    }
}
