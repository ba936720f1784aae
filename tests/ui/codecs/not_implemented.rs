// The type at the path is a codec of this field.

use store_core::PlanStore;

struct TrialDays;

#[derive(PlanStore)]
#[store(table = "plans", columns(trial_days(with = TrialDays)))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
