//! An operation, run on the pool or on the caller's connection.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use super::call::Call;
use super::dialect::{Class, Dialect};
use super::session::{Failure, Outcome, Session};
use super::{Backend, BoxFuture};
use crate::error::{BoxError, Extent, StoreError};

/// What one operation does on a connection.
pub(crate) trait Work<DB: Dialect>: Send + Sync {
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
    let Call {
        pool,
        store,
        connection,
    } = call;
    let entity = store.adapter.entity;
    Box::pin(async move {
        if let Some(connection) = connection {
            let mut session = Session {
                connection,
                store,
                is_callers: true,
            };
            return work
                .run(&mut session)
                .await
                .map_err(|failure| failure.into_error(entity));
        }
        let mut pauses = pauses();
        loop {
            let mut connection = pool.acquire().await.map_err(not_acquired::<DB>)?;
            let mut session = Session {
                connection: &mut *connection,
                store,
                is_callers: false,
            };
            let failure = match work.run(&mut session).await {
                Ok(output) => return Ok(output),
                Err(failure) => failure,
            };
            let pause = if matches!(failure, Failure::Repeat(_)) {
                pauses.next()
            } else {
                None
            };
            let Some(pause) = pause else {
                return Err(failure.into_error(entity));
            };
            // Another task may use the connection meanwhile.
            drop(connection);
            sqlx::__rt::sleep(pause).await;
        }
    })
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
    let transient = |source: BoxError| StoreError::Transient {
        lost: Extent::Statement,
        source,
    };
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
