//! The lock of a subscriber, under which a store without a key of live rows looks and then writes.

use store_model::adapter::{Adapter, Atomic, Operation};
use store_model::contract::subscription::SUBSCRIBER_ID;

use super::conflict::Rules;
use super::dialect::Dialect;
use super::failure::{Failure, Outcome};
use super::record::Record;
use super::session::Session;
use super::write::{Write, name};
use crate::error::StoreError;

impl<DB: Dialect> Session<'_, DB> {
    /// Waits until no other transaction writes for the subscriber. On SQLite there is none beside one that writes.
    pub(crate) async fn lock<R: Record>(&mut self, record: &R) -> Outcome<()> {
        if !self.has(Operation::Lock) {
            return Ok(());
        }
        let adapter = self.store.adapter;
        let Some(row) = self.row(Operation::Lock, record).await? else {
            return Err(Failure::Unfit { place: SUBSCRIBER_ID, reason: no_row(adapter) });
        };
        // The store's own transaction has begun at the level that it needs.
        if self.is_callers {
            let level = DB::text(&row, 0).map_err(|fault| Failure::Final(fault.into_backend()))?;
            sees_others(level.unwrap_or_default())?;
        }
        Ok(())
    }

    /// Refuses to save a live record beside another: no key does. A new row is added by a statement that looks by itself.
    pub(crate) async fn has_no_rival<R: Record>(&mut self, write: Write, record: &R) -> Outcome<()> {
        let looks_anyway = self.store.adapter.options().instead_of;
        if !matches!(write, Write::Save) || !record.is_live() || looks_anyway {
            return Ok(());
        }
        match self.conflict(record, Rules { id: false, taken: true, live: true }).await? {
            Some(conflict) => Err(self.already_exists(conflict)),
            None => Ok(()),
        }
    }
}

fn no_row(adapter: &Adapter<'_>) -> String {
    match adapter.options().atomic {
        Atomic::Lock(Some(row)) => {
            format!("no row of {} has it in `{}`, to be locked for it", name(&row.table), row.column)
        }
        _ => "there is nothing to lock for it".into(),
    }
}

/// What others have committed before the lock came is seen by each statement after it, up to READ COMMITTED. Above, one
/// sees what there was when the transaction began, and writes a second live row.
fn sees_others(level: &str) -> Outcome<()> {
    let level = level.replace('-', " ").to_uppercase();
    if matches!(level.as_str(), "READ COMMITTED" | "READ UNCOMMITTED") {
        return Ok(());
    }
    let source = format!(
        "the transaction is at {level}, where it would not see what others did before it got the lock of the subscriber: \
         begin it at READ COMMITTED (on Postgres by `begin_with(\"BEGIN ISOLATION LEVEL READ COMMITTED\")`; MySQL tells \
         only the level of the session, which `SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED` sets)"
    );
    Err(StoreError::Backend { source: source.into() }.into())
}

pub(crate) fn outside_of_transaction() -> StoreError {
    let source = "what is written here is written under a lock that lasts as long as its transaction, and none is open on \
                  the connection: begin one by its `begin()`";
    StoreError::Backend { source: source.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transaction_sees_others_up_to_read_committed() {
        for level in ["read committed", "READ-COMMITTED", "read uncommitted", "READ-UNCOMMITTED"] {
            assert!(sees_others(level).is_ok(), "{level}");
        }
        for level in ["repeatable read", "REPEATABLE-READ", "serializable", "SERIALIZABLE", "snapshot", ""] {
            assert!(sees_others(level).is_err(), "{level}");
        }
    }
}
