// A decimal has its digits (3 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(amount(as = decimal(19)), interval_count(as = f64(16)), trial_days(as = decimal(currency))))]
struct Plans {
    pool: sqlx::PgPool,
}

fn main() {}
