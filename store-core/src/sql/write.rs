//! Writes of records: the id that a row has got, and the reading back of what only a view can show.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use sqlx::Connection as _;
use store_model::adapter::{Adapter, Bind, Duty, Operation, Place, Table};
use store_model::contract::Entity;

use super::conflict::{LOOKS, Rules, unexplained};
use super::dialect::{Added, Dialect};
use super::failure::{Failure, Outcome, not_found};
use super::lock;
use super::record::{Inputs, Record, bind};
use super::session::Session;
use super::work::Work;
use crate::codec::{self, Atom, Value, decided};
use crate::error::{Conflict, StoreError};

/// The id is the first field of every record.
const ID: usize = 0;

/// How a record is written.
#[derive(Clone, Copy)]
pub(crate) enum Write {
    /// Under its id: created or replaced.
    Save,
    /// As a row more, by the statement of an operation.
    Add(Operation),
}

/// The id of the row that was written; none if there is no such row.
pub(crate) type Written<'r> = Option<Cow<'r, str>>;

impl<DB: Dialect> Session<'_, DB> {
    /// Writes a record, and tells which rule refused it if one did.
    pub(crate) async fn persist<'r, R: Record>(
        &mut self,
        write: Write,
        record: &'r R,
        rules: Rules,
    ) -> Outcome<Written<'r>> {
        let mut last = None;
        for _ in 0..LOOKS {
            let refusal = match self.write(write, record).await {
                Ok(None) => None,
                Err(Failure::Unique(key)) => Some(key),
                done => return done,
            };
            let conflict = match &refusal {
                Some(key) => self.refused(record, rules, key).await?,
                None => self.conflict(record, rules).await?,
            };
            if let Some(conflict) = conflict {
                return Err(self.already_exists(conflict));
            }
            last = refusal;
        }
        let Some(key) = last else { return Err(unexplained()) };
        let key = self.with_columns(key).await;
        Err(self.already_exists(self.named(&key)))
    }

    /// Writes a record: under a lock, where that makes the store atomic, and where only a view has some of its fields, not
    /// without reading it back.
    pub(crate) async fn write<'r, R: Record>(&mut self, write: Write, record: &'r R) -> Outcome<Written<'r>> {
        let (reads_back, is_locked) = (self.store.reads_back, self.store.adapter.is_locked());
        if !reads_back && !is_locked {
            return self.write_row(write, record).await;
        }
        self.is_in_transaction()?;
        if self.is_callers && !reads_back {
            return self.write_in_transaction(write, record).await;
        }
        self.behind(&Writing { write, record }).await
    }

    /// Refuses to do in several statements what nothing holds together: on the caller's connection, outside of a transaction.
    pub(crate) fn is_in_transaction(&self) -> Outcome<()> {
        if !self.is_callers || self.connection.is_in_transaction() {
            return Ok(());
        }
        let is_locked = self.store.adapter.is_locked();
        Err(if is_locked { lock::outside_of_transaction() } else { outside_of_transaction() }.into())
    }
}

/// A record that is written in a transaction.
struct Writing<'r, R> {
    write: Write,
    record: &'r R,
}

impl<'r, DB: Dialect, R: Record> Work<DB> for Writing<'r, R> {
    type Output = Written<'r>;

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<Written<'r>> {
        session.write_in_transaction(self.write, self.record).await
    }
}

impl<DB: Dialect> Session<'_, DB> {
    async fn write_in_transaction<'r, R: Record>(
        &mut self,
        write: Write,
        record: &'r R,
    ) -> Outcome<Written<'r>> {
        if self.store.adapter.is_locked() {
            self.lock(record).await?;
            self.has_no_rival(write, record).await?;
        }
        let written = self.write_row(write, record).await?;
        if let Some(id) = written.as_ref().filter(|_| self.store.reads_back) {
            self.read_back(record, id).await?;
        }
        Ok(written)
    }

    async fn write_row<'r, R: Record>(&mut self, write: Write, record: &'r R) -> Outcome<Written<'r>> {
        if self.store.adapter.options().instead_of {
            return self.write_by_trigger(write, record).await;
        }
        let written = match write {
            Write::Save => {
                let kept = self.kept(record).await?;
                match self.save_row(record.id(), &kept).await {
                    Err(refusal) => return Err(self.or_corrupt(record, refusal).await),
                    saved => saved?,
                }
            }
            Write::Add(operation) if self.store.adapter.makes_ids() => {
                let added = self.add_row(operation, record).await?;
                if added.is_none() {
                    self.unwritten(record).await?;
                }
                return Ok(added.map(Cow::Owned));
            }
            Write::Add(operation) => self.write_by(operation, record).await? > 0,
        };
        if !written {
            self.unwritten(record).await?;
        }
        Ok(written.then(|| Cow::Borrowed(record.id())))
    }

    /// Refuses a record that was not written for a reason of its own.
    async fn unwritten(&mut self, record: &impl Inputs) -> Outcome<()> {
        self.leads(record).await?;
        self.fits(record).await
    }

    /// Refuses a record that was not written for want of a row in another table.
    async fn leads(&mut self, record: &impl Inputs) -> Outcome<()> {
        if !self.has(Operation::Links) {
            return Ok(());
        }
        let Some(row) = self.row(Operation::Links, record).await? else { return Ok(()) };
        for (index, link) in self.store.adapter.links().enumerate() {
            let rows = DB::integer(&row, index).map_err(|fault| Failure::Final(fault.into_backend()))?;
            if rows == Some(0) {
                let reason = format!("no row of {} has it in `{}`", name(&link.via.table), link.via.reads);
                return Err(Failure::Unfit { place: link.place, reason });
            }
        }
        Ok(())
    }

    /// One upsert; where there is none that changes no other row, an update and, if it finds none, an insert. Two that
    /// insert at once meet at the primary key, and the second finds the row of the first when it begins anew.
    async fn save_row(&mut self, id: &str, record: &impl Inputs) -> Outcome<bool> {
        if self.has(Operation::Save) {
            return match self.write_by(Operation::Save, record).await? {
                // The row with its id is not the store's, and was left as it is.
                0 => {
                    self.unwritten(record).await?;
                    Err(self.already_exists(Conflict::Id))
                }
                _ => Ok(true),
            };
        }
        match self.write_by(Operation::Update, record).await? {
            0 if self.store.adapter.makes_ids() => {
                self.unwritten(record).await?;
                Err(not_found(self.entity(), id).into())
            }
            0 => self.write_by(Operation::Insert, record).await.map(|inserted| inserted > 0),
            _ => Ok(true),
        }
    }

    /// Refuses a record of which other columns decide otherwise than it says: its row was not written.
    async fn fits(&mut self, record: &impl Inputs) -> Outcome<()> {
        if !self.has(Operation::Decide) {
            return Ok(());
        }
        let Some(row) = self.row(Operation::Decide, record).await? else { return Ok(()) };
        let adapter = self.store.adapter;
        let places = 0..adapter.entity.fields().len();
        let decided = places.filter_map(|place| Some((place, adapter.decided(place)?)));
        for (index, (place, list)) in decided.enumerate() {
            let read = DB::read(&row, index, decided::carrier(list));
            let read = read.map_err(|fault| Failure::Final(fault.into_backend()))?;
            let said = decided::encode(list, record.value(bind(place)));
            if said.map_err(|reason| Failure::Unfit { place, reason })? != read {
                let read = read.as_ref().map_or_else(|| "nothing".to_owned(), codec::shown);
                return Err(Failure::Unfit { place, reason: format!("the other columns say {read}") });
            }
        }
        Ok(())
    }

    /// Why a save left a row as it is: where its documents have no place for the values, they can't be read either.
    async fn or_corrupt<R: Record>(&mut self, record: &R, refusal: Failure) -> Failure {
        let looks = match &refusal {
            Failure::Unique(_) => DB::SURVIVES_REFUSAL,
            Failure::Final(StoreError::AlreadyExists { .. } | StoreError::NotFound { .. }) => true,
            _ => false,
        };
        if !looks || !self.store.adapter.writes_within() {
            return refusal;
        }
        match self.record::<R>(Operation::Get, record).await {
            Err(Failure::Final(corrupt @ StoreError::Corrupt { .. })) => Failure::Final(corrupt),
            _ => refusal,
        }
    }

    /// The id that the database made of a new row, if one was added.
    async fn add_row<R: Record>(&mut self, operation: Operation, record: &R) -> Outcome<Option<String>> {
        let adapter = self.store.adapter;
        let column = adapter.kept(ID);
        let (sql, arguments) = self.prepare(self.store.statement_of(operation, record), record)?;
        let added = DB::add(self.connection, sql, arguments).await;
        let added = added.map_err(|error| self.failure(error, Some(operation)))?;
        let id = match &added {
            None => return Ok(None),
            Some(Added::Row(row)) => DB::read(row, 0, column.read(adapter.dialect)),
            Some(Added::Number(0)) => {
                let source =
                    format!("the database made no id: column `{}` is not AUTO_INCREMENT", column.name);
                return Err(StoreError::Schema { source: source.into() }.into());
            }
            Some(Added::Number(number)) => Ok(Some(Atom::Integer((*number).into()))),
        };
        let id = id.map_err(|fault| Failure::Final(fault.into_backend()))?;
        let id = id.map(|id| codec::text(column, id).map(Cow::into_owned)).transpose();
        let corrupt = |source| StoreError::Corrupt {
            entity: R::ENTITY,
            key: "?".into(),
            column: column.name.into(),
            source,
        };
        match id {
            Ok(Some(id)) => Ok(Some(id)),
            Ok(None) => Err(corrupt("the id of the new row is NULL".into()).into()),
            Err(source) => Err(corrupt(source).into()),
        }
    }

    /// Holds what is read of a record against what was saved.
    async fn read_back<R: Record>(&mut self, record: &R, id: &str) -> Outcome<()> {
        let adapter = self.store.adapter;
        let read = self.record::<R>(Operation::Get, &Under { id: Some(id), record }).await?;
        let Some(read) = read else {
            self.unwritten(record).await?;
            let reason = format!("{} does not show it after it is written", name(&adapter.source()));
            return Err(StoreError::InvalidInput { entity: R::ENTITY, field: None, reason }.into());
        };
        match differing(adapter, record, &read) {
            Some(place) => {
                self.unwritten(record).await?;
                let reason = format!("{} shows another value after it is written", name(&adapter.source()));
                Err(Failure::Unfit { place, reason })
            }
            None => Ok(()),
        }
    }
}

/// The first field that is read as another value than was saved, as far as it is to be read as it was saved.
fn differing(adapter: &Adapter<'_>, saved: &impl Inputs, read: &impl Inputs) -> Option<usize> {
    let is_kept = |place: &usize| match &adapter.fields[*place] {
        Place::Column(column) => matches!(column.duty, Duty::Written | Duty::Agreeing | Duty::ViewOnly),
        Place::Table(_) => false,
        _ => true,
    };
    let is_dropped = |place: &usize| adapter.options().drops(*place);
    let differs = |place: &usize| {
        let step = adapter.column(*place).and_then(|column| column.step()).unwrap_or(1);
        cut(saved.value(bind(*place)), step) != cut(read.value(bind(*place)), step)
    };
    let places = 1..adapter.entity.fields().len();
    places.filter(is_kept).filter(|place| !is_dropped(place)).find(differs)
}

/// A value as a form keeps it that has steps of so many microseconds.
fn cut(value: Value<'_>, step: i64) -> Value<'_> {
    let down = |time: DateTime<Utc>| {
        let micros = time.timestamp_micros();
        DateTime::from_timestamp_micros(micros - micros.rem_euclid(step)).unwrap_or(time)
    };
    match value {
        Value::Time(time) => Value::Time(down(time)),
        Value::OptionalTime(time) => Value::OptionalTime(time.map(down)),
        other => other,
    }
}

/// A record under another id than its own, or under none yet.
pub(crate) struct Under<'a, R> {
    pub(crate) id: Option<&'a str>,
    pub(crate) record: &'a R,
}

impl<R: Inputs> Inputs for Under<'_, R> {
    fn value(&self, place: Bind) -> Value<'_> {
        if usize::from(place) == ID { Value::OptionalText(self.id) } else { self.record.value(place) }
    }
}

/// Refuses a new record that brings an id, where the database makes it.
pub(crate) fn has_no_id<R: Record>(adapter: &Adapter<'_>, record: &R) -> Outcome<()> {
    if !adapter.makes_ids() || record.id().is_empty() {
        return Ok(());
    }
    Err(Failure::Unfit { place: ID, reason: "the database makes it: leave it empty in a new record".into() })
}

/// Refuses a record without an id, where only the database can give it one.
pub(crate) fn has_id<R: Record>(adapter: &Adapter<'_>, record: &R) -> Outcome<()> {
    if !adapter.makes_ids() || !record.id().is_empty() {
        return Ok(());
    }
    let method = if R::ENTITY == Entity::Plan { "insert_plan" } else { "insert_subscription" };
    let reason = format!("the database makes it: add a new record by `{method}`");
    Err(Failure::Unfit { place: ID, reason })
}

pub(crate) fn name(table: &Table<'_>) -> String {
    match table.schema {
        Some(schema) => format!("`{schema}`.`{}`", table.name),
        None => format!("`{}`", table.name),
    }
}

fn outside_of_transaction() -> StoreError {
    let source = "what is saved here is read back before it is kept, and no transaction is open on the connection: \
                  begin one by its `begin()`";
    StoreError::Backend { source: source.into() }
}
