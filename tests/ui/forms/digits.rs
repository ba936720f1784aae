// A decimal has its digits (5 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(amount(as = decimal(19)), interval_count(as = f64(16)), trial_days(as = decimal(currency))))]
struct Plans {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(amount(as = decimal(2, 8)), interval_count(as = decimal(39, 0))))]
struct Offers {
    pool: sqlx::MySqlPool,
}

fn main() {}
