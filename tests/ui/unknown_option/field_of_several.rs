// A slip in the mark of the pool: that no field is marked is no second mistake.

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
struct Plans {
    #[store(poool)]
    connections: sqlx::SqlitePool,
    name: String,
}

fn main() {}
