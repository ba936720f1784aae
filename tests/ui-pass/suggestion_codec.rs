// What the messages about codecs say to write.

use store_core::{PlanStore, SubscriptionStore, UsageStore};

use super::codecs::{State, TrialDays};

#[derive(PlanStore)]
#[store(table = "plans", columns(trial_days(with = TrialDays)))]
struct Plans {
    pool: sqlx::SqlitePool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", columns(status(with = State, live_sql = "state IN (1, 2)")))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

#[derive(UsageStore)]
#[store(table = "usage", columns(recorded_at(as = epoch(ms, exact))))]
struct Usage {
    pool: sqlx::MySqlPool,
}

pub(crate) fn main() {}
