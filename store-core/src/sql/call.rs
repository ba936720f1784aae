//! What one call of an operation runs on.

use std::sync::Arc;

use sqlx::{Database, Pool};
use store_model::adapter::{Adapter, Bind, Bound, Operation, Statement, part_of};

use super::Backend;
use super::own::Own;
use super::record::Inputs;
use crate::codec::tuple;

/// A store as data: the adapter, its statements and its DDL, all known when the user's crate is compiled.
#[derive(Debug)]
pub struct Store {
    /// The table and columns.
    pub adapter: Adapter<'static>,
    /// Every statement that the store runs.
    pub statements: &'static [Statement<'static>],
    /// The script that makes its table, keys and indexes.
    pub ddl: &'static str,
}

impl Store {
    /// The statement of an operation.
    ///
    /// # Panics
    /// If the adapter has none: a fault of the derive, which makes statements and capabilities from one model.
    pub(crate) fn statement(&self, operation: Operation) -> &'static Statement<'static> {
        let mut all = self.statements.iter();
        let found = all.find(|statement| statement.operation == operation && statement.status.is_none());
        found.unwrap_or_else(|| self.missing(operation))
    }

    /// The statement by which an operation writes a record: the first that leaves no other columns as they are than the
    /// record does. Those that leave more come first.
    pub(crate) fn statement_of(
        &self,
        operation: Operation,
        record: &impl Inputs,
    ) -> &'static Statement<'static> {
        let mut all = self.statements.iter().filter(|statement| statement.operation == operation);
        let leaves = |bind: &Bind| leaves_out(&self.adapter, *bind, record);
        let found = all.clone().find(|statement| statement.without.iter().all(leaves));
        // Whatever the record leaves, it has a value that can't be stored, which shows when it is bound.
        found.or_else(|| all.next_back()).unwrap_or_else(|| self.missing(operation))
    }

    fn missing(&self, operation: Operation) -> ! {
        panic!("the adapter of `{}` has no statement `{operation:?}`", self.adapter.table.name)
    }

    /// The statement of an operation for one status: its own, if it has one.
    pub(crate) fn statement_for(&self, operation: Operation, status: &str) -> &'static Statement<'static> {
        let mut all = self.statements.iter();
        let own = all.find(|statement| statement.operation == operation && statement.status == Some(status));
        own.unwrap_or_else(|| self.statement(operation))
    }
}

/// Whether a record leaves a column of one of its fields as it is.
fn leaves_out(adapter: &Adapter<'_>, bind: Bind, record: &impl Inputs) -> bool {
    let Bound::Field(place) = Bound::of(bind) else { return false };
    tuple::leaves_out(adapter.kept(place), part_of(bind), record.value(super::record::bind(place)))
}

/// A store and where to run: on its pool, or on a connection of the caller.
pub struct Call<'t, DB: Database> {
    pub(crate) pool: &'t Pool<DB>,
    pub(crate) store: &'static Store,
    pub(crate) connection: Option<&'t mut DB::Connection>,
    pub(crate) own: Option<Own<'t, DB>>,
}

impl<'t, DB: Backend> Call<'t, DB> {
    /// A call on the store's pool.
    #[must_use]
    pub const fn new(pool: &'t Pool<DB>, store: &'static Store) -> Self {
        Self { pool, store, connection: None, own: None }
    }

    /// The same for a store whose own fields are the values of columns.
    #[must_use]
    pub fn scoped(self, own: Own<'t, DB>) -> Self {
        Self { own: Some(own), ..self }
    }

    /// The same on a connection of the caller.
    #[must_use]
    pub fn on(self, connection: &'t mut DB::Connection) -> Self {
        Self { connection: Some(connection), ..self }
    }
}

/// A type that holds a pool of connections to one database: a [`Pool`], or a reference, [`Arc`] or [`Box`] of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a pool of `{DB}` connections",
    label = "expected `sqlx::Pool<{DB}>`, or a reference, `Arc` or `Box` of one",
    note = "mark the field that holds the pool with `#[store(pool)]`; `database = ..` must name the pool's own database"
)]
pub trait PoolOf<DB: Database> {
    /// The pool.
    fn pool(&self) -> &Pool<DB>;
}

impl<DB: Database> PoolOf<DB> for Pool<DB> {
    fn pool(&self) -> &Pool<DB> {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<DB: Database, P: PoolOf<DB> + ?Sized> PoolOf<DB> for &P {
    fn pool(&self) -> &Pool<DB> {
        (**self).pool()
    }
}

#[diagnostic::do_not_recommend]
impl<DB: Database, P: PoolOf<DB> + ?Sized> PoolOf<DB> for Arc<P> {
    fn pool(&self) -> &Pool<DB> {
        (**self).pool()
    }
}

#[diagnostic::do_not_recommend]
impl<DB: Database, P: PoolOf<DB> + ?Sized> PoolOf<DB> for Box<P> {
    fn pool(&self) -> &Pool<DB> {
        (**self).pool()
    }
}
