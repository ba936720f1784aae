// A type that the driver doesn't know is sent as text.

use store_core::{BoxError, Codec, PlanStore};

struct TrialDays;

impl Codec<u32> for TrialDays {
    type Columns = i32;

    fn encode(days: &u32) -> Result<i32, BoxError> {
        Ok((*days).try_into()?)
    }

    fn decode(days: i32) -> Result<u32, BoxError> {
        Ok(days.try_into()?)
    }
}

#[derive(PlanStore)]
#[store(table = "plans", columns(trial_days(with = TrialDays, type = "trial")))]
struct Plans {
    pool: sqlx::PgPool,
}

fn main() {}
