//! Writes on a view whose triggers write. It has no key to refuse, and SQLite counts no rows there, so a write looks before,
//! and what it has done is read back.

use std::borrow::Cow;

use store_model::adapter::Operation;
use store_model::contract::usage::{ID, PROVIDER_REPORTED_AT};

use super::conflict::Rules;
use super::dialect::Dialect;
use super::failure::{Failure, Outcome, not_found};
use super::record::{Keys, Record, bind};
use super::session::Session;
use super::usage::Mark;
use super::work::Work;
use super::write::{Write, Written, name};
use crate::codec::Value;
use crate::error::StoreError;
use crate::usage::UsageRecord;

impl<DB: Dialect> Session<'_, DB> {
    pub(crate) async fn write_by_trigger<'r, R: Record>(
        &mut self,
        write: Write,
        record: &'r R,
    ) -> Outcome<Written<'r>> {
        let is_locked = self.store.adapter.is_locked();
        let rules = match write {
            Write::Save => Rules { id: false, taken: true, live: is_locked && record.is_live() },
            Write::Add(_) => Rules { id: true, taken: false, live: is_locked },
        };
        if let Some(conflict) = self.conflict(record, rules).await? {
            return Err(self.already_exists(conflict));
        }
        let operation = match write {
            Write::Save if self.row(Operation::Get, record).await?.is_some() => Operation::Update,
            _ => Operation::Insert,
        };
        self.write_by(operation, record).await?;
        Ok(Some(Cow::Borrowed(record.id())))
    }

    fn unchanged(&self, what: &str) -> Failure {
        let view = name(&self.store.adapter.table);
        StoreError::Schema { source: format!("{view} {what}: its triggers do not do it").into() }.into()
    }
}

/// Removes by id.
pub(crate) struct DeleteByTrigger<'a>(pub(crate) &'a str);

impl<DB: Dialect> Work<DB> for DeleteByTrigger<'_> {
    type Output = ();

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<()> {
        let key = Keys([(bind(ID), Value::Text(self.0))]);
        if session.row(Operation::Get, &key).await?.is_none() {
            return Err(not_found(session.entity(), self.0).into());
        }
        session.execute(Operation::Delete, &key).await?;
        match session.row(Operation::Get, &key).await? {
            Some(_) => Err(session.unchanged("still shows a record after it is deleted")),
            None => Ok(()),
        }
    }
}

/// Sets the time of a report.
pub(crate) struct MarkByTrigger<'a>(pub(crate) &'a Mark<'a>);

impl<DB: Dialect> Work<DB> for MarkByTrigger<'_> {
    type Output = ();

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<()> {
        let Mark { id, reported_at } = *self.0;
        let key = Keys([(bind(ID), Value::Text(id))]);
        if session.row(Operation::Get, &key).await?.is_none() {
            return Err(not_found(session.entity(), id).into());
        }
        let time = (bind(PROVIDER_REPORTED_AT), Value::Time(reported_at));
        session.execute(Operation::Mark, &Keys([(bind(ID), Value::Text(id)), time])).await?;
        let read = session.record::<UsageRecord>(Operation::Get, &key).await?;
        match read.and_then(|read| read.provider_reported_at) {
            Some(_) => Ok(()),
            None => Err(session.unchanged("shows no time of a report after it is written")),
        }
    }
}
