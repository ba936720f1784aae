//! In-memory stores of plans, subscriptions and usage: for tests, for trying things out, and to read what each method
//! of the store traits means.
//!
//! | store | traits | cost, of n records |
//! |---|---|---|
//! | [`MemoryPlanStore`] | [`PlanStore`](store_core::PlanStore) | O(1); a list O(n log n) |
//! | [`MemorySubscriptionStore`] | [`SubscriptionStore`](store_core::SubscriptionStore), [`AtomicSubscriptionStore`](store_core::AtomicSubscriptionStore) | look-ups O(1), writes O(log n); a list O(n log n), of one subscriber in what that one has |
//! | [`MemoryUsageStore`] | [`UsageStore`](store_core::UsageStore), [`ReportableUsageStore`](store_core::ReportableUsageStore) | O(log n), late records and sums included; a list O(log n) and what it gives |
//!
//! Each store is one plain `State`, which holds the rules, behind one lock, which makes a call happen whole or not at
//! all. No call waits for anything but that lock, so no runtime is needed. A clone is a handle to the same records;
//! they last as long as the last handle.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), store_core::StoreError> {
//! use chrono::{TimeDelta, Utc};
//! use store_core::{AtomicSubscriptionStore, Conflict, Subscription, SubscriptionStatus, SubscriptionStore};
//! use store_memory::MemorySubscriptionStore;
//!
//! let subscriptions = MemorySubscriptionStore::new();
//! let now = Utc::now();
//! let month = now..now + TimeDelta::days(30);
//! let first = Subscription::new("sub_1", "user_1", "pro", SubscriptionStatus::Active, month.clone());
//! subscriptions.create_subscription_if_not_active(&first).await?;
//!
//! // A clone sees the same records, and nobody gets a second live subscription through it.
//! let handle = subscriptions.clone();
//! let second = Subscription::new("sub_2", "user_1", "pro", SubscriptionStatus::Trialing, month);
//! let refused = handle.create_subscription_if_not_active(&second).await.unwrap_err();
//! assert_eq!(refused.conflict(), Some(&Conflict::Live));
//! assert_eq!(handle.get_active_subscription("user_1").await?, first);
//! # Ok(())
//! # }
//! ```

pub use plan::MemoryPlanStore;
pub use subscription::MemorySubscriptionStore;
pub use usage::MemoryUsageStore;

mod index;
mod packed;
mod plan;
mod shared;
mod subscription;
mod sums;
mod usage;
