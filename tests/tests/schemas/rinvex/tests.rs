use store_tests::harness::Suite;
pub(crate) fn add(_: &mut Suite) {}
