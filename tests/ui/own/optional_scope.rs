// Rows of no scope would be nobody's.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
struct Plans {
    pool: sqlx::SqlitePool,
    #[store(scope = "tenant")]
    tenant: Option<String>,
}

fn main() {}
