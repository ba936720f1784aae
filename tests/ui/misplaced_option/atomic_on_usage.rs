// Usage is appended: what it can have beside is `reportable`.

use store_core::UsageStore;

#[derive(UsageStore)]
#[store(table = "usage_records", atomic)]
struct Usage {
    pool: sqlx::SqlitePool,
}

fn main() {}
