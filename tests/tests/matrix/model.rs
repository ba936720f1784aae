//! What a store does, by what it says of itself, in memory.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use store_core::contract::fields::{Fields, Value};
use store_core::mapping::{Constant, FieldMapping, Home, Mapping, Null, Others, Step, Values, Weaker, Words};
use store_core::{Conflict, StoreError, to_micros};
use store_model::contract::plan;

use crate::decision::Decision;

/// How a call ends.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Told<T> {
    Done(T),
    NotFound,
    Exists(Conflict),
    /// One of these fields can't be held.
    Unfit(Vec<&'static str>),
    ReadOnly,
    Overflow,
}

impl<T: PartialEq + std::fmt::Debug> Told<T> {
    /// Whether a store has ended so.
    pub(crate) fn agrees(&self, found: &store_core::Result<T>) -> Result<(), String> {
        let is_so = match (self, found) {
            (Self::Done(expected), Ok(found)) => expected == found,
            (Self::NotFound, Err(StoreError::NotFound { .. }))
            | (Self::ReadOnly, Err(StoreError::ReadOnly { .. }))
            | (Self::Overflow, Err(StoreError::Overflow)) => true,
            (Self::Exists(expected), Err(error)) => error.conflict() == Some(expected),
            (Self::Unfit(fields), Err(StoreError::InvalidInput { field: Some(field), .. })) => {
                fields.contains(field)
            }
            _ => false,
        };
        if is_so { Ok(()) } else { Err(format!("found {found:?}\n  expected {self:?}")) }
    }
}

/// What a store of a mapping holds.
#[derive(Clone, Debug)]
pub(crate) struct Holder {
    pub(crate) mapping: Mapping,
    /// Whether amounts are kept in the digits of their currency.
    pub(crate) by_currency: bool,
    /// What other tables have of fields that lead there.
    pub(crate) elsewhere: BTreeMap<&'static str, Vec<Value>>,
    /// What other fields decide.
    pub(crate) decision: Option<Decision>,
}

/// The currencies that the values have; of no other the digits are known here.
pub(crate) const CURRENCIES: [&str; 3] = ["EUR", "JPY", "KWD"];

impl Holder {
    pub(crate) fn field(&self, name: &str) -> &FieldMapping {
        self.mapping.field(name)
    }

    pub(crate) fn is(&self, weaker: &Weaker) -> bool {
        self.mapping.weaker.contains(weaker)
    }

    /// The record as it will be read, or the fields that can't be held.
    pub(crate) fn hold<R: Fields + Clone>(&self, record: &R) -> Result<R, Vec<&'static str>> {
        let (mut read, mut unfit) = (record.clone(), Vec::new());
        for (place, field) in self.mapping.fields.iter().enumerate() {
            let value = micros(record.value(place));
            match self.value(field, value, record) {
                Some(value) => read.set(place, value),
                None => unfit.push(field.name),
            }
        }
        for (place, field) in self.mapping.fields.iter().enumerate() {
            let Some(owner) = field.shared.map(|owner| self.place(owner)) else { continue };
            let own = read.value(owner).in_place_of(&read.value(place));
            let is_none = read.value(place) == read.value(place).empty() && own != read.value(place);
            if field.dropped {
                read.set(place, own);
            } else if is_none || own != read.value(place) {
                unfit.push(field.name);
            }
        }
        if self.by_currency {
            let currency = record.value(plan::CURRENCY);
            if !CURRENCIES.iter().any(|known| currency.text() == Some(known)) {
                unfit.push("amount");
            }
        }
        if let Some(decision) = &self.decision
            && decision.of(&read) != read.value(decision.place)
        {
            unfit.push(self.mapping.fields[decision.place].name);
        }
        if unfit.is_empty() { Ok(read) } else { Err(unfit) }
    }

    /// A field of a record as it will be read, of one that can be held.
    pub(crate) fn held_in(&self, place: usize, record: &impl Fields) -> Value {
        let field = &self.mapping.fields[place];
        self.value(field, micros(record.value(place)), record).expect("it can be held")
    }

    fn place(&self, name: &str) -> usize {
        self.mapping.fields.iter().position(|field| field.name == name).expect("a field of the record")
    }

    /// A value as it is read; none if it can't be held.
    fn value(&self, field: &FieldMapping, value: Value, record: &impl Fields) -> Option<Value> {
        match field.home {
            Home::Absent if field.dropped => return Some(value.empty()),
            Home::Absent => return (value == value.empty()).then_some(value),
            Home::Constant(constant) => {
                let constant = constant_of(constant, &value);
                return (field.dropped || constant == value).then_some(constant);
            }
            Home::Within(_) => return Some(value),
            _ => {}
        }
        // What the column of another has is looked at there.
        if field.shared.is_some() && field.dropped {
            return Some(value);
        }
        let is_none = |value: &Value| {
            field.none.is_some_and(|none| constant_of(none, value) == *value && *value != value.empty())
        };
        if is_none(&value) {
            return None;
        }
        if !self.is_elsewhere(field, &value) {
            return None;
        }
        if let (Values::Intervals(held, others), Some(word)) = (&field.values, value.text()) {
            let count = record.value(plan::INTERVAL_COUNT);
            if count == Value::Count(1) && holds_other(others, word) {
                return Some(value);
            }
            let is_held = |(known, one): &(&str, Option<u32>)| {
                *known == word && one.is_none_or(|one| count == Value::Count(one))
            };
            return held.iter().any(is_held).then_some(value);
        }
        let Some(time) = value.time() else { return holds(field, &value).then_some(value) };
        let cut = cut(time, field.step.micros());
        if matches!(field.step, Step::Exact(_)) && cut != time {
            return None;
        }
        let value = value.with_time(cut);
        (holds(field, &value) && !is_none(&value)).then_some(value)
    }

    /// Whether another table has a value, or it leads to none on purpose.
    fn is_elsewhere(&self, field: &FieldMapping, value: &Value) -> bool {
        let Some(values) = self.elsewhere.get(field.name) else { return true };
        let is_null = match field.null {
            Some(Null::Is(constant)) => constant_of(constant, value) == *value,
            _ => *value == value.empty() && value.text().is_none(),
        };
        is_null || values.contains(value)
    }
}

fn micros(value: Value) -> Value {
    value.time().map_or(value.clone(), |time| value.with_time(to_micros(time)))
}

fn cut(time: DateTime<Utc>, step: i64) -> DateTime<Utc> {
    let over = time.timestamp_micros().rem_euclid(step);
    time.checked_sub_signed(TimeDelta::microseconds(over)).unwrap_or(time)
}

fn holds(field: &FieldMapping, value: &Value) -> bool {
    match (&field.values, value) {
        (Values::All, _) => true,
        (Values::Uuids, value) => value.text().is_none_or(is_uuid),
        (Values::Short(letters), value) => value.text().is_none_or(|text| is_short(text, *letters)),
        (Values::Delimited(delimiter), Value::List(list)) => {
            *list != [""] && !list.iter().any(|text| text.contains(delimiter))
        }
        (Values::Integers(range), Value::Integer(number)) => range.contains(&(*number).into()),
        (Values::Integers(range), Value::Count(number)) => range.contains(&(*number).into()),
        (Values::Integers(range), value) => {
            value.text().is_none_or(|text| integer(text).is_some_and(|number| range.contains(&number)))
        }
        (Values::Words(words), Value::Boolean(boolean)) => holds_word(words, &boolean.to_string()),
        (Values::Words(words), value) => value.text().is_none_or(|word| holds_word(words, word)),
        (Values::Keys(known, range), Value::Numbers(numbers)) => {
            numbers.iter().all(|(key, number)| known.contains(&&**key) && range.contains(&(*number).into()))
        }
        (Values::Keys(known, _), Value::List(list)) => {
            let in_order = known.iter().filter(|key| list.iter().any(|it| it == *key));
            in_order.eq(list.iter())
        }
        (Values::KeysBut(taken), Value::Texts(texts)) => !taken.iter().any(|key| texts.contains_key(*key)),
        (Values::Times(range), value) => {
            value.time().is_none_or(|time| range.contains(&time.timestamp_micros()))
        }
        (values, value) => panic!("{value:?} of {values:?}"),
    }
}

fn holds_word(words: &Words, word: &str) -> bool {
    words.labelled.contains(&word) || holds_other(&words.others, word)
}

fn holds_other(others: &Others, word: &str) -> bool {
    match others {
        Others::Refused => false,
        Others::Texts(taken) => !taken.contains(&word),
        Others::Short(letters, taken) => !taken.contains(&word) && is_short(word, *letters),
        Others::Integers(range, taken) => integer(word).is_some_and(|number| {
            range.contains(&number) && !taken.iter().any(|taken| i128::from(*taken) == number)
        }),
        others => panic!("{others:?}"),
    }
}

fn is_short(text: &str, letters: u16) -> bool {
    text.chars().count() <= usize::from(letters) && !text.ends_with(' ')
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').map(str::len).collect();
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-');
    parts == [8, 4, 4, 4, 12] && text.bytes().all(is_digit)
}

fn integer(text: &str) -> Option<i128> {
    text.parse().ok().filter(|number: &i128| number.to_string() == text)
}

/// A constant in the place of a value.
pub(crate) fn constant_of(constant: Constant<'_>, value: &Value) -> Value {
    match (constant, value) {
        (Constant::Text(text), value) => value.with_text(text.to_owned()),
        (Constant::Integer(number), Value::Count(_)) => Value::Count(number.try_into().expect("a count")),
        (Constant::Integer(number), _) => Value::Integer(number),
        (Constant::Boolean(boolean), _) => Value::Boolean(boolean),
        (Constant::Time(micros), value) => {
            value.with_time(DateTime::from_timestamp_micros(micros).expect("a time"))
        }
        (Constant::Empty, value) => value.empty(),
    }
}

/// The rows of one store.
#[derive(Clone, Debug)]
pub(crate) struct Rows<R> {
    pub(crate) records: BTreeMap<String, R>,
    deleted: BTreeSet<String>,
}

impl<R> Default for Rows<R> {
    fn default() -> Self {
        Self { records: BTreeMap::new(), deleted: BTreeSet::new() }
    }
}

impl<R: Fields + Clone> Rows<R> {
    /// Whether a new row or a save of this id is refused for it.
    pub(crate) fn is_deleted(&self, id: &str) -> bool {
        self.deleted.contains(id)
    }

    pub(crate) fn has_ever(&self, id: &str) -> bool {
        self.records.contains_key(id) || self.is_deleted(id)
    }

    pub(crate) fn delete(&mut self, id: &str, stays: bool) -> Told<()> {
        match self.records.remove(id) {
            None => Told::NotFound,
            Some(_) => {
                self.deleted.extend(stays.then(|| id.to_owned()));
                Told::Done(())
            }
        }
    }

    pub(crate) fn get(&self, id: &str) -> Told<R> {
        self.records.get(id).cloned().map_or(Told::NotFound, Told::Done)
    }

    /// Those that are wanted, in the order of lists.
    pub(crate) fn list(&self, holder: &Holder, wanted: impl Fn(&R) -> bool) -> Vec<R> {
        let mut list: Vec<_> = self.records.values().filter(|record| wanted(record)).cloned().collect();
        list.sort_by(|a, b| order(holder, a).cmp(&order(holder, b)));
        list
    }
}

/// What lists are ordered by: the time, then the id, by its value where it is a number.
pub(crate) fn order<'r, R: Fields>(
    holder: &Holder,
    record: &'r R,
) -> (Option<DateTime<Utc>>, Option<i128>, &'r str) {
    let by_value = matches!(holder.field("id").values, Values::Integers(_));
    let number = record.id().parse().ok().filter(|_| by_value);
    (record.value(R::ORDER).time(), number, record.id())
}
