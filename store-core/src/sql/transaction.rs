//! A transaction on the pool, or a savepoint within one of the caller.

use sqlx_core::transaction::TransactionManager as _;

use super::dialect::Dialect;

/// What is open until it is committed: dropped, it is rolled back before the next statement. The driver's own begins with
/// the guard in place, and where it is dropped by then, it is the caller's transaction that is rolled back.
pub(crate) struct Transaction<'c, DB: Dialect> {
    connection: &'c mut DB::Connection,
    is_open: bool,
}

impl<'c, DB: Dialect> Transaction<'c, DB> {
    pub(crate) async fn begin(connection: &'c mut DB::Connection) -> sqlx::Result<Self> {
        DB::begin(connection).await?;
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
