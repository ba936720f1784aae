// Not every field has labels, and none has none (3 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(currency(labels("EUR" = 1)), interval(labels = "month"), active(labels())))]
struct Plans {
    pool: sqlx::PgPool,
}

fn main() {}
