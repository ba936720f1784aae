// Documents that would be changed, and a form of another database (2 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", columns(metadata(as = json(any)), features(as = array)))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
