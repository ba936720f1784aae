// The store is asked for what it was not declared to have.

use store_core::UsageStore;

fn report(_: &impl store_core::ReportableUsageStore) {}

#[derive(UsageStore)]
#[store(table = "usage_records")]
struct Usage {
    pool: sqlx::SqlitePool,
}

fn main() {
    let _ = |usage: Usage| report(&usage);
}
