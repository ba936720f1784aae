// A label has a part for each column, of which one says something (6 mistakes)

use store_core::{PlanStore, SubscriptionStore};

#[derive(SubscriptionStore, PlanStore)]
#[store(subscription(table = "subs", columns(status(
    over("status", column("step", as = u8)),
    labels(
        trialing = ("active", 1, 2),
        active,
        paused = "paused",
        past_due = ("late", 300),
        canceled = ("canceled", "yes"),
    ),
))))]
#[store(plan(table = "plans", columns(active(over("state", "hidden"), labels(true = (_, _))))))]
struct Stores {
    pool: sqlx::PgPool,
}

fn main() {}
