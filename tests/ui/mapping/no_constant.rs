// The values are of other kinds than the fields (4 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", always(amount = "19.99", active = 1, created_at = "today", trial_days))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
