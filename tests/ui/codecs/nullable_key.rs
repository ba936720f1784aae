// What may be NULL tells no rows apart.

use store_core::{BoxError, Codec, PlanStore};

struct Number;

impl Codec<String> for Number {
    type Columns = Option<i64>;

    fn encode(id: &String) -> Result<Option<i64>, BoxError> {
        Ok(Some(id.parse()?))
    }

    fn decode(number: Option<i64>) -> Result<String, BoxError> {
        Ok(number.unwrap_or_default().to_string())
    }
}

#[derive(PlanStore)]
#[store(table = "plans", columns(id(with = Number)))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
