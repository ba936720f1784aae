//! Values that a store can't hold, by what it says of itself.

use chrono::{DateTime, TimeDelta, Utc};
use store_model::contract::{Kind, interval, status};
use store_model::mapping::{FieldMapping, Home, Others, Step, Values};

use super::coded;
use super::fields::{Fields, Value};
use super::fit::{Fit, constant_of, cut, holds_text, holds_word};
use super::samples::{COUNTS, INTEGERS, OTHER_WORDS, TEXTS};

/// Why a store can't hold a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// The field has no place, or is only read.
    Absent,
    /// The field is always another value.
    Constant,
    /// Another field in the same column has another value.
    Shared,
    /// The word has no label.
    Word,
    /// The number is out of range.
    Number,
    /// The text is in another form, or too long.
    Form,
    /// The time is finer than the steps.
    Finer,
    /// The time is out of range.
    Far,
    /// It can't be told from none.
    None,
    /// It is none, where there must be something.
    Missing,
    /// The other table that has the values of the field does not have it.
    Elsewhere,
    /// A codec doesn't take it.
    Codec,
    /// A key has no place, or is that of another field.
    Key,
    /// Other fields decide another value.
    Decided,
}

impl Why {
    pub(super) const ALL: [Self; 14] = [
        Self::Absent,
        Self::Constant,
        Self::Shared,
        Self::Word,
        Self::Number,
        Self::Form,
        Self::Finer,
        Self::Far,
        Self::None,
        Self::Missing,
        Self::Elsewhere,
        Self::Codec,
        Self::Key,
        Self::Decided,
    ];
}

/// Values of a field that can't be held for this reason, beside a value that can be.
pub(super) fn outside(fit: &Fit<impl Fields>, field: &FieldMapping, held: &Value, why: Why) -> Vec<Value> {
    let in_column = field.home.is_own() && !field.generated && !field.view_only;
    match (why, field.home) {
        (Why::Absent, Home::Absent) if !field.dropped => some(held, fit.at(1)),
        (Why::Absent, _) if field.view_only => some(held, fit.at(1)),
        (Why::Constant, Home::Constant(constant)) if !field.dropped => others(&constant_of(constant, held)),
        (Why::Shared, _) if in_column && !field.dropped => shared(fit, field, held),
        (Why::Word, home) if in_column || home == Home::Decided => words(field, held),
        (Why::Decided, Home::Decided) if fit.can_disagree() => decided(field, held),
        (Why::Number, _) if in_column => numbers(field),
        (Why::Form, _) if in_column && field.shared.is_none() => match (&field.values, held) {
            (Values::Delimited(delimiter), Value::List(_)) => {
                [String::new(), format!("a{delimiter}b")].map(|text| Value::List(vec![text])).to_vec()
            }
            _ => texts(field, held),
        },
        (Why::Finer, _) if in_column && field.shared.is_none() => finer(fit, field, held),
        (Why::Far, _) if in_column && field.shared.is_none() => far(field, held),
        (Why::Missing, _) if in_column && field.required => vec![held.empty()],
        (Why::Codec, _) if in_column && field.shared.is_none() => untaken(field, held),
        (Why::Key, _) if in_column => keys(field, held),
        (Why::None, _) if in_column => field.none.iter().map(|none| constant_of(*none, held)).collect(),
        (Why::Elsewhere, _) if in_column && field.elsewhere.is_some() && field.shared.is_none() => {
            vec![held.with_text(fit.key(field.name, NOWHERE))]
        }
        _ => Vec::new(),
    }
}

/// What no other table has.
const NOWHERE: &str = "nowhere";

/// Values that are not none or empty.
fn some(held: &Value, time: DateTime<Utc>) -> Vec<Value> {
    match held {
        Value::Text(_) => vec![Value::Text("something".into())],
        Value::MaybeText(_) => ["something", ""].map(|text| Value::MaybeText(Some(text.into()))).to_vec(),
        Value::MaybeTime(_) => vec![Value::MaybeTime(Some(time))],
        Value::List(_) => vec![Value::List(vec![String::new()])],
        Value::Numbers(_) => vec![Value::Numbers([("something".into(), 0)].into())],
        Value::Texts(_) => vec![Value::Texts([("something".into(), String::new())].into())],
        Value::Integer(_) | Value::Count(_) | Value::Boolean(_) | Value::Time(_) => Vec::new(),
    }
}

/// Values near to one, but others.
fn others(value: &Value) -> Vec<Value> {
    let micro = TimeDelta::microseconds(1);
    match value {
        Value::Text(text) => vec![Value::Text(format!("{text} ")), Value::Text(format!("another {text}"))],
        Value::MaybeText(Some(text)) => {
            vec![Value::MaybeText(Some(format!("{text} "))), Value::MaybeText(None)]
        }
        Value::Integer(number) => {
            vec![Value::Integer(number.wrapping_add(1)), Value::Integer(number.wrapping_neg())]
                .into_iter()
                .filter(|other| other != value)
                .collect()
        }
        Value::Count(count) => vec![Value::Count(count.wrapping_add(1))],
        Value::Boolean(boolean) => vec![Value::Boolean(!boolean)],
        Value::Time(time) => vec![Value::Time(*time + micro), Value::Time(*time - micro)],
        Value::MaybeTime(Some(time)) => vec![Value::MaybeTime(Some(*time + micro)), Value::MaybeTime(None)],
        // None and empty.
        value => some(value, DateTime::UNIX_EPOCH),
    }
}

/// Values that the other field in the column does not have.
fn shared(fit: &Fit<impl Fields>, field: &FieldMapping, held: &Value) -> Vec<Value> {
    if field.shared.is_none() {
        return Vec::new();
    }
    let mut values = Vec::new();
    if held.text().is_some() {
        values.push(held.with_text(fit.key(field.name, "another")));
    }
    if let Some(time) = held.time() {
        values.push(held.with_time(time + fit.tick(field.name)));
    }
    if matches!(held, Value::MaybeText(_) | Value::MaybeTime(_)) {
        values.push(held.empty());
    }
    values
}

/// Values of all kinds that a codec doesn't take.
fn untaken(field: &FieldMapping, held: &Value) -> Vec<Value> {
    let Values::Coded(code) = &field.values else { return Vec::new() };
    let mut tried = others(held);
    tried.push(held.empty());
    match held {
        Value::Text(_) | Value::MaybeText(_) => {
            let texts = TEXTS.iter().chain(OTHER_WORDS).chain(&status::ALL).chain(&interval::ALL);
            tried.extend(texts.map(|text| held.with_text((*text).to_owned())));
        }
        Value::Integer(_) => tried.extend(INTEGERS.iter().map(|number| Value::Integer(*number))),
        Value::Count(_) => tried.extend(COUNTS.iter().map(|count| Value::Count(*count))),
        _ => {}
    }
    tried.retain(|value| !coded::takes(code, value));
    tried
}

fn words(field: &FieldMapping, held: &Value) -> Vec<Value> {
    let known: &[&str] =
        if status::ALL.contains(&held.text().unwrap_or_default()) { &status::ALL } else { &interval::ALL };
    let tried = known.iter().chain(OTHER_WORDS).copied();
    match (&field.values, field.kind) {
        (Values::Words(words), Kind::Word) => {
            let mut tried: Vec<String> = tried.map(String::from).collect();
            tried.extend(taken(&words.others));
            let unheld = tried.into_iter().filter(|word| !holds_word(words, word));
            unheld.map(Value::Text).collect()
        }
        (Values::Words(words), Kind::Boolean) => {
            let booleans = [(true, "true"), (false, "false")].into_iter();
            booleans
                .filter(|(_, word)| !words.labelled.contains(word))
                .map(|(value, _)| Value::Boolean(value))
                .collect()
        }
        (Values::Intervals(held, others), _) => {
            let mut tried: Vec<String> = tried.map(String::from).collect();
            tried.extend(taken(others));
            let is_held = |word: &str| held.iter().any(|(one, _)| *one == word) || others.hold(word);
            tried.into_iter().filter(|word| !is_held(word)).map(Value::Text).collect()
        }
        _ => Vec::new(),
    }
}

/// The other values of those that a field can have: what decides it is as it was.
fn decided(field: &FieldMapping, held: &Value) -> Vec<Value> {
    let words = |words: &[&str]| words.iter().map(|word| held.with_text((*word).to_owned())).collect();
    let values: Vec<_> = match (&field.values, held) {
        (_, Value::Boolean(truth)) => vec![Value::Boolean(!truth)],
        (Values::Words(held), _) => words(&held.labelled),
        _ => words(&status::ALL),
    };
    values.into_iter().filter(|value| value != held).collect()
}

/// The labels of others, as words.
fn taken(others: &Others) -> Vec<String> {
    match others {
        Others::Refused => Vec::new(),
        Others::Texts(taken) => taken.iter().map(|word| (*word).to_owned()).collect(),
        Others::Short(letters, taken) => {
            let long = ["a".repeat(usize::from(*letters) + 1), "a ".into()];
            taken.iter().map(|word| (*word).to_owned()).chain(long).collect()
        }
        Others::Integers(range, taken) => {
            let digits = taken.iter().map(ToString::to_string);
            let beyond = [range.start() - 1, range.end() + 1].map(|number| number.to_string());
            digits.chain(["007", "+7", " 7", "7.0"].map(String::from)).chain(beyond).collect()
        }
        _ => Vec::new(),
    }
}

fn keys(field: &FieldMapping, held: &Value) -> Vec<Value> {
    let own = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
    match (&field.values, held) {
        (Values::KeysBut(taken), Value::Texts(texts)) => {
            let with = |key: String| texts.clone().into_iter().chain([(key, "x".to_owned())]).collect();
            own(taken).into_iter().map(|key| Value::Texts(with(key))).collect()
        }
        (Values::Keys(known, range), Value::Numbers(_)) => {
            let other = Value::Numbers([("no key of these".to_owned(), 1)].into());
            let beyond = [range.start().saturating_sub(1), range.end().saturating_add(1)];
            let beyond = beyond.into_iter().filter_map(|number| i64::try_from(number).ok());
            let beyond = beyond
                .map(|number| Value::Numbers(own(known).into_iter().map(|key| (key, number)).collect()));
            beyond.chain([other]).collect()
        }
        (Values::Keys(known, _), Value::List(_)) => {
            let twice = [own(known), own(known)].concat();
            let turned = own(known).into_iter().rev().collect::<Vec<_>>();
            let mut lists = vec![vec!["none of these".to_owned()], twice];
            lists.extend((turned.len() > 1).then_some(turned));
            lists.into_iter().map(Value::List).collect()
        }
        _ => Vec::new(),
    }
}

fn numbers(field: &FieldMapping) -> Vec<Value> {
    let Values::Integers(range) = &field.values else { return Vec::new() };
    let beyond =
        [range.start().saturating_sub(1), range.end().saturating_add(1), i64::MIN.into(), i64::MAX.into()];
    let beyond = beyond.into_iter().chain([u32::MAX.into()]).filter(|number| !range.contains(number));
    match field.kind {
        Kind::Integer => beyond.filter_map(|number| number.try_into().ok().map(Value::Integer)).collect(),
        Kind::Count => beyond.filter_map(|number| number.try_into().ok().map(Value::Count)).collect(),
        _ => Vec::new(),
    }
}

fn texts(field: &FieldMapping, held: &Value) -> Vec<Value> {
    let text = match held {
        Value::MaybeText(None) => String::new(),
        _ => match held.text() {
            Some(text) => text.to_owned(),
            None => return Vec::new(),
        },
    };
    let bare = text.replace('-', "");
    let tried = [
        String::new(),
        "text".into(),
        "007".into(),
        "+7".into(),
        "7.0".into(),
        "-0".into(),
        "1e3".into(),
        text.to_uppercase(),
        format!("{{{text}}}"),
        format!("urn:uuid:{text}"),
        format!("{text} "),
        format!(" {text}"),
        bare,
        "x".repeat(40),
        "9".repeat(20),
        "-9223372036854775809".into(),
    ];
    let mut tried = tried.to_vec();
    if let Values::Integers(range) = &field.values {
        tried.extend([range.start() - 1, range.end() + 1].map(|number| number.to_string()));
    }
    let unheld = tried.into_iter().filter(|text| !holds_text(&field.values, text));
    unheld.map(|text| held.with_text(text)).collect()
}

fn finer(fit: &Fit<impl Fields>, field: &FieldMapping, held: &Value) -> Vec<Value> {
    let Step::Exact(step) = field.step else { return Vec::new() };
    let time = cut(field.step, held.time().unwrap_or_else(|| fit.at(1)));
    [1, step - 1].map(|micros| held.with_time(time + TimeDelta::microseconds(micros))).to_vec()
}

/// The next times beyond the range, and some that are far beyond.
fn far(field: &FieldMapping, held: &Value) -> Vec<Value> {
    let Values::Times(range) = &field.values else { return Vec::new() };
    let step = field.step.micros();
    let before = range.start().checked_sub(step).map(|time| time - time.rem_euclid(step));
    let after = range.end().checked_add(step).map(|time| time - time.rem_euclid(step));
    let near = [before, after].into_iter().flatten().filter_map(DateTime::from_timestamp_micros);
    let farthest = [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC];
    let beyond = near.chain(farthest).filter(|time| !range.contains(&time.timestamp_micros()));
    beyond.map(|time| held.with_time(time)).collect()
}
