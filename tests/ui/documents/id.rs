// No key leads into a document everywhere

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", columns(id(column = "data", path = "id")))]
struct Plans {
    pool: sqlx::PgPool,
}

fn main() {}
