//! Fields of a store that are the values of columns: of its scope, of new rows, of each write.

use std::fmt;

use sqlx::{Arguments as _, Database, Encode, Type};

use crate::error::BoxError;
use crate::plan::Plan;
use crate::subscription::Subscription;
use crate::usage::UsageRecord;

/// A store of a record, with fields that are the values of columns. Each statement binds them anew, so that it can be
/// repeated.
pub trait OwnValues<DB: Database, Record>: Sync {
    /// Binds the field of a number.
    ///
    /// # Errors
    /// That of the field's type.
    fn bind(&self, number: u8, arguments: &mut DB::Arguments) -> Result<(), BoxError>;
}

/// A store whose fields are bound. A struct can be the store of several records, and each has values of its own.
pub enum Own<'t, DB: Database> {
    /// Of plans.
    Plan(&'t dyn OwnValues<DB, Plan>),
    /// Of subscriptions.
    Subscription(&'t dyn OwnValues<DB, Subscription>),
    /// Of usage.
    UsageRecord(&'t dyn OwnValues<DB, UsageRecord>),
}

impl<DB: Database> Own<'_, DB> {
    pub(crate) fn bind(&self, number: u8, arguments: &mut DB::Arguments) -> Result<(), BoxError> {
        match self {
            Self::Plan(store) => store.bind(number, arguments),
            Self::Subscription(store) => store.bind(number, arguments),
            Self::UsageRecord(store) => store.bind(number, arguments),
        }
    }
}

impl<DB: Database> Clone for Own<'_, DB> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<DB: Database> Copy for Own<'_, DB> {}

impl<DB: Database> fmt::Debug for Own<'_, DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Own")
    }
}

/// A type whose values can be those of a column: every one that sqlx can bind.
///
/// Which type a column must have for it, is told in sqlx's list of types for the database: on Postgres `uuid::Uuid` is
/// a `uuid`, on MySQL and SQLite the 16 bytes of one.
///
/// On Postgres, stores on one pool that are alike in all but the type of such a field, as `i32` and `i64` for one column,
/// are no pair: sqlx keeps prepared statements by their text, and the values of the second would be taken for those of the
/// first. Give them one type, or a pool each. For the fields of records the text says the types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the value of a column of `{DB}`",
    label = "a field with `scope`, `insert` or `write` is of a type that sqlx binds",
    note = "types of your own implement `Type` and `Encode` of sqlx, or derive `sqlx::Type`; `uuid::Uuid` needs the feature `uuid` of `store-core` or of `sqlx`"
)]
pub trait Scope<DB: Database> {
    /// Binds the value.
    ///
    /// # Errors
    /// That of the type.
    fn bind(&self, arguments: &mut DB::Arguments) -> Result<(), BoxError>;
}

#[diagnostic::do_not_recommend]
impl<DB: Database, T> Scope<DB> for T
where
    T: for<'q> Encode<'q, DB> + Type<DB>,
{
    fn bind(&self, arguments: &mut DB::Arguments) -> Result<(), BoxError> {
        arguments.add(self)
    }
}
