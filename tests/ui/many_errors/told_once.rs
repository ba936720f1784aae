// Three derives see the same mistakes, and each mistake is told once (3 mistakes)

use store_core::{PlanStore, SubscriptionStore, UsageStore};

#[derive(PlanStore, SubscriptionStore, UsageStore)]
#[store(plan(table = "plans"), subscription(table = "subscriptions"), usage(table = "usage"))]
#[store(databse = sqlite, crate = store_core::)]
struct Billing {
    reader: String,
    writer: String,
}

fn main() {}
