// A predicate is one expression (6 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(status(case(
    canceled = "canceled_at IS NOT NULL) OR (1 = 1",
    expired = "metadata = 'it's'",
    paused = "paused_at IS NOT NULL -- or not",
    trialing = "trial_end > $1",
    past_due = "1 = 1; DROP TABLE subs",
    "unpaid" = " ",
    active,
))))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
