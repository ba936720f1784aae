// What is never none anyway, or is none under another value (3 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", columns(name(not_null), provider_id(also_none = "", not_null)))]
struct Plans {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(provider_id(not_null = true)))]
struct Offers {
    pool: sqlx::PgPool,
}

fn main() {}
