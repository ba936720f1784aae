//! Verification finds what is wrong with a schema, all of it and nothing else, and what it says to run puts it right.

use std::collections::BTreeSet;
use std::process::ExitCode;

use store_core::Finding;
use store_tests::harness::{Outcome, Suite};

mod verify {
    pub(crate) mod case;
    pub(crate) mod mysql;
    pub(crate) mod postgres;
    pub(crate) mod sqlite;
}
use verify::{mysql, postgres, sqlite};

fn main() -> ExitCode {
    let mut suite = Suite::new();
    suite.test("every_kind_of_finding_has_a_case", every_kind_of_finding_has_a_case);
    sqlite::add(&mut suite);
    postgres::add(&mut suite);
    mysql::add(&mut suite);
    suite.run()
}

async fn every_kind_of_finding_has_a_case() -> Outcome {
    let cases = [sqlite::cases(), postgres::cases(), mysql::cases()].concat();
    // These have tests of their own: of the session, of other tables (`links`), and of options, which the stores here don't
    // have (`mutants`).
    let mut found = BTreeSet::from(["NotStrict", "NotUtc", "NoTransactions", "OptionColumnMissing"]);
    found.extend(["OtherTableMissing", "OtherColumnMissing", "OtherKeyMissing"]);
    found.extend([
        "OptionColumnType",
        "OptionColumnNeverNull",
        "OptionColumnGenerated",
        "LabelUnread",
        "ColumnUnmade",
    ]);
    found.extend(cases.iter().flat_map(|case| case.finds.iter().copied()));
    let kinds: BTreeSet<_> = Finding::KINDS.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(found, kinds);
    Ok(())
}
