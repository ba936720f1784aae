// What is stored tells what is meant (3 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(interval(labels(month = 1, month * 1 = 2, year = 3, day = 4 | 3))))]
#[store(insert("on" = active(labels(true = 1, false = 0, true = 2))))]
struct Plans {
    pool: sqlx::PgPool,
}

fn main() {}
