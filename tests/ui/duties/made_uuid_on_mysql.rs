// The driver gives no UUID back.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", columns(id(generated, as = uuid)))]
struct Store {
    pool: sqlx::MySqlPool,
}

fn main() {}
