//! The rows of a store, with the mistakes that stores of every kind make.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};

use crate::fault::Fault;
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use store_core::{Conflict, Entity, Result, StoreError, to_micros};

/// Lets the others go on: what a store waits for between two calls of its database.
pub(crate) async fn pause() {
    for _ in 0..5 {
        tokio::task::yield_now().await;
    }
}

/// A record, as the rows need to know it.
pub(crate) trait Row: Clone + PartialEq + Send + Sync + 'static {
    const ENTITY: Entity;

    fn id(&self) -> &str;
    fn set_id(&mut self, id: String);
    fn provider_id(&self) -> Option<&str>;
    fn set_provider_id(&mut self, provider_id: Option<String>);
    fn metadata(&mut self) -> &mut BTreeMap<String, String>;
    fn times(&mut self) -> Vec<&mut DateTime<Utc>>;
    /// The time by which lists are ordered.
    fn time(&self) -> DateTime<Utc>;
    fn set_time(&mut self, time: DateTime<Utc>);
    /// The word that other words may join, if there is one, and the word to take for those that are unknown.
    fn word(&self) -> Option<(&str, &'static str)>;
    fn set_word(&mut self, word: &str);
}

pub(crate) struct Rows<R> {
    fault: Option<Fault>,
    rows: Mutex<Vec<R>>,
    corrupt: Mutex<BTreeMap<String, String>>,
    once_taken: Mutex<BTreeSet<String>>,
}

impl<R: Row> Rows<R> {
    pub(crate) fn new(fault: Option<Fault>) -> Self {
        Self { fault, rows: Mutex::default(), corrupt: Mutex::default(), once_taken: Mutex::default() }
    }

    pub(crate) fn fault(&self) -> Option<Fault> {
        self.fault
    }

    pub(crate) fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Vec<R>> {
        self.rows.lock().unwrap()
    }

    pub(crate) fn not_found<T>(&self, key: &str) -> Result<T> {
        let key = if self.has(Fault::NotFoundTellsNoKey) { String::new() } else { key.into() };
        Err(StoreError::NotFound { entity: R::ENTITY, key })
    }

    pub(crate) fn refused<T>(&self, conflict: Conflict) -> Result<T> {
        Err(StoreError::AlreadyExists { entity: R::ENTITY, conflict })
    }

    pub(crate) fn invalid<T>(&self, field: &'static str, reason: &str) -> Result<T> {
        Err(StoreError::InvalidInput { entity: R::ENTITY, field: Some(field), reason: reason.into() })
    }

    /// The key as it is compared.
    fn key(&self, id: &str) -> String {
        match self.fault {
            Some(Fault::IdsFolded) => id.to_lowercase(),
            Some(Fault::IdsPadded) => id.trim_end().into(),
            Some(Fault::IdsAreNumbers) => id.parse().map_or(id.into(), |number: i64| number.to_string()),
            Some(Fault::IdsComposed) => id.replace("o\u{301}", "\u{f3}"),
            _ => id.into(),
        }
    }

    pub(crate) fn same_id(&self, one: &str, other: &str) -> bool {
        if self.has(Fault::IdsArePatterns) && other == "%" {
            return true;
        }
        one == other || self.key(one) == self.key(other)
    }

    /// What comes of a record on its way in.
    pub(crate) fn taken_in(&self, record: &R) -> Result<R> {
        let mut record = record.clone();
        for time in record.times() {
            *time = self.time_taken_in(*time);
        }
        self.take_in_metadata(&mut record)?;
        match self.fault {
            Some(Fault::UpdatedAtIsNow) => **record.times().last_mut().unwrap() = to_micros(Utc::now()),
            Some(Fault::EmptyTextIsNone) if record.provider_id() == Some("") => record.set_provider_id(None),
            Some(Fault::UnknownWordIsDefault) => {
                if let Some((_, default)) = record.word().filter(|(word, _)| !KNOWN.contains(word)) {
                    record.set_word(default);
                }
            }
            Some(Fault::WordsLowered) => {
                if let Some((word, _)) = record.word() {
                    record.set_word(&word.to_lowercase());
                }
            }
            _ => {}
        }
        Ok(record)
    }

    fn time_taken_in(&self, time: DateTime<Utc>) -> DateTime<Utc> {
        match self.fault {
            Some(Fault::NanosecondsKept) => time,
            Some(Fault::TimesRounded) => {
                to_micros(time.checked_add_signed(TimeDelta::nanoseconds(500)).unwrap_or(time))
            }
            Some(Fault::MillisecondsKept) => {
                DateTime::from_timestamp_millis(time.timestamp_millis()).unwrap()
            }
            Some(Fault::FarTimeClamped) if time.year() > 9999 => "9999-12-31T23:59:59Z".parse().unwrap(),
            _ => to_micros(time),
        }
    }

    fn take_in_metadata(&self, record: &mut R) -> Result<()> {
        let nul = record.metadata().values().any(|value| value.contains('\0'));
        match self.fault {
            Some(Fault::LostMetadata) => record.metadata().clear(),
            Some(Fault::MetadataKeysLowered) => {
                let lowered = |(key, value): (String, String)| (key.to_lowercase(), value);
                *record.metadata() = std::mem::take(record.metadata()).into_iter().map(lowered).collect();
            }
            Some(Fault::TextTrimmed) => {
                record.metadata().values_mut().for_each(|value| *value = value.trim().into());
            }
            Some(Fault::TextCut) => {
                record.metadata().values_mut().for_each(|value| *value = value.chars().take(255).collect());
            }
            Some(Fault::TextEndsAtNul) => {
                let before = |value: &String| value.split('\0').next().unwrap().to_owned();
                record.metadata().values_mut().for_each(|value| *value = before(value));
            }
            Some(Fault::RefusedAndStored) if nul => {
                self.put(record.clone());
                return self.invalid("metadata", "it has a NUL");
            }
            Some(Fault::RefusalNamesNoField) if nul => {
                return Err(StoreError::InvalidInput {
                    entity: R::ENTITY,
                    field: None,
                    reason: "a NUL".into(),
                });
            }
            Some(Fault::PanicsAtNul) => assert!(!nul, "a NUL"),
            _ => {}
        }
        Ok(())
    }

    /// Refuses a key with a NUL, as a careless look-up does.
    pub(crate) fn check_key(&self, key: &str) -> Result<()> {
        if self.has(Fault::NulInKeyIsAnError) && key.contains('\0') {
            return self.invalid("id", "it has a NUL");
        }
        Ok(())
    }

    /// Whether another row has the provider id.
    pub(crate) fn check_provider_id(&self, rows: &[R], new: &R) -> Result<()> {
        let folded = |id: &str| {
            if self.has(Fault::ProviderIdFolded) { id.to_lowercase() } else { id.into() }
        };
        let provider_id = |row: &R| row.provider_id().map(folded);
        let own = |row: &R| self.same_id(row.id(), new.id()) && !self.has(Fault::OwnProviderIdRefused);
        let wanted = provider_id(new);
        let repeats = self.has(Fault::ProviderIdRepeats) || self.has(Fault::ProviderIdRewritesItsHolder);
        if wanted.is_none() && !self.has(Fault::ProviderIdNoneIsTaken) || repeats {
            return Ok(());
        }
        if self.has(Fault::ProviderIdFreeToReplace) && rows.iter().any(own) {
            return Ok(());
        }
        if self.has(Fault::ProviderIdNeverFreed)
            && !rows.iter().any(|row| provider_id(row) == wanted && own(row))
        {
            let mut once_taken = self.once_taken.lock().unwrap();
            if once_taken.contains(wanted.as_ref().unwrap()) {
                return self.refused(Conflict::ProviderId);
            }
            once_taken.extend(wanted.clone());
        }
        if rows.iter().any(|row| !own(row) && provider_id(row) == wanted) {
            return self.refused(Conflict::ProviderId);
        }
        Ok(())
    }

    /// Writes a record if the check lets it through.
    pub(crate) async fn write(&self, record: R, check: impl Fn(&[R], &R) -> Result<()> + Sync) -> Result<()> {
        if self.has(Fault::CheckThenInsert) {
            check(&self.lock(), &record)?;
            pause().await;
            self.put(record);
            return Ok(());
        }
        let half = self.has(Fault::HalfWritten).then(|| {
            let mut half = record.clone();
            half.metadata().clear();
            half
        });
        {
            let mut rows = self.lock();
            check(&rows, &record)?;
            self.place(&mut rows, half.clone().unwrap_or_else(|| record.clone()));
        }
        if half.is_some() {
            pause().await;
            self.put(record);
        }
        Ok(())
    }

    fn put(&self, record: R) {
        self.place(&mut self.lock(), record);
    }

    fn place(&self, rows: &mut Vec<R>, mut record: R) {
        if self.has(Fault::ProviderIdRewritesItsHolder)
            && let Some(holder) = rows
                .iter_mut()
                .find(|row| row.provider_id().is_some() && row.provider_id() == record.provider_id())
        {
            record.set_id(holder.id().into());
            *holder = record;
            return;
        }
        let place = rows.iter().position(|row| self.same_id(row.id(), record.id()));
        let Some(place) = place.filter(|_| !self.has(Fault::ReplacingAppends)) else {
            // In front, so that the row is the one that is found.
            let front = if self.has(Fault::ReplacingAppends) { 0 } else { rows.len() };
            return rows.insert(front, record);
        };
        if self.has(Fault::OldMetadataStays) {
            *record.metadata() = rows[place].metadata().clone();
        }
        if self.has(Fault::CreatedAtStays) {
            record.set_time(rows[place].time());
        }
        if self.has(Fault::ProviderIdStays) && record.provider_id().is_none() {
            record.set_provider_id(rows[place].provider_id().map(String::from));
        }
        if self.has(Fault::SavingTouchesItsNeighbour)
            && let Some(neighbour) = rows.iter_mut().find(|row| !self.same_id(row.id(), record.id()))
        {
            neighbour.metadata().clear();
        }
        rows[place] = record;
    }

    /// The row, if it can be read.
    pub(crate) fn read(&self, row: &R) -> Result<R> {
        let Some(column) = self.corrupt.lock().unwrap().get(row.id()).cloned() else {
            return Ok(row.clone());
        };
        let column = match self.fault {
            Some(Fault::CorruptIsDefault) => return Ok(row.clone()),
            Some(Fault::CorruptNamesNoColumn) => String::new(),
            _ => column,
        };
        Err(StoreError::Corrupt {
            entity: R::ENTITY,
            key: row.id().into(),
            column,
            source: "unreadable".into(),
        })
    }

    /// The first row of these, or not found.
    pub(crate) fn found(&self, row: Option<&R>, key: &str) -> Result<R> {
        self.check_key(key)?;
        row.map_or_else(|| self.not_found(key), |row| self.read(row))
    }

    pub(crate) fn get(&self, id: &str) -> Result<R> {
        let rows = self.lock();
        let row = rows.iter().find(|row| self.same_id(row.id(), id));
        self.found(row, id)
    }

    /// The wanted rows in the order of a list.
    pub(crate) fn list(&self, wanted: impl Fn(&R) -> bool) -> Result<Vec<R>> {
        let rows = self.lock();
        let mut rows: Vec<_> = rows.iter().filter(|row| wanted(row)).collect();
        match self.fault {
            Some(Fault::ListById) => rows.sort_by_key(|row| row.id().to_owned()),
            Some(Fault::TiesAsSaved) => rows.sort_by_key(|row| row.time()),
            Some(Fault::TiesInLocale) => rows.sort_by_key(|row| (row.time(), row.id().to_lowercase())),
            _ => rows.sort_by_key(|row| (row.time(), row.id().to_owned())),
        }
        match self.fault {
            Some(Fault::ListBackwards) => rows.reverse(),
            Some(Fault::ListEndsAt100) => rows.truncate(100),
            Some(Fault::ListOfNothingIsNotFound) if rows.is_empty() => return self.not_found("list"),
            _ => {}
        }
        let skipped = |row: &Result<R>| self.has(Fault::CorruptIsSkipped) && row.is_err();
        rows.into_iter().map(|row| self.read(row)).filter(|row| !skipped(row)).collect()
    }

    pub(crate) fn remove(&self, id: &str) -> Result<()> {
        self.check_key(id)?;
        let mut rows = self.lock();
        let place = rows.iter().position(|row| self.same_id(row.id(), id));
        match place {
            Some(_) if self.has(Fault::DeletedStays) => {}
            Some(place) => drop(rows.remove(place)),
            None if self.has(Fault::AbsentDeleteIsOk) => {}
            None => return self.not_found(id),
        }
        Ok(())
    }

    pub(crate) fn corrupt(&self, id: &str, field: &str) -> Option<String> {
        if field == "id" {
            return None;
        }
        self.corrupt.lock().unwrap().insert(id.into(), field.into());
        Some(field.into())
    }
}

const KNOWN: &[&str] =
    &["day", "week", "month", "year", "trialing", "active", "paused", "past_due", "canceled", "expired"];
