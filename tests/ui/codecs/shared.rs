// A codec keeps one field.

use store_core::{BoxError, Codec, PlanStore};

struct Number;

impl Codec<Option<String>> for Number {
    type Columns = Option<String>;

    fn encode(id: &Option<String>) -> Result<Option<String>, BoxError> {
        Ok(id.clone())
    }

    fn decode(id: Option<String>) -> Result<Option<String>, BoxError> {
        Ok(id)
    }
}

#[derive(PlanStore)]
#[store(table = "plans", columns(provider_id(column = "id", with = Number)))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
