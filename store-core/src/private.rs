//! What expansions name. No interface for others: it changes with the derive.

pub use chrono::{DateTime, Utc};
pub use store_model::adapter::{
    Adapter, Atomic, Column, Constant, Dialect, Duty, Extra, FROM, Key, Keyed, LIMIT, Label, Locked, Meaning,
    NOW, Null, Operation, Options, Place, SoftDelete, Source, Statement, Step, Stored, TO, Table, Via, When,
    part,
};
pub use store_model::contract::Entity;
pub use store_model::form::{Form, Unit, Width};

pub use crate::{
    AtomicSubscriptionStore, BoxError, Plan, PlanFilter, PlanInterval, PlanStore, ReportableUsageStore,
    Subscription, SubscriptionFilter, SubscriptionStatus, SubscriptionStore, UsageRecord, UsageStore,
};

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub use crate::__store_text as text_of;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub use crate::codec::{At, Codec, Coded, is_text, joined, length};
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub use crate::sql::{
    Backend, Call, MakesIds, Own, OwnValues, PoolOf, Prepared, Scope, SqlAtomicSubscriptionStore,
    SqlPlanStore, SqlReportableUsageStore, SqlSubscriptionStore, SqlUsageStore, Store,
};
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub use sqlx::Database;
#[cfg(feature = "mysql")]
pub use sqlx::MySql;
#[cfg(feature = "postgres")]
pub use sqlx::Postgres;
#[cfg(feature = "sqlite")]
pub use sqlx::Sqlite;

/// A future on the heap, as the traits of stores return it.
pub type BoxFuture<'t, T> = std::pin::Pin<Box<dyn Future<Output = crate::Result<T>> + Send + 't>>;

/// A column of which more is said.
#[must_use]
pub const fn kept(column: Column<'static>) -> Place<'static> {
    Place::Column(column)
}

/// A column that keeps text.
#[must_use]
pub const fn text(name: &'static str) -> Place<'static> {
    Place::Column(Column::new(name, Form::Text))
}

/// A column that keeps whole numbers.
#[must_use]
pub const fn integer(name: &'static str) -> Place<'static> {
    Place::Column(Column::new(name, Form::INTEGER))
}

/// A column that keeps true or false.
#[must_use]
pub const fn boolean(name: &'static str) -> Place<'static> {
    Place::Column(Column::new(name, Form::Boolean))
}

/// A column that keeps times.
#[must_use]
pub const fn time(name: &'static str) -> Place<'static> {
    Place::Column(Column::new(name, Form::Time))
}

/// A column that keeps JSON documents.
#[must_use]
pub const fn json(name: &'static str) -> Place<'static> {
    Place::Column(Column::new(name, Form::Json))
}

/// Implemented by each derive that has no section of its own in `#[store(..)]`: of several on one struct the compiler
/// refuses the second, under this name.
pub trait SeveralDerivesNeedSections {}
