// Nothing would tell what is reported.

use store_core::UsageStore;

#[derive(UsageStore)]
#[store(table = "usage", reportable, absent(provider_reported_at))]
struct Usage {
    pool: sqlx::SqlitePool,
}

fn main() {}
