//! A table that the mapping doesn't fit in many ways (12 mistakes)

use store_core::{PlanStore, sqlx};

#[derive(PlanStore)]
#[store(table = "plans", schema = "ui/schema/plans.sql")]
struct Plans {
    pool: sqlx::PgPool,
}

fn main() {}
