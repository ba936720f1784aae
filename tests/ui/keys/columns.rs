// A column has one writer (3 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", insert("has_api" = true))]
#[store(columns(
    limits(keys("seats" = "amount", "users" = "users")),
    features(keys("sso" = "users", "api" = "has_api")),
))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
