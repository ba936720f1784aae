//! Small tables, each with one thing that other applications do with theirs, and the store on it.

mod counters;
mod dates;
mod enums;
mod folded_words;
mod history;
mod nulls;
mod one_end;
mod side_rows;
mod truth;
mod two_ids;
mod unsaid_nulls;
mod usage_of_others;

use std::process::ExitCode;

use store_core::StoreError;
use store_tests::harness::Suite;

fn main() -> ExitCode {
    let mut suite = Suite::new();
    counters::add(&mut suite);
    dates::add(&mut suite);
    folded_words::add(&mut suite);
    enums::add(&mut suite);
    history::add(&mut suite);
    nulls::add(&mut suite);
    one_end::add(&mut suite);
    side_rows::add(&mut suite);
    truth::add(&mut suite);
    two_ids::add(&mut suite);
    unsaid_nulls::add(&mut suite);
    usage_of_others::add(&mut suite);
    suite.run()
}

/// The field for which a value was refused.
fn refused(outcome: store_core::Result<()>) -> Option<&'static str> {
    match outcome {
        Err(StoreError::InvalidInput { field, .. }) => field,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// A time of 2024, so many seconds after it began.
fn at(second: i64) -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp(1_704_067_200 + second, 0).expect("a time")
}
