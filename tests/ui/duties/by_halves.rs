// Who writes it?

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", columns(id(generated, as = i64), provider_id(column = "id", as = i64)))]
struct Store {
    pool: sqlx::SqlitePool,
}

fn main() {}
