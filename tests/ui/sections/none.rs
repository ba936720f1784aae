// Each derive sees these options as its own: the compiler refuses the second.

use store_core::{PlanStore, UsageStore};

#[derive(PlanStore, UsageStore)]
#[store(table = "billing")]
struct Billing {
    pool: sqlx::SqlitePool,
}

fn main() {}
