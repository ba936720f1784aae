// What is said of columns, not of values in them (3 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(
    name(column = "data", path = "name", collation = "C"),
    updated_at(column = "data", path = "updated", as = epoch(us), generated),
    limits(path = "limits", keys("seats" = "max_seats")),
))]
struct Plans {
    pool: sqlx::PgPool,
}

fn main() {}
