// What the messages about `columns`, `absent` and `always` say to write.

use store_core::{PlanStore, SubscriptionStore, UsageStore};

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(plan_id = "price_id"), absent(metadata))]
struct Renamed {
    pool: sqlx::SqlitePool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(subscriber_id = ".."), absent(canceled_at))]
struct Subscribers {
    pool: sqlx::MySqlPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(status = ".."))]
struct States {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", always(active = true), absent(metadata))]
struct Plans {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", always(amount = 1, interval = month, trial_days = 1, created_at = "1970-01-01T00:00:00Z"))]
struct Constant {
    pool: sqlx::SqlitePool,
}

// Text in quotes is another word than those of the contract.
#[derive(PlanStore)]
#[store(table = "plans", always(interval = "fortnight"))]
struct Fortnightly {
    pool: sqlx::MySqlPool,
}

// Without `reportable` nothing asks what is reported.
#[derive(UsageStore)]
#[store(table = "usage", absent(provider_reported_at))]
struct Usage {
    pool: sqlx::SqlitePool,
}

// Ids that the database makes.
#[derive(PlanStore)]
#[store(table = "plans", columns(id(generated, as = i64)))]
struct Numbered {
    pool: sqlx::MySqlPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(id(generated, as = uuid)))]
struct Identified {
    pool: sqlx::PgPool,
}

pub(crate) fn main() {}
