// No database makes such ids.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", columns(id(generated, as = char(8))))]
struct Store {
    pool: sqlx::PgPool,
}

fn main() {}
