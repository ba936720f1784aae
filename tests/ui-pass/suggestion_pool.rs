// The field of the pool: by its name, as the only one, or marked.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
struct Named {
    pool: sqlx::SqlitePool,
    replica: sqlx::SqlitePool,
}

#[derive(PlanStore)]
#[store(table = "plans")]
struct Only {
    connections: sqlx::SqlitePool,
}

#[derive(PlanStore)]
#[store(table = "plans")]
struct Marked {
    #[store(pool)]
    writer: sqlx::SqlitePool,
    pool: Vec<String>,
}

pub(crate) fn main() {}
