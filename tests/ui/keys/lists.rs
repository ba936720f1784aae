// A column for each key is said by its name (4 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(
    limits(keys("seats" = "max_seats", "seats" = "seats")),
    features(keys(sso = "has_sso")),
    metadata(keys("note" = "note")),
))]
struct Plans {
    pool: sqlx::SqlitePool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(limits(keys())))]
struct Empty {
    pool: sqlx::SqlitePool,
}

fn main() {}
