// What other columns decide has no column (3 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(status(
    column = "status",
    labels(active = "on"),
    case(canceled = "canceled_at IS NOT NULL", active),
    if_null = active,
)))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}
