//! What one call of an operation runs on.

use std::sync::Arc;

use sqlx::{Database, Pool};

use super::Backend;
use super::own::Own;
use super::store::{Known, Prepared};

/// A store and where to run: on its pool, or on a connection of the caller.
pub struct Call<'t, DB: Database> {
    pub(crate) pool: &'t Pool<DB>,
    pub(crate) store: &'static Known,
    pub(crate) connection: Option<&'t mut DB::Connection>,
    pub(crate) own: Option<Own<'t, DB>>,
}

impl<'t, DB: Backend> Call<'t, DB> {
    /// A call on the store's pool.
    #[must_use]
    pub fn new(pool: &'t Pool<DB>, store: &'static Prepared) -> Self {
        Self { pool, store: store.known(), connection: None, own: None }
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
