// The expansion is clean under lints that a careful user denies.
#![deny(warnings, missing_docs, unused_qualifications, unreachable_pub, single_use_lifetimes)]
#![deny(elided_lifetimes_in_paths, explicit_outlives_requirements, unused_lifetimes)]
#![deny(clippy::all, clippy::pedantic)]
#![forbid(unsafe_code)]

//! A crate with docs.

use store_core::{PlanStore, SubscriptionStore, UsageStore};

/// Everything.
#[derive(PlanStore, SubscriptionStore, UsageStore)]
#[store(plan(table = "plans"), subscription(table = "subscriptions", atomic))]
#[store(usage(table = "usage", reportable))]
pub struct Billing<'a, T> {
    /// The pool.
    pub pool: &'a sqlx::SqlitePool,
    /// The clock.
    pub clock: T,
}

/// On its way out.
#[deprecated]
#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic)]
pub struct Old {
    /// The pool.
    pub pool: sqlx::PgPool,
}

fn main() {}
