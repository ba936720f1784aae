// A codec says what is in each of its columns (2 mistakes)

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
#[store(table = "plans")]
#[store(columns(trial_days(over(column("period", as = i32), column("unit", as = text)), with = TrialDays)))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
