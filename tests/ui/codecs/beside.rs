// A codec says by itself how a field is kept. (6 mistakes)

use store_core::{BoxError, Codec, PlanStore};

struct Plain;

impl<F: Clone> Codec<F> for Plain {
    type Columns = String;

    fn encode(_: &F) -> Result<String, BoxError> {
        Ok(String::new())
    }

    fn decode(text: String) -> Result<F, BoxError> {
        Err(text.into())
    }
}

#[derive(PlanStore)]
#[store(table = "plans", columns(
    id(with = Plain, generated),
    provider_id(with = Plain, also_none = ""),
    trial_days(with = Plain, as = i32),
    active(labels(true = "Y", false = "N"), with = Plain),
    created_at(with = Plain),
    updated_at(if_null = created_at),
    description(with = Plain, if_null = ""),
))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}
