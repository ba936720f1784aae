//! The machinery behind the derives: an adapter is data, and this is the code that runs it.
//!
//! It is written once for each database and is not generic over adapters, so it is compiled here and not in the crates
//! of users.

mod backend;
mod beside;
mod bind;
mod by_trigger;
mod call;
mod catalog;
mod conflict;
mod dialect;
mod documents;
mod failure;
mod layout;
mod lock;
mod made;
#[cfg(feature = "mysql")]
mod mysql;
mod operations;
mod own;
mod place;
mod plan;
#[cfg(feature = "postgres")]
mod postgres;
mod record;
mod row;
mod schema;
mod session;
#[cfg(feature = "sqlite")]
mod sqlite;
mod store;
mod subscription;
mod trace;
mod transaction;
mod usage;
mod work;
mod write;

pub use backend::Backend;
pub use call::{Call, PoolOf};
pub use made::MakesIds;
pub use own::{Own, OwnValues, Scope};
pub use plan::SqlPlanStore;
pub use store::{Prepared, Store};
pub use subscription::{SqlAtomicSubscriptionStore, SqlSubscriptionStore};
pub use usage::{SqlReportableUsageStore, SqlUsageStore};

use crate::__private::BoxFuture;
