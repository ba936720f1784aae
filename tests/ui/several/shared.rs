// One of several columns is no other's (5 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", columns(
    active(over("state", "state", "name"), labels(true = ("on", "a", _), false = ("off", _, _))),
    interval(over("unit", "State"), labels(month = ("m", 1), year = ("y", _))),
    interval_count = "unit",
))]
#[store(insert("unit" = "m"))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
