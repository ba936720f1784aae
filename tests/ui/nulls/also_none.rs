// What stands for none is stored, so the column has to hold it (4 mistakes)

use store_core::{PlanStore, SubscriptionStore};

#[derive(PlanStore)]
#[store(table = "plans", columns(provider_id(as = uuid, also_none = "")))]
struct Plans {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(provider_id(as = char(2), also_none = "none")))]
struct Short {
    pool: sqlx::SqlitePool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", lossy(canceled_at))]
#[store(columns(
    provider_id(as = u32, also_none = "-1"),
    canceled_at(as = timestamp(0), also_none = "1970-01-01T00:00:00Z"),
))]
struct Subscriptions {
    pool: sqlx::MySqlPool,
}

fn main() {}
