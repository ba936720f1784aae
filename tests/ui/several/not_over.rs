// Several columns are named one by one (7 mistakes)

use store_core::{PlanStore, SubscriptionStore};

#[derive(SubscriptionStore, PlanStore)]
#[store(subscription(table = "subs", columns(status(over("status")))))]
#[store(plan(table = "plans", columns(
    active(over = "state"),
    interval(over(unit, column(every), column("count", of = i32), column, "")),
)))]
struct Stores {
    pool: sqlx::PgPool,
}

fn main() {}
