// JSON has no times (3 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", lossy(trial_end))]
#[store(columns(
    canceled_at(column = "data", path = "canceled"),
    trial_start(column = "data", path = "trial.start", as = timestamp(6)),
    trial_end(column = "data", path = "trial.end", as = date),
))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
