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

mod error;
mod plan;
mod sign_up;
mod subscription;
mod time;
mod usage;
mod word;

#[cfg(feature = "contract")]
pub mod contract;
