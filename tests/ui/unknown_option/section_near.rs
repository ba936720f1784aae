// A slip of the pen in the only section.

use store_core::UsageStore;

#[derive(UsageStore)]
#[store(usge(table = "usage_records"))]
struct Usage {
    pool: sqlx::SqlitePool,
}

fn main() {}
