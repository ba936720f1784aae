//! Store traits for subscription billing, plans, subscriptions and metered usage, and the SQL behind their derives.
//!
//! An engine takes `Arc<dyn SubscriptionStore>` and its kin and never sees a database. A store is made by a derive, by hand,
//! or by the crate `store-memory`.
//!
//! ```
//! # #[cfg(all(feature = "derive", feature = "sqlite"))]
//! # mod example {
//! use store_core::{AtomicSubscriptionStore, SqlSubscriptionStore, SubscriptionStore};
//! use store_core::{Conflict, Result, Subscription, sqlx};
//!
//! #[derive(SubscriptionStore)]
//! #[store(table = "subscriptions", atomic)]
//! struct Subscriptions {
//!     pool: sqlx::SqlitePool,
//! }
//!
//! /// Once, before the first request: the table is there, and is what the statements need.
//! async fn start(store: &Subscriptions) -> Result<()> {
//!     store.create_subscription_schema().await?;
//!     store.verify_subscriptions().await
//! }
//!
//! /// Whether it won: of all who try at once for one subscriber, one does.
//! async fn sign_up(store: &Subscriptions, new: &Subscription) -> Result<bool> {
//!     match store.create_subscription_if_not_active(new).await {
//!         Ok(()) => Ok(true),
//!         Err(refused) if refused.conflict() == Some(&Conflict::Live) => Ok(false),
//!         Err(error) => Err(error),
//!     }
//! }
//! # }
//! ```
//!
//! | trait | keeps | extension |
//! |---|---|---|
//! | [`PlanStore`] | [`Plan`] | |
//! | [`SubscriptionStore`] | [`Subscription`] | [`AtomicSubscriptionStore`]: two sign-ups can't both win |
//! | [`UsageStore`] | [`UsageRecord`] | [`ReportableUsageStore`]: remembers what the payment provider has |
//!
//! Each trait's page says what every store of it must hold. An operation that fails gives a [`StoreError`], told apart by
//! variant.
//!
//! Whose tables were there first begins with the [guide].
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | `derive` (default) | the derives, under the names of the traits |
//! | `sqlite`, `postgres`, `mysql` | that database (`mysql` is MariaDB, too), and sqlx with its driver. The runtime and TLS are features of your own dependency on sqlx 0.9 |
//! | `uuid` | `uuid::Uuid` as the type of a field with `scope`, `insert` or `write`; the same as the feature of sqlx |
//! | `contract` | `contract_tests!`, the rules of the traits as tests for any store |
//! | `serde` | `Serialize` and `Deserialize` on the records |
//! | `tracing` | events of the target `store_core`: each statement by its name (level `trace`), and each operation that is repeated after a deadlock or a serialization failure, with the cause (level `debug`) |
//!
//! With a database on, a derived store has more than its trait: `SqlPlanStore`, `SqlSubscriptionStore` and `SqlUsageStore`
//! run the same operations inside your own transaction, give the statements and the DDL as text, make the schema and verify
//! it.

pub use async_trait::async_trait;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub use codec::{Codec, Columns};
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

#[doc = include_str!("guide.md")]
pub mod guide {}

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
    Backend, MakesIds, SqlAtomicSubscriptionStore, SqlPlanStore, SqlReportableUsageStore,
    SqlSubscriptionStore, SqlUsageStore,
};
/// One statement of a store: its name, its text and what is bound to it.
pub use store_model::adapter::Statement;
/// What a store says of itself: what it keeps of each field, and which rules it holds in a weaker form.
///
/// ```
/// use store_core::Entity;
/// use store_core::mapping::Mapping;
///
/// let mapping = Mapping::whole(Entity::Usage).absent("metadata");
/// assert!(mapping.to_string().contains("metadata              absent; a value is refused"));
/// ```
pub use store_model::mapping;
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
