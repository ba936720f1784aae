//! Rules that hold for every kind of record, written once.

use std::collections::BTreeMap;
use std::fmt::Debug;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::fields::Fields;
use super::fit::Fit;
use super::rule::Outcome;
use super::seen::Seen;
use super::subject::Scale;

mod abandoned;
mod bytes;
pub(super) mod corrupt;
mod declared;
mod kept;
mod limits;
mod order;
mod provider;
mod replaced;

/// The rules, for the tables of the traits.
pub(super) mod rules {
    pub(crate) use super::abandoned::*;
    pub(crate) use super::bytes::*;
    pub(crate) use super::declared::*;
    pub(crate) use super::kept::*;
    pub(crate) use super::limits::*;
    pub(crate) use super::order::*;
    pub(crate) use super::provider::*;
    pub(crate) use super::replaced::*;
}

/// A field of a record that holds a `V`: its name and how to set it.
pub(super) type Place<R, V> = (&'static str, fn(&mut R, V));

/// A subject as the keeper of one kind of record. A clone is a handle to the same store.
#[async_trait]
pub(super) trait Keeper: Clone + Send + Sync + 'static {
    type Record: Fields + Clone + Debug + PartialEq + Send + Sync + 'static;

    /// Every text in the record: whole fields, words, and elements, keys and values in fields.
    const TEXTS: &'static [Place<Self::Record, String>];

    /// Every time in the record; those that may be none become some.
    const TIMES: &'static [Place<Self::Record, DateTime<Utc>>];

    fn scale(&self) -> Scale;

    /// What the store says of itself.
    fn fit(&self) -> &Fit<Self::Record>;

    /// A record with this id and nothing that may be left out, before it is made to fit.
    fn plain(id: &str) -> Self::Record;

    /// A record with this id and a different value in every field, before it is made to fit.
    fn filled(id: &str) -> Self::Record;

    fn metadata(record: &mut Self::Record) -> &mut BTreeMap<String, String>;

    /// Sets the time by which lists are ordered.
    fn set_time(record: &mut Self::Record, time: DateTime<Utc>);

    /// A record with the id of this name and nothing that may be left out. Bare records can be kept together.
    fn bare(&self, name: &str) -> Self::Record {
        self.fit().fit(Self::plain(name))
    }

    /// A record with the id of this name and a different value in every field, of which two can be kept together.
    fn full(&self, name: &str) -> Self::Record {
        self.fit().fit(Self::filled(name))
    }

    /// The record after a change, made to fit.
    fn changed(&self, mut record: Self::Record, change: impl FnOnce(&mut Self::Record)) -> Self::Record {
        change(&mut record);
        self.fit().fit(record)
    }

    /// The record at a time, made to fit.
    fn timed(&self, record: Self::Record, time: DateTime<Utc>) -> Self::Record {
        self.changed(record, |record| Self::set_time(record, time))
    }

    fn at(&self, number: i64) -> DateTime<Utc> {
        self.fit().at(number)
    }

    /// The id of a name.
    fn key(&self, name: &str) -> String {
        self.fit().key("id", name)
    }

    fn id(record: &Self::Record) -> &str {
        record.id()
    }

    async fn save(&self, record: &Self::Record) -> Seen<()>;

    /// The stored record with the id of this one.
    async fn read(&self, record: &Self::Record) -> Seen<Self::Record>;

    /// Every record that was made by `bare` or `full`, as the list has them.
    async fn all(&self) -> Seen<Vec<Self::Record>>;

    /// Fails unless the record is stored as it is, times cut.
    async fn holds(&self, record: &Self::Record) -> Outcome {
        self.read(record).await.is(&self.fit().as_read(record.clone()))
    }

    /// Fails unless no record with the id of this one is stored.
    async fn lacks(&self, record: &Self::Record) -> Outcome {
        self.read(record).await.not_found(Self::id(record))
    }

    async fn keeps(&self, record: &Self::Record) -> Outcome {
        self.save(record).await.ok()?;
        self.holds(record).await
    }
}

/// A keeper of records that are saved again, deleted, and known to a payment provider.
#[async_trait]
pub(super) trait Editable: Keeper {
    fn provider_id(record: &mut Self::Record) -> &mut Option<String>;

    async fn delete(&self, id: &str) -> Seen<()>;

    /// A bare record with a provider id.
    fn provided(&self, name: &str, provider_id: &str) -> Self::Record {
        self.changed(self.bare(name), |record| *Self::provider_id(record) = Some(provider_id.into()))
    }
}
