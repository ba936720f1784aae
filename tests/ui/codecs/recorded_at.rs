// Ranges of time are compared by the database.

use chrono::{DateTime, Utc};
use store_core::{BoxError, Codec, UsageStore};

struct Local;

impl Codec<DateTime<Utc>> for Local {
    type Columns = DateTime<Utc>;

    fn encode(time: &DateTime<Utc>) -> Result<DateTime<Utc>, BoxError> {
        Ok(*time)
    }

    fn decode(time: DateTime<Utc>) -> Result<DateTime<Utc>, BoxError> {
        Ok(time)
    }
}

#[derive(UsageStore)]
#[store(table = "usage", columns(recorded_at(with = Local)))]
struct Usage {
    pool: sqlx::SqlitePool,
}

fn main() {}
