//! Files that are not there (2 mistakes)

use store_core::{PlanStore, sqlx};

#[derive(PlanStore)]
#[store(table = "plans", schema = "ui/schema/nowhere")]
struct Nowhere {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", schema)]
struct Unsaid {
    pool: sqlx::PgPool,
}

fn main() {}
