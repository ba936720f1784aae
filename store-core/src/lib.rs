//! Store traits for subscription billing: plans, subscriptions and metered usage.
//!
//! An engine takes `Arc<dyn SubscriptionStore>` and its kin and never sees a database; a store is made by a derive (see
//! the derives of the same names), by hand, or by `store-memory`.
//!
//! | trait | keeps | extension |
//! |---|---|---|
//! | [`PlanStore`] | [`Plan`] | |
//! | [`SubscriptionStore`] | [`Subscription`] | [`AtomicSubscriptionStore`] |
//! | [`UsageStore`] | [`UsageRecord`] | [`ReportableUsageStore`] |

pub use async_trait::async_trait;
pub use error::{BoxError, Conflict, Entity, Extent, Result, StoreError};
pub use plan::{Plan, PlanFilter, PlanInterval, PlanStore};
pub use sign_up::{SignUp, sign_up};
pub use subscription::{
    AtomicSubscriptionStore, Subscription, SubscriptionFilter, SubscriptionStatus, SubscriptionStore,
};
pub use time::to_micros;
pub use usage::{ReportableUsageStore, UsageRecord, UsageStore};
pub use word::OtherWord;

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod codec;
mod error;
mod plan;
mod sign_up;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod sql;
mod subscription;
mod time;
mod usage;
mod word;

#[cfg(feature = "contract")]
pub mod contract;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

/// The sqlx that the stores are made with, so that a user's pools are of the same version.
///
/// Its runtime and TLS are features of the user's own dependency on `sqlx`, version 0.9.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub use sqlx;

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub use sql::{
    Backend, SqlAtomicSubscriptionStore, SqlPlanStore, SqlReportableUsageStore, SqlSubscriptionStore,
    SqlUsageStore,
};
/// One statement of a store: its name, its text and what is bound to it.
pub use store_model::adapter::Statement;
/// What keeps a store from working on its table, as the source of [`StoreError::Schema`].
///
/// ```
/// use store_core::{Findings, StoreError};
///
/// /// What to do before the program can start, one line for each finding.
/// fn to_do(error: &StoreError) -> Vec<String> {
///     match error {
///         StoreError::Schema { source } => match source.downcast_ref::<Findings>() {
///             Some(findings) => findings.iter().map(ToString::to_string).collect(),
///             None => vec![source.to_string()],
///         },
///         other => vec![other.to_string()],
///     }
/// }
/// # assert_eq!(to_do(&StoreError::Overflow).len(), 1);
/// ```
pub use store_model::schema::{Finding, Findings};

#[cfg(feature = "derive")]
pub use store_derive::{PlanStore, SubscriptionStore, UsageStore};
