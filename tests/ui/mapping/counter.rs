// A counter is no usage record (3 mistakes)

use store_core::UsageStore;

#[derive(UsageStore)]
#[store(table = "usage", absent(id, metadata), always(recorded_at = "1970-01-01T00:00:00Z"))]
struct Counters {
    pool: sqlx::PgPool,
}

#[derive(UsageStore)]
#[store(table = "usage", absent(recorded_at, metadata))]
struct Undated {
    pool: sqlx::SqlitePool,
}

fn main() {}
