//! An operation, run on the pool or on the caller's connection.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use sqlx::Pool;
use sqlx::pool::PoolConnection;

use super::call::Call;
use super::dialect::{Class, Dialect};
use super::failure::{Failure, Outcome};
use super::session::Session;
use super::{Backend, BoxFuture, trace};
use crate::error::{BoxError, Extent, StoreError};

/// What one operation does on a connection.
pub(crate) trait Work<DB: Dialect>: Send + Sync {
    /// Whether it changes rows.
    const WRITES: bool = false;

    type Output: Send;

    fn run(&self, session: &mut Session<'_, DB>) -> impl Future<Output = Outcome<Self::Output>> + Send;
}

/// Runs an operation.
///
/// On a connection of the caller it runs once: what was rolled back there is the caller's to repeat. On one from the pool
/// it is repeated after a refusal that certainly undid it and that came at once; one that has waited already would
/// only wait again.
pub(crate) fn perform<'t, DB, W>(call: Call<'t, DB>, work: W) -> BoxFuture<'t, W::Output>
where
    DB: Dialect + Backend,
    W: Work<DB> + 't,
{
    let Call { pool, store, connection, own } = call;
    let entity = store.adapter.entity;
    if W::WRITES && store.adapter.options().read_only {
        return Box::pin(std::future::ready(Err(StoreError::ReadOnly { entity })));
    }
    Box::pin(async move {
        if let Some(connection) = connection {
            let mut session = Session { connection, store, own, is_callers: true };
            return work.run(&mut session).await.map_err(|failure| failure.into_error(entity));
        }
        let mut pauses = pauses();
        loop {
            let begins = W::WRITES && (store.reads_back || store.adapter.is_locked());
            let mut lease = Lease::take(pool, begins).await?;
            let mut session = Session { connection: lease.connection(), store, own, is_callers: false };
            let failure = match work.run(&mut session).await {
                Ok(output) => {
                    lease.give_back();
                    return Ok(output);
                }
                Err(failure) => failure,
            };
            // Also before a pause: another task may use the connection meanwhile.
            lease.give_back();
            let pause = if matches!(failure, Failure::Repeat(_)) { pauses.next() } else { None };
            let Some(pause) = pause else { return Err(failure.into_error(entity)) };
            trace::repeat(store, &failure, pause);
            sqlx::__rt::sleep(pause).await;
        }
    })
}

/// A connection of the pool, which goes back there between statements only.
///
/// The future of an operation can be dropped while an answer is on its way. A driver that does not remember it would take
/// it for the answer to the next statement, or leave a transaction open, so there such a connection is closed instead.
struct Lease<DB: Dialect> {
    connection: Option<PoolConnection<DB>>,
    /// Whether the connection is of use after a future that was dropped.
    is_safe: bool,
}

impl<DB: Dialect> Lease<DB> {
    async fn take(pool: &Pool<DB>, begins: bool) -> Result<Self, StoreError> {
        let connection = pool.acquire().await.map_err(not_acquired::<DB>)?;
        let is_safe = DB::REMEMBERS_ANSWERS && (DB::REMEMBERS_TRANSACTIONS || !begins);
        Ok(Self { connection: Some(connection), is_safe })
    }

    fn connection(&mut self) -> &mut DB::Connection {
        self.connection.as_mut().expect("it is held until it is given back")
    }

    fn give_back(mut self) {
        self.connection = None;
    }
}

impl<DB: Dialect> Drop for Lease<DB> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take()
            && !self.is_safe
        {
            drop(connection.detach());
        }
    }
}

/// Growing pauses, each up to half as long again by chance, so that those who collided don't meet again.
fn pauses() -> impl Iterator<Item = Duration> + Send {
    [2u64, 4, 8, 16, 32, 64, 128].into_iter().map(|millis| {
        let chance = RandomState::new().hash_one(millis) % 500;
        Duration::from_micros(millis * (1_000 + chance))
    })
}

/// What it means that there is no connection: nothing was sent.
fn not_acquired<DB: Dialect>(error: sqlx::Error) -> StoreError {
    let transient = |source: BoxError| StoreError::Transient { lost: Extent::Statement, source };
    match &error {
        sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => transient(error.into()),
        sqlx::Error::Database(database) => match DB::class(database.as_ref()) {
            Class::Transient { .. } | Class::Lost => transient(error.into()),
            _ => StoreError::Backend { source: error.into() },
        },
        _ => StoreError::Backend { source: error.into() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let pauses: Vec<_> = pauses().collect();
        assert!(pauses.is_sorted());
        assert_eq!(pauses.len(), 7);
        assert!(pauses.iter().sum::<Duration>() < Duration::from_millis(400));
    }
}
