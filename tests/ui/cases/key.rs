// An index holds the rows that are live, whatever the time (3 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic)]
#[store(columns(status(case(
    canceled = "canceled_at IS NOT NULL",
    expired = "current_period_end < now()",
    trialing = "trial_end > CURRENT_TIMESTAMP",
    active,
))))]
struct Clocked {
    pool: sqlx::PgPool,
}

mod more {
    #[derive(store_core::SubscriptionStore)]
    #[store(table = "subs", atomic, columns(status(case(canceled = "canceled_at IS NOT NULL", expired))))]
    struct Dead {
        pool: sqlx::SqlitePool,
    }
}

fn main() {}
