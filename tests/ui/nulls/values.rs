// Values of another kind (4 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", columns(
    trial_days(if_null = "0"),
    provider_id(also_none = 0),
    interval(if_null = mont),
    created_at(if_null = name),
))]
struct Plans {
    pool: sqlx::PgPool,
}

fn main() {}
