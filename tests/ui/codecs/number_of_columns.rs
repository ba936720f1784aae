// A codec fills as many columns as its `Columns` have parts.

use store_core::{BoxError, Codec, PlanStore};

struct TrialDays;

impl Codec<u32> for TrialDays {
    type Columns = (i32, String);

    fn encode(days: &u32) -> Result<(i32, String), BoxError> {
        Ok(((*days).try_into()?, "day".to_owned()))
    }

    fn decode((period, _): (i32, String)) -> Result<u32, BoxError> {
        Ok(period.try_into()?)
    }
}

#[derive(PlanStore)]
#[store(table = "plans", columns(trial_days(column = "trial_period", with = TrialDays)))]
struct InOne {
    pool: sqlx::SqlitePool,
}

fn main() {}
