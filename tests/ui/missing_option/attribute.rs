// Nothing is said at all.

use store_core::UsageStore;

#[derive(UsageStore)]
struct Usage {
    pool: sqlx::SqlitePool,
}

fn main() {}
