//! Records that a store can hold, by what it says of itself; without a word of it, every record is one.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use store_model::contract::{Kind, interval, plan, status};
use store_model::mapping::{Code, Constant, FieldMapping, Home, Mapping, Step, Values, Weaker, Words};

use super::coded::{self, Order};
use super::fields::{Fields, Value};
use super::outside::{Why, outside};
use super::samples::at;
use crate::error::Entity;
use crate::time::to_micros;

/// What the rules ask of the mapping of a store. A clone gives the same keys for the same names.
#[derive(Clone, Debug)]
pub(super) struct Fit<R> {
    mapping: Arc<Mapping>,
    /// The numbers that stand for names where keys are numbers.
    numbers: Arc<Mutex<BTreeMap<String, i128>>>,
    /// Whether the mapping is the store's own word.
    said: bool,
    /// Makes the fields of a record agree that decide another, if fields do.
    agree: Option<fn(&mut R)>,
}

impl<R: Fields> Fit<R> {
    pub(super) fn whole() -> Self {
        let mapping = Arc::new(Mapping::whole(R::ENTITY));
        Self { mapping, numbers: Arc::default(), said: false, agree: None }
    }

    /// The same of a store that has said what it keeps.
    ///
    /// # Panics
    /// If that is of another record.
    pub(super) fn saying(self, mapping: Mapping) -> Self {
        assert_eq!(mapping.entity, R::ENTITY, "the mapping is of another record");
        Self { mapping: Arc::new(mapping), said: true, ..self }
    }

    pub(super) fn agreeing(self, agree: fn(&mut R)) -> Self {
        Self { agree: Some(agree), ..self }
    }

    pub(super) fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// Whether the store has said what it keeps.
    pub(super) const fn is_said(&self) -> bool {
        self.said
    }

    pub(super) fn is(&self, weaker: &Weaker) -> bool {
        self.mapping.weaker.contains(weaker)
    }

    pub(super) fn folds(&self, field: &'static str) -> bool {
        self.is(&Weaker::Folds(field))
    }

    /// A time of 2024: so many seconds, or as many of the greatest step of the store's times, from its beginning.
    pub(super) fn at(&self, number: i64) -> DateTime<Utc> {
        let step = self.mapping.fields.iter().map(|field| field.step.micros()).max().unwrap_or(1);
        at(0) + TimeDelta::microseconds(number * step.max(1_000_000))
    }

    /// The smallest step between two times of a field.
    pub(super) fn tick(&self, field: &str) -> TimeDelta {
        TimeDelta::microseconds(self.mapping.field(field).step.micros())
    }

    /// The key for a name.
    pub(super) fn key(&self, field: &str, name: &str) -> String {
        let field = self.mapping.field(field);
        let value = self.value(field, Value::Text(name.to_owned()));
        value.text().unwrap_or_default().to_owned()
    }

    /// Texts that no record has in this field, beside one that a record has: in another form, of no label, of no place.
    pub(super) fn foreign(&self, field: &str, held: &str) -> Vec<String> {
        let field = self.mapping.field(field);
        let held = Value::Text(held.to_owned());
        let unheld = Why::ALL.into_iter().flat_map(|why| outside(self, field, &held, why));
        unheld.filter_map(|value| value.text().map(String::from)).collect()
    }

    /// Whether a provider id can be any.
    pub(super) fn has_provider_ids(&self) -> bool {
        let is_free =
            |field: &FieldMapping| field.home.is_own() && field.shared.is_none() && !field.view_only;
        self.mapping.fields.iter().any(|field| field.name == "provider_id" && is_free(field))
    }

    /// The record that is nearest to this one and can be held.
    pub(super) fn fit(&self, mut record: R) -> R {
        for (place, field) in self.mapping.fields.iter().enumerate() {
            let value = self.value(field, record.value(place));
            record.set(place, value);
        }
        if R::ENTITY == Entity::Plan {
            self.fit_interval(&mut record);
        }
        self.require(&mut record);
        self.share(&mut record, |_| true);
        self.as_read(self.agreed(record))
    }

    /// The record with what decides another field as the value of that asks for.
    pub(super) fn agreed(&self, mut record: R) -> R {
        if let Some(agree) = self.agree {
            agree(&mut record);
        }
        record
    }

    /// Whether fields can contradict what they decide: a column that the store writes beside them can't.
    pub(super) const fn can_disagree(&self) -> bool {
        self.agree.is_some()
    }

    /// Gives fields that can't be none something, of which no two records have the same.
    fn require(&self, record: &mut R) {
        for (place, field) in self.mapping.fields.iter().enumerate().filter(|(_, field)| field.required) {
            let something = match record.value(place) {
                Value::MaybeText(None) => {
                    Value::MaybeText(Some(self.text(&field.values, &format!("of {}", record.id()))))
                }
                Value::MaybeTime(None) => Value::MaybeTime(Some(cut(field.step, self.at(0)))),
                _ => continue,
            };
            record.set(place, something);
        }
    }

    /// The same with times as fine as they were, where they are cut.
    pub(super) fn uncut(&self, record: R) -> R
    where
        R: Clone,
    {
        let mut fitted = self.fit(record.clone());
        for (place, field) in self.mapping.fields.iter().enumerate() {
            let fine = record.value(place);
            let is_cut = fine.time().map(|time| cut(field.step, time)) == fitted.value(place).time();
            let in_column = field.home.is_own() && !field.generated;
            if fine.time().is_some() && is_cut && in_column && !matches!(field.step, Step::Exact(_)) {
                fitted.set(place, fine);
            }
        }
        self.share(&mut fitted, |_| true);
        fitted
    }

    /// The record as it is read: times cut, what is dropped as it is declared.
    pub(super) fn as_read(&self, mut record: R) -> R {
        for (place, field) in self.mapping.fields.iter().enumerate() {
            let value = record.value(place);
            let value = match field.home {
                Home::Absent if field.dropped => value.empty(),
                Home::Constant(constant) if field.dropped => constant_of(constant, &value),
                _ => value.time().map_or(value.clone(), |time| value.with_time(cut(field.step, time))),
            };
            record.set(place, value);
        }
        self.share(&mut record, |field| field.dropped);
        self.blank(record)
    }

    /// The record with what the database makes as it likes in one form.
    pub(super) fn blank(&self, mut record: R) -> R {
        for (place, field) in self.mapping.fields.iter().enumerate() {
            let value = record.value(place);
            if field.generated && matches!(value, Value::Time(_) | Value::MaybeTime(_)) {
                record.set(place, value.with_time(at(0)));
            }
        }
        record
    }

    /// The list with what the database makes as it likes in one form; in the one order, if that is made of it.
    pub(super) fn blank_list(&self, list: Vec<R>) -> Vec<R> {
        let mut list: Vec<_> = list.into_iter().map(|record| self.blank(record)).collect();
        if self.mapping.fields[R::ORDER].generated {
            self.sort(&mut list);
        }
        list
    }

    /// Puts records in the order of lists.
    pub(super) fn sort(&self, list: &mut [R]) {
        let values = &self.mapping.field("id").values;
        let key = |record: &R| match values {
            Values::Integers(_) => vec![Order::Number(record.id().parse().unwrap_or_default())],
            Values::Coded(code) => coded::order(code, &record.value(0)),
            _ => vec![Order::Bytes(record.id().as_bytes().to_vec())],
        };
        list.sort_by_cached_key(|record| (record.value(R::ORDER).time(), key(record)));
    }

    /// Gives fields that share the column of another its value.
    fn share(&self, record: &mut R, wanted: impl Fn(&FieldMapping) -> bool) {
        for (place, field) in self.mapping.fields.iter().enumerate() {
            if let Some(owner) = field.shared.filter(|_| wanted(field)) {
                self.copy(record, owner, place);
            }
        }
    }

    /// The record after a change of one field: those that share its column are changed with it.
    pub(super) fn follow(&self, mut record: R, changed: &str) -> R {
        for (place, field) in self.mapping.fields.iter().enumerate() {
            if field.shared == Some(changed) {
                self.copy(&mut record, changed, place);
            }
        }
        record
    }

    fn copy(&self, record: &mut R, owner: &str, place: usize) {
        let owner = self.mapping.fields.iter().position(|field| field.name == owner);
        if let Some(owner) = owner {
            let value = record.value(owner).in_place_of(&record.value(place));
            record.set(place, value);
        }
    }

    /// An interval that is kept with its count has to be one of those that are.
    fn fit_interval(&self, record: &mut R) {
        let Values::Intervals(held, others) = &self.mapping.fields[plan::INTERVAL].values else { return };
        let (word, count) = (record.value(plan::INTERVAL), record.value(plan::INTERVAL_COUNT));
        let is = |held: &&(&str, Option<u32>)| {
            word.text() == Some(held.0) && held.1.is_none_or(|one| count == Value::Count(one))
        };
        if count == Value::Count(1) && word.text().is_some_and(|word| others.hold(word)) {
            return;
        }
        let Some((word, count)) = held.iter().find(is).or(held.first()) else { return };
        record.set(plan::INTERVAL, Value::Text((*word).to_owned()));
        if let Some(count) = count {
            record.set(plan::INTERVAL_COUNT, Value::Count(*count));
        }
    }

    /// The value that is nearest to this one and can be held.
    fn value(&self, field: &FieldMapping, value: Value) -> Value {
        let value = match field.home {
            Home::Absent => return value.empty(),
            Home::Constant(constant) => return constant_of(constant, &value),
            // What a view adds to a new record is nothing, as far as one can know.
            _ if field.view_only => return value.empty(),
            _ => match (&field.values, value) {
                (Values::Coded(code), value) => self.coded(field, code, value),
                (Values::Words(words), Value::Boolean(boolean)) => {
                    Value::Boolean(held_boolean(words, boolean))
                }
                (Values::Words(words), Value::Text(word)) => Value::Text(held_word(field.kind, words, word)),
                (Values::Integers(range), Value::Integer(number)) => Value::Integer(within(range, number)),
                (Values::Integers(range), Value::Count(number)) => Value::Count(within(range, number)),
                (Values::KeysBut(taken), Value::Texts(mut texts)) => {
                    texts.retain(|key, _| !taken.contains(&key.as_str()));
                    Value::Texts(texts)
                }
                (Values::Keys(known, range), Value::Numbers(numbers)) => {
                    let held = known.iter().zip(numbers.into_values());
                    let held = held.map(|(key, number)| ((*key).to_owned(), within(range, number)));
                    Value::Numbers(held.collect())
                }
                (Values::Keys(known, _), Value::List(list)) => {
                    Value::List(known.iter().zip(list).map(|(key, _)| (*key).to_owned()).collect())
                }
                (Values::Delimited(delimiter), Value::List(list)) => Value::List(held_list(delimiter, list)),
                (Values::Times(range), value) => value
                    .time()
                    .map_or(value.clone(), |time| value.with_time(held_time(range, cut(field.step, time)))),
                (_, value) => match value.text() {
                    Some(text) => value.with_text(self.text(&field.values, text)),
                    None => value,
                },
            },
        };
        match field.none {
            // An id can't be none.
            Some(none) if value == constant_of(none, &value) && field.kind == Kind::Key => {
                value.with_text(self.text(&field.values, "another"))
            }
            Some(none) if value == constant_of(none, &value) => value.empty(),
            _ => value,
        }
    }

    /// The value itself, if a codec takes it, or one that is as good.
    fn coded(&self, field: &FieldMapping, code: &Code<'static>, value: Value) -> Value {
        let takes = |value: &Value| coded::takes(code, value);
        if takes(&value) {
            return value;
        }
        let word = value.text().filter(|_| field.kind == Kind::Word);
        let known: &[&str] = if field.name == "interval" { &interval::ALL } else { &status::ALL };
        let taken: Vec<_> =
            known.iter().copied().filter(|word| takes(&Value::Text((*word).into()))).collect();
        let alike = word.and_then(|word| live_as(word, taken.into_iter()));
        // A text has one number in whichever field.
        let name = value.text().map_or_else(|| format!("{value:?}"), str::to_owned);
        let example = || coded::example(code, self.number(&name) as u32, &value);
        let other = match (alike, &value) {
            (Some(word), _) => Some(Value::Text(word.into())),
            (None, Value::Boolean(boolean)) => Some(Value::Boolean(!boolean)),
            _ => example(),
        };
        other.unwrap_or_else(|| value.empty())
    }

    /// The text itself, or one that stands for it.
    fn text(&self, values: &Values, text: &str) -> String {
        if holds_text(values, text) {
            return text.to_owned();
        }
        match values {
            Values::Uuids => uuid(text),
            Values::Integers(range) => {
                (range.start() + (self.number(text) - range.start()) % size(range)).to_string()
            }
            Values::Short(letters) => {
                let number = self.number(text).to_string();
                number[number.len().saturating_sub((*letters).into())..].to_owned()
            }
            _ => text.to_owned(),
        }
    }

    /// A number of its own for each text.
    fn number(&self, text: &str) -> i128 {
        /// Above the numbers that samples are themselves.
        const FIRST: i128 = 1_000;
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let next = FIRST + numbers.len() as i128;
        *numbers.entry(text.to_owned()).or_insert(next)
    }
}

const fn size(range: &RangeInclusive<i128>) -> i128 {
    range.end().saturating_sub(*range.start()).saturating_add(1)
}

/// The number, or one of the range that is as good.
fn within<N: Copy + Into<i128> + TryFrom<i128>>(range: &RangeInclusive<i128>, number: N) -> N {
    let wide = number.into();
    if range.contains(&wide) {
        return number;
    }
    (range.start() + wide.rem_euclid(size(range))).try_into().unwrap_or(number)
}

fn held_time(range: &RangeInclusive<i64>, time: DateTime<Utc>) -> DateTime<Utc> {
    let micros = time.timestamp_micros().clamp(*range.start(), *range.end());
    if micros == time.timestamp_micros() { time } else { at(0) }
}

/// A time in steps.
pub(super) fn cut(step: Step, time: DateTime<Utc>) -> DateTime<Utc> {
    let (time, step) = (to_micros(time), step.micros());
    let over = time.timestamp_micros().rem_euclid(step);
    time.checked_sub_signed(TimeDelta::microseconds(over)).unwrap_or(time)
}

/// A constant in the place of a value.
pub(super) fn constant_of(constant: Constant<'_>, value: &Value) -> Value {
    match (constant, value) {
        (Constant::Text(text), value) => value.with_text(text.to_owned()),
        (Constant::Integer(number), Value::Count(_)) => Value::Count(number.try_into().unwrap_or_default()),
        (Constant::Integer(number), _) => Value::Integer(number),
        (Constant::Boolean(boolean), _) => Value::Boolean(boolean),
        (Constant::Time(micros), value) => {
            value.with_time(DateTime::from_timestamp_micros(micros).unwrap_or_default())
        }
        (Constant::Empty, value) => value.empty(),
    }
}

/// The list without delimiters in its elements; one empty element is none.
fn held_list(delimiter: &str, mut list: Vec<String>) -> Vec<String> {
    list.iter_mut().for_each(|text| *text = text.replace(delimiter, "_"));
    if list == [""] { Vec::new() } else { list }
}

fn held_boolean(words: &Words, boolean: bool) -> bool {
    let is_held = words.labelled.contains(&if boolean { "true" } else { "false" });
    is_held == boolean
}

pub(super) fn holds_word(words: &Words, word: &str) -> bool {
    words.labelled.contains(&word) || words.others.hold(word)
}

/// The word itself, or another that is live if this one is.
fn held_word(kind: Kind, words: &Words, word: String) -> String {
    if kind != Kind::Word || holds_word(words, &word) {
        return word;
    }
    let known = status::ALL.iter().filter(|_| !interval::ALL.contains(&word.as_str()));
    let held = words.labelled.iter().chain(known).filter(|word| holds_word(words, word));
    live_as(&word, held.copied()).map_or(word.clone(), str::to_owned)
}

/// The first of the words that is live if this one is, or the first of all.
fn live_as<'w>(word: &str, mut held: impl Iterator<Item = &'w str> + Clone) -> Option<&'w str> {
    let is_live = |word: &str| status::LIVE.contains(&word);
    let alike = held.clone().find(|one| is_live(one) == is_live(word));
    alike.or_else(|| held.next())
}

pub(super) fn holds_text(values: &Values, text: &str) -> bool {
    match values {
        Values::Uuids => is_uuid(text),
        Values::Integers(range) => integer(text).is_some_and(|number| range.contains(&number)),
        Values::Short(letters) => text.chars().count() <= (*letters).into() && !text.ends_with(' '),
        _ => true,
    }
}

/// The number that a text is, written as numbers are.
fn integer(text: &str) -> Option<i128> {
    text.parse().ok().filter(|number: &i128| number.to_string() == text)
}

fn is_uuid(text: &str) -> bool {
    let hyphens = [8, 13, 18, 23];
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| {
            if hyphens.contains(&index) { byte == b'-' } else { matches!(byte, b'0'..=b'9' | b'a'..=b'f') }
        })
}

/// The UUID that stands for a text: two hashes of it (FNV-1a).
fn uuid(text: &str) -> String {
    let hash = |seed: u64| {
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        text.bytes().fold(seed, mix)
    };
    let digits = format!("{:016x}{:016x}", hash(0xcbf2_9ce4_8422_2325), hash(0x8422_2325_cbf2_9ce4));
    format!("{}-{}-4{}-8{}-{}", &digits[..8], &digits[8..12], &digits[13..16], &digits[17..20], &digits[20..])
}
