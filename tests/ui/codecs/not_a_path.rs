// A codec is named by its path. (3 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans", columns(
    trial_days(with = "TrialDays"),
    amount(with(Cents)),
    interval(with),
))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
