// Predicates speak of columns that the store writes (4 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", read_from = "subs_view", absent(canceled_at), insert("kind" = "a"))]
#[store(columns(
    updated_at(column = "changed", generated),
    paused_at(view_only),
    status(case(
        canceled = "canceled_at IS NOT NULL",
        expired = "CHANGED < current_period_end",
        paused = "\"paused_at\" IS NOT NULL",
        trialing = "kind = 'trial_end' AND Trial_End > trial_start",
        past_due = "status = 'late'",
        active,
    )),
))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
