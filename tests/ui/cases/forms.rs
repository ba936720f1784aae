// A case lists values with their predicates, and the rest (8 mistakes)

use store_core::{PlanStore, SubscriptionStore, UsageStore};

#[derive(SubscriptionStore, PlanStore, UsageStore)]
#[store(subscription(table = "subs", columns(
    plan_id(case(pro = "a", free)),
    status(case(canceled = 1, expired("b"), activ)),
)))]
#[store(plan(table = "plans", columns(interval(case(month)), active(case = "hidden"))))]
#[store(usage(table = "usage", columns(metric(case()))))]
struct Stores {
    pool: sqlx::PgPool,
}

mod more {
    #[derive(store_core::PlanStore)]
    #[store(table = "plans", columns(active(case(true = "hidden = 0"))))]
    struct Hidden {
        pool: sqlx::PgPool,
    }
}

fn main() {}
