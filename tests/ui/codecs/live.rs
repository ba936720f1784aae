// Which rows are live is said where a codec keeps the status, and only there. (5 mistakes)

use store_core::{BoxError, Codec, SubscriptionStatus, SubscriptionStore};

struct State;

impl Codec<SubscriptionStatus> for State {
    type Columns = i32;

    fn encode(status: &SubscriptionStatus) -> Result<i32, BoxError> {
        Ok(status.is_live().into())
    }

    fn decode(number: i32) -> Result<SubscriptionStatus, BoxError> {
        Ok(if number == 1 { SubscriptionStatus::Active } else { SubscriptionStatus::Expired })
    }
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", columns(status(with = State)))]
struct Unsaid {
    pool: sqlx::SqlitePool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", columns(status(live_sql = "status = 1"), plan_id(live_sql = "status = 1")))]
struct WithoutCodec {
    pool: sqlx::SqlitePool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", columns(status(with = State, live_sql = 1)))]
struct NoText {
    pool: sqlx::SqlitePool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", columns(status(with = State, live_sql = "status = 1 -- live")))]
struct NoExpression {
    pool: sqlx::SqlitePool,
}

fn main() {}
