//! The operations that are alike for several records.

use std::borrow::Cow;

use store_model::adapter::{Bind, Operation};

use super::by_trigger::DeleteByTrigger;
use super::conflict::Rules;
use super::dialect::Dialect;
use super::failure::{Failure, Outcome, not_found};
use super::place;
use super::record::{Inputs, Keys, Record, bind};
use super::session::Session;
use super::work::Work;
use super::write::{self, Write};
use crate::codec::Value;
use crate::error::Conflict;

/// Creates or replaces by id.
pub(crate) struct Save<'a, R>(pub(crate) &'a R);

impl<DB: Dialect, R: Record> Work<DB> for Save<'_, R> {
    type Output = ();
    const WRITES: bool = true;

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<()> {
        place::check(session.store, self.0)?;
        write::has_id(session.store.adapter, self.0)?;
        let rules = Rules { id: false, taken: true, live: self.0.is_live() };
        session.persist(Write::Save, self.0, rules).await.map(drop)
    }
}

/// Adds a record whose id the database makes, and gives the id.
pub(crate) struct Insert<'a, R>(pub(crate) &'a R);

impl<DB: Dialect, R: Record> Work<DB> for Insert<'_, R> {
    type Output = String;
    const WRITES: bool = true;

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<String> {
        place::check(session.store, self.0)?;
        write::has_no_id(session.store.adapter, self.0)?;
        let rules = Rules { id: false, taken: false, live: self.0.is_live() };
        // Under a lock there is no key to refuse a second live one, so the statement looks.
        let looks = session.store.adapter.is_locked() && self.0.is_live();
        let operation = if looks { Operation::Create } else { Operation::Insert };
        let id = session.persist(Write::Add(operation), self.0, rules).await?;
        Ok(id.map(Cow::into_owned).unwrap_or_default())
    }
}

/// Adds a record whose id must be new.
pub(crate) struct Append<'a, R>(pub(crate) &'a R);

impl<DB: Dialect, R: Record> Work<DB> for Append<'_, R> {
    type Output = ();
    const WRITES: bool = true;

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<()> {
        place::check(session.store, self.0)?;
        let key = match session.write(Write::Add(Operation::Insert), self.0).await {
            Ok(None) => return Err(session.already_exists(Conflict::Id)),
            Err(Failure::Unique(key)) => key,
            done => return done.map(drop),
        };
        if !session.has(Operation::Conflicts) {
            // The statement passes over its own id, so this is a key that the contract does not know.
            return Err(Failure::Unique(key));
        }
        match session.conflict(self.0, Rules { id: true, taken: false, live: false }).await? {
            Some(conflict) => Err(session.already_exists(conflict)),
            None => Err(Failure::Unique(key)),
        }
    }
}

/// The record that a key identifies.
pub(crate) struct Get<'a, R> {
    operation: Operation,
    place: Bind,
    key: &'a str,
    record: std::marker::PhantomData<fn() -> R>,
}

impl<'a, R> Get<'a, R> {
    pub(crate) const fn new(operation: Operation, place: usize, key: &'a str) -> Self {
        Self { operation, place: bind(place), key, record: std::marker::PhantomData }
    }
}

impl<DB: Dialect, R: Record> Work<DB> for Get<'_, R> {
    type Output = R;

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<R> {
        if !session.has(self.operation) {
            // The key has no column, so nothing has it.
            return Err(not_found(R::ENTITY, self.key).into());
        }
        let keys = Keys([(self.place, Value::Text(self.key))]);
        let found = session.record(self.operation, &keys).await;
        let found = found.map_err(|failure| failure.or_not_found(R::ENTITY, self.key))?;
        found.ok_or_else(|| not_found(R::ENTITY, self.key).into())
    }
}

/// The records that a filter lets through.
pub(crate) struct List<I, R> {
    operation: Operation,
    inputs: I,
    record: std::marker::PhantomData<fn() -> R>,
}

impl<I: Inputs, R> List<I, R> {
    pub(crate) const fn new(operation: Operation, inputs: I) -> Self {
        Self { operation, inputs, record: std::marker::PhantomData }
    }
}

impl<DB: Dialect, I: Inputs + Send, R: Record> Work<DB> for List<I, R> {
    type Output = Vec<R>;

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<Vec<R>> {
        session.records(self.operation, &self.inputs).await
    }
}

/// Removes by id.
pub(crate) struct Delete<'a> {
    pub(crate) id: &'a str,
}

impl<DB: Dialect> Work<DB> for Delete<'_> {
    type Output = ();
    const WRITES: bool = true;

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<()> {
        let entity = session.entity();
        if session.store.adapter.options().instead_of {
            session.is_in_transaction()?;
            let removed = session.behind(&DeleteByTrigger(self.id)).await;
            return removed.map_err(|failure| failure.or_not_found(entity, self.id));
        }
        // The id is the first field of every record.
        let removed = session.execute(Operation::Delete, &Keys([(0, Value::Text(self.id))])).await;
        match removed.map_err(|failure| failure.or_not_found(entity, self.id))? {
            0 => Err(not_found(entity, self.id).into()),
            _ => Ok(()),
        }
    }
}
