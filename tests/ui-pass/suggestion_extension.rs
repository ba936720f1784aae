// `atomic` and `reportable`, as the traits advise.

use std::sync::Arc;

use store_core::{AtomicSubscriptionStore, ReportableUsageStore, SubscriptionStore, UsageStore};

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic)]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

#[derive(UsageStore)]
#[store(table = "usage_records", reportable)]
struct Usage {
    pool: sqlx::SqlitePool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(lock))]
struct Locked {
    pool: sqlx::SqlitePool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(lock(table = "customers", column = "id")))]
struct RowLocked {
    pool: sqlx::MySqlPool,
}

// A view whose triggers write.
#[derive(SubscriptionStore)]
#[store(table = "subs", instead_of, atomic(lock))]
struct Viewed {
    pool: sqlx::PgPool,
}

pub(crate) fn main() {
    let _: fn(Subscriptions) -> Arc<dyn AtomicSubscriptionStore> = |it| Arc::new(it);
    let _: fn(Usage) -> Arc<dyn ReportableUsageStore> = |it| Arc::new(it);
}
