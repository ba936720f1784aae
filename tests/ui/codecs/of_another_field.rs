// An amount is an `i64`, and this is a codec of days.

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
#[store(table = "plans", columns(amount(with = TrialDays)))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
