// The count is in the labels.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(interval(labels(month = 1, month * 3 = 2)), interval_count = "every"))]
struct Plans {
    pool: sqlx::PgPool,
}

fn main() {}
