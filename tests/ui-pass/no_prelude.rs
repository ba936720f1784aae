// Nothing of the prelude is needed.
#![no_implicit_prelude]

#[derive(::store_core::PlanStore, ::store_core::SubscriptionStore, ::store_core::UsageStore)]
#[store(plan(table = "plans"))]
#[store(subscription(table = "subscriptions", atomic), usage(table = "usage", reportable))]
struct Billing<T> {
    pool: ::sqlx::SqlitePool,
    clock: T,
}

pub(crate) fn main() {}
