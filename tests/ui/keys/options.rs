// What else is said of such columns (3 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(
    limits(keys("seats" = "max_seats"), if_null = {}),
    features(keys("sso" = "has_sso"), as = text),
))]
struct Plans {
    pool: sqlx::SqlitePool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(limits(keys("seats" = "max_seats"), column = "limits")))]
struct Named {
    pool: sqlx::SqlitePool,
}

fn main() {}
