//! A transaction on the pool, or a savepoint within one of the caller.

use sqlx_core::transaction::TransactionManager as _;
use store_model::adapter::Operation;

use super::dialect::Dialect;
use super::failure::Outcome;
use super::session::Session;
use super::work::Work;

/// What is open until it is committed: dropped, it is rolled back before the next statement. The driver's own begins with
/// the guard in place, and where it is dropped by then, it is the caller's transaction that is rolled back.
pub(crate) struct Transaction<'c, DB: Dialect> {
    connection: &'c mut DB::Connection,
    is_open: bool,
}

/// How a transaction begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// As the connection has it.
    Plain,
    /// So that it sees what others have done before it got a lock.
    Locking,
}

impl<'c, DB: Dialect> Transaction<'c, DB> {
    pub(crate) async fn begin(connection: &'c mut DB::Connection, kind: Kind) -> sqlx::Result<Self> {
        DB::begin(connection, (kind == Kind::Locking).then_some(DB::BEGIN_LOCKING)).await?;
        Ok(Self { connection, is_open: true })
    }

    pub(crate) fn connection(&mut self) -> &mut DB::Connection {
        self.connection
    }

    pub(crate) async fn commit(mut self) -> sqlx::Result<()> {
        DB::TransactionManager::commit(self.connection).await?;
        self.is_open = false;
        Ok(())
    }

    pub(crate) async fn rollback(mut self) -> sqlx::Result<()> {
        DB::TransactionManager::rollback(self.connection).await?;
        self.is_open = false;
        Ok(())
    }
}

impl<DB: Dialect> Drop for Transaction<'_, DB> {
    fn drop(&mut self) {
        if self.is_open {
            DB::TransactionManager::start_rollback(self.connection);
        }
    }
}

impl<DB: Dialect> Session<'_, DB> {
    /// Runs work in a transaction of its own, or within the caller's behind a savepoint: a refusal undoes it alone.
    pub(crate) async fn behind<W: Work<DB>>(&mut self, work: &W) -> Outcome<W::Output> {
        let adapter = self.store.adapter;
        let kind = match self.is_callers {
            false if adapter.is_locked() || adapter.options().instead_of => Kind::Locking,
            _ => Kind::Plain,
        };
        let ended = match Transaction::<DB>::begin(self.connection, kind).await {
            Err(error) => Err((error, None)),
            Ok(mut transaction) => {
                let mut session = Session { connection: transaction.connection(), ..*self };
                match work.run(&mut session).await {
                    Ok(output) => {
                        let committed = transaction.commit().await;
                        committed.map(|()| Ok(output)).map_err(|error| (error, Some(Operation::Save)))
                    }
                    Err(failure) => {
                        // Where this fails too, the connection is lost, and with it the transaction.
                        let _ = transaction.rollback().await;
                        Ok(Err(failure))
                    }
                }
            }
        };
        ended.unwrap_or_else(|(error, write)| Err(self.failure(error, write)))
    }
}
