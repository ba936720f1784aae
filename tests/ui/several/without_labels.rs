// Labels say what stands in several columns, all of it (3 mistakes)

use store_core::{PlanStore, SubscriptionStore};

#[derive(SubscriptionStore, PlanStore)]
#[store(subscription(table = "subs", columns(
    status(over("status", "trial"), labels(active = ("active", true), ..)),
    plan_id(over("plan", "version")),
)))]
#[store(plan(table = "plans", columns(active(over("state", "hidden")))))]
struct Stores {
    pool: sqlx::PgPool,
}

fn main() {}
