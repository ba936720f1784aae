//! A word that has no room, and a field that has no column (2 mistakes)

use store_core::{PlanStore, sqlx};

#[derive(PlanStore)]
#[store(table = "plans", schema = "ui/schema/words.sql")]
struct Plans {
    pool: sqlx::PgPool,
}

fn main() {}
