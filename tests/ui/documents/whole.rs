// A document is no text

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", columns(name(path = "$")))]
struct Plans {
    pool: sqlx::MySqlPool,
}

fn main() {}
