// Several derives on one struct, each with a section of its own.

use store_core::{PlanStore, SubscriptionStore, UsageStore};

#[derive(PlanStore, SubscriptionStore, UsageStore)]
#[store(plan(table = "plans"), subscription(table = "subscriptions"), usage(table = "usage_records"))]
struct Billing {
    pool: sqlx::SqlitePool,
}

pub(crate) fn main() {
    let _: fn(Billing) -> Box<dyn PlanStore> = |it| Box::new(it);
    let _: fn(Billing) -> Box<dyn SubscriptionStore> = |it| Box::new(it);
    let _: fn(Billing) -> Box<dyn UsageStore> = |it| Box::new(it);
}
