//! Stores that keep less than the contract has and say so, around sound ones; each may break what it says.

use std::collections::BTreeSet;
use std::sync::Mutex;

use chrono::{DateTime, Utc};
use store_core::mapping::{Constant, Mapping, Step, Values, Weaker};
use store_core::{Conflict, Entity, Result, StoreError};

use crate::rows::Row;

mod plans;
mod subscriptions;
pub(crate) mod tables;
mod usage;

/// What a store says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// Narrow values: each field refuses what it has no place for.
    Narrow,
    /// Fields that share a column, and a time that is dropped.
    Shared,
    /// A time that the store makes, a key that is another field's, deleted ids that stay, ids that fold, provider ids that
    /// repeat.
    Made,
    /// A field has only values of another table.
    Elsewhere,
    /// Other fields decide one.
    Decided,
    /// Nothing can be written.
    ReadOnly,
    /// A subscriber has one subscription, live or not.
    OneEach,
    /// There is a provider id always.
    Provided,
    /// An id counts once for each subscription; a time that is dropped.
    Keyed,
}

/// How a store is weaker than it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    AbsentIsDropped,
    ConstantIsOverwritten,
    UnknownWordIsStored,
    NumberIsClamped,
    ForeignIdIsStored,
    FineTimeIsCut,
    CoarseTimeIsFine,
    FarTimeIsStored,
    NoneIsStored,
    RefusedReplacementIsHalfDone,
    CreateChecksNothing,
    ForeignKeyIsAnError,
    UnknownStatusListsAll,
    MarkIsCut,
    SharedTakesTheFirst,
    DroppedIsRefused,
    MadeIsRefused,
    TakenKeyIsStored,
    DeletedIsRevived,
    FoldedReplaces,
    FoldedIsSwallowed,
    RepeatIsRefused,
    RepeatFindsTheOldest,
    WriteIsInvalid,
    SecondIsTaken,
    KeyIsTheId,
    MissingIsStored,
    NowhereIsStored,
    ContradictionIsStored,
}

/// A store around a sound one.
pub(crate) struct Narrow<S> {
    store: S,
    said: Said,
    broken: Option<Broken>,
    /// Ids that were saved, for those that fold.
    saved: Mutex<BTreeSet<String>>,
    deleted: Mutex<BTreeSet<String>>,
}

/// The years that a time may be in, as microseconds: 2000 to 2099.
const YEARS: [i64; 2] = [946_684_800_000_000, 4_102_444_799_999_999];
/// The key of metadata that is another field's.
const TAKEN: &str = "taken";
const IDS: i128 = 1_000_000;
const NUMBERS: i64 = i32::MAX as i64;

/// A record, as the narrow store needs to know it.
pub(crate) trait Narrowed: Row {
    /// The text that is always the same.
    const ALWAYS: (&'static str, &'static str);
    /// The words, by their field.
    const WORDS: Option<(&'static str, &'static [&'static str])>;
    /// The number that is narrow.
    const NUMBER: Option<&'static str>;
    /// The time that is cut, by which lists are ordered, and the one that is exact.
    const TIMES: [&'static str; 2];
    /// What can't be told from none.
    const NONE: (&'static str, Constant<'static>);
    /// What is in the column of another field, and that field.
    const SHARED: (&'static str, &'static str);
    /// The time that is dropped, and the field in whose column it is, if it is in one.
    const DROPPED: (&'static str, Option<&'static str>);

    /// What other fields decide.
    const DECIDED: Option<&'static str> = None;

    fn always(&mut self) -> &mut String;
    fn number(&mut self) -> Option<&mut i64>;
    fn cut(&mut self) -> &mut DateTime<Utc>;
    fn exact(&mut self) -> Option<&mut DateTime<Utc>>;
    fn is_none_value(&self) -> bool;
    fn set_none(&mut self);
    /// Whether it has no provider id, though it could.
    fn is_missing(&self) -> bool;
    fn is_shared(&self) -> bool;
    fn share(&mut self);
    /// Drops what is dropped; whether there was anything.
    fn drop_time(&mut self) -> bool;
    fn made(&mut self) -> &mut DateTime<Utc>;
    /// Makes other fields agree with what they decide; whether one had to change.
    fn agree(&mut self) -> bool {
        false
    }
}

pub(crate) fn mapping<R: Narrowed>(said: Said) -> Mapping {
    let whole = Mapping::whole(R::ENTITY);
    match said {
        Said::Narrow => {
            let [cut, exact] = R::TIMES;
            let years = || Values::Times(YEARS[0]..=YEARS[1]);
            let mut mapping = whole
                .holding("id", Values::Integers(0..=IDS))
                .absent("metadata")
                .always(R::ALWAYS.0, Constant::Text(R::ALWAYS.1))
                .stepping(cut, Step::Cut(1_000_000))
                .holding(cut, years())
                .stepping(exact, Step::Exact(1_000_000))
                .holding(exact, years())
                .none(R::NONE.0, R::NONE.1);
            if let Some((field, words)) = R::WORDS {
                mapping = mapping.words(field, words);
            }
            if let Some(field) = R::NUMBER {
                mapping = mapping.holding(field, Values::Integers(0..=NUMBERS.into()));
            }
            mapping
        }
        Said::Shared if R::ENTITY == Entity::Usage => whole.shared(R::SHARED.0, R::SHARED.1),
        Said::Shared => dropping::<R>(whole.shared(R::SHARED.0, R::SHARED.1)),
        Said::Made => {
            let keys = Values::KeysBut(vec![TAKEN]);
            let mapping = whole.generated(R::TIMES[1]).holding("metadata", keys).weaker(Weaker::Folds("id"));
            if R::ENTITY == Entity::Usage {
                return mapping;
            }
            mapping.weaker(Weaker::DeletedIdsStay).weaker(Weaker::ProviderIdRepeats)
        }
        Said::Elsewhere => whole.elsewhere(R::ALWAYS.0, "`others`"),
        Said::Decided => match (R::DECIDED, R::WORDS) {
            (Some(field), Some((of, words))) if field == of => whole.decided(field).words(field, words),
            (Some(field), _) => whole.decided(field),
            (None, _) => whole,
        },
        Said::ReadOnly => whole.weaker(Weaker::ReadOnly),
        Said::Provided => whole.required("provider_id"),
        Said::OneEach => whole.weaker(Weaker::OnePerSubscriber),
        Said::Keyed => dropping::<R>(whole.weaker(Weaker::Key(vec!["subscription_id", "id"]))),
    }
}

fn dropping<R: Narrowed>(mapping: Mapping) -> Mapping {
    let mapping = mapping.dropping(R::DROPPED.0);
    match R::DROPPED {
        (field, Some(other)) => mapping.shared(field, other),
        (field, None) => mapping.absent(field),
    }
}

impl<S> Narrow<S> {
    pub(crate) fn new(store: S, said: Said, broken: Option<Broken>) -> Self {
        Self { store, said, broken, saved: Mutex::default(), deleted: Mutex::default() }
    }

    fn is(&self, broken: Broken) -> bool {
        self.broken == Some(broken)
    }

    /// What comes of a record on its way in.
    fn taken_in<R: Narrowed>(&self, record: &R) -> Result<R> {
        let mut record = record.clone();
        match self.said {
            Said::Narrow => self.narrowed(&mut record)?,
            Said::Shared => {
                if !record.is_shared() && !self.is(Broken::SharedTakesTheFirst) {
                    return invalid::<R>(R::SHARED.0);
                }
                record.share();
                if R::ENTITY != Entity::Usage {
                    self.drop_time(&mut record)?;
                }
            }
            Said::Keyed => self.drop_time(&mut record)?,
            Said::Made => self.made(&mut record)?,
            Said::Elsewhere if record.always() == "nowhere" && !self.is(Broken::NowhereIsStored) => {
                return invalid::<R>(R::ALWAYS.0);
            }
            Said::Decided => self.decided(&mut record)?,
            Said::ReadOnly if self.is(Broken::WriteIsInvalid) => return invalid::<R>("id"),
            Said::ReadOnly => return Err(StoreError::ReadOnly { entity: R::ENTITY }),
            Said::Provided if record.is_missing() && !self.is(Broken::MissingIsStored) => {
                return invalid::<R>("provider_id");
            }
            Said::Provided | Said::OneEach | Said::Elsewhere => {}
        }
        Ok(record)
    }

    fn drop_time<R: Narrowed>(&self, record: &mut R) -> Result<()> {
        if record.drop_time() && self.is(Broken::DroppedIsRefused) {
            return invalid::<R>(R::DROPPED.0).map(drop);
        }
        Ok(())
    }

    /// What other fields decide is one of the words, and what they say.
    fn decided<R: Narrowed>(&self, record: &mut R) -> Result<()> {
        let field = R::DECIDED.unwrap_or_default();
        let is_other = R::WORDS.is_some_and(|(of, _)| of == field) && !has_known_word(record);
        if is_other || record.agree() && !self.is(Broken::ContradictionIsStored) {
            return invalid::<R>(field).map(drop);
        }
        Ok(())
    }

    fn narrowed<R: Narrowed>(&self, record: &mut R) -> Result<()> {
        if !is_id(record.id()) && !self.is(Broken::ForeignIdIsStored) {
            return invalid::<R>("id").map(drop);
        }
        if !record.metadata().is_empty() {
            if !self.is(Broken::AbsentIsDropped) {
                return invalid::<R>("metadata").map(drop);
            }
            record.metadata().clear();
        }
        if record.always() != R::ALWAYS.1 {
            if !self.is(Broken::ConstantIsOverwritten) {
                return invalid::<R>(R::ALWAYS.0).map(drop);
            }
            *record.always() = R::ALWAYS.1.into();
        }
        if let Some((field, _)) = R::WORDS.filter(|_| !has_known_word(record))
            && !self.is(Broken::UnknownWordIsStored)
        {
            return invalid::<R>(field).map(drop);
        }
        if let (Some(field), Some(number)) = (R::NUMBER, record.number())
            && !(0..=NUMBERS).contains(number)
        {
            if !self.is(Broken::NumberIsClamped) {
                return invalid::<R>(field).map(drop);
            }
            *number = (*number).clamp(0, NUMBERS);
        }
        if record.is_none_value() {
            if !self.is(Broken::NoneIsStored) {
                return invalid::<R>(R::NONE.0).map(drop);
            }
            record.set_none();
        }
        self.narrowed_times(record)
    }

    fn narrowed_times<R: Narrowed>(&self, record: &mut R) -> Result<()> {
        let is_far = |time: &DateTime<Utc>| {
            !(YEARS[0]..=YEARS[1]).contains(&time.timestamp_micros()) && !self.is(Broken::FarTimeIsStored)
        };
        let time = record.cut();
        if is_far(time) {
            return invalid::<R>(R::TIMES[0]).map(drop);
        }
        if !self.is(Broken::CoarseTimeIsFine) {
            *time = whole_second(*time);
        }
        let Some(time) = record.exact() else { return Ok(()) };
        if is_far(time) {
            return invalid::<R>(R::TIMES[1]).map(drop);
        }
        if store_core::to_micros(*time) != whole_second(*time) && !self.is(Broken::FineTimeIsCut) {
            return invalid::<R>(R::TIMES[1]).map(drop);
        }
        *time = whole_second(*time);
        Ok(())
    }

    fn made<R: Narrowed>(&self, record: &mut R) -> Result<()> {
        if record.metadata().contains_key(TAKEN) && !self.is(Broken::TakenKeyIsStored) {
            return invalid::<R>("metadata").map(drop);
        }
        let now = "2020-02-02T02:02:02Z".parse().unwrap();
        let was = std::mem::replace(record.made(), now);
        if self.is(Broken::MadeIsRefused) && was > "2024-01-01T00:00:01Z".parse::<DateTime<Utc>>().unwrap() {
            return invalid::<R>(R::TIMES[1]).map(drop);
        }
        if self.deleted.lock().unwrap().contains(record.id()) && !self.is(Broken::DeletedIsRevived) {
            return Err(StoreError::AlreadyExists { entity: R::ENTITY, conflict: Conflict::Id });
        }
        let mut saved = self.saved.lock().unwrap();
        let folded = |id: &&String| id.to_lowercase() == record.id().to_lowercase() && *id != record.id();
        if let Some(id) = saved.iter().find(folded).cloned() {
            if !self.is(Broken::FoldedReplaces) {
                return Err(StoreError::AlreadyExists { entity: R::ENTITY, conflict: Conflict::Id });
            }
            record.set_id(id);
        }
        saved.insert(record.id().to_owned());
        Ok(())
    }

    /// A key on its way in.
    fn key<R: Narrowed>(&self, key: &str) -> Result<()> {
        if self.said == Said::Narrow && self.is(Broken::ForeignKeyIsAnError) && !is_id(key) {
            return invalid::<R>("id").map(drop);
        }
        Ok(())
    }

    /// The order of ids that are numbers.
    fn sorted<R: Narrowed>(&self, mut list: Vec<R>) -> Vec<R> {
        if self.said == Said::Narrow {
            list.sort_by_key(|record| (record.time(), record.id().parse::<i64>().unwrap_or_default()));
        }
        list
    }

    fn delete(&self, id: &str) {
        if self.said == Said::Made {
            self.deleted.lock().unwrap().insert(id.to_owned());
        }
    }
}

fn invalid<R: Row>(field: &'static str) -> Result<R> {
    Err(StoreError::InvalidInput { entity: R::ENTITY, field: Some(field), reason: "no place for it".into() })
}

fn has_known_word<R: Narrowed>(record: &R) -> bool {
    R::WORDS.is_none_or(|(_, words)| record.word().is_none_or(|(word, _)| words.contains(&word)))
}

fn is_id(id: &str) -> bool {
    id.parse().is_ok_and(|number: i128| (0..=IDS).contains(&number) && number.to_string() == id)
}

fn whole_second(time: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(store_core::to_micros(time).timestamp(), 0).unwrap()
}

fn provider_id_is_taken<R: Row>() -> StoreError {
    StoreError::AlreadyExists { entity: R::ENTITY, conflict: Conflict::ProviderId }
}
