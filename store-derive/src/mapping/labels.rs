//! `labels(..)`: what is stored for the values of the contract, as it was written.

use proc_macro2::TokenStream;
use quote::ToTokens;
use store_model::adapter;
use store_model::contract::{Field, Kind, interval};
use syn::Lit;
use syn::ext::IdentExt;

use super::constant::{unknown_word, words};
use crate::ctxt::Ctxt;
use crate::messages;
use crate::syntax::{Item, Key, List, Shape, Value};

/// What is stored for the values of a field.
#[derive(Clone)]
pub(crate) struct Labels {
    pub(crate) list: Vec<Label>,
    /// Whether other values are stored as they are.
    pub(crate) open: bool,
    /// The option.
    pub(crate) at: TokenStream,
}

/// What is stored for one value.
#[derive(Clone)]
pub(crate) struct Label {
    pub(crate) meaning: Meaning,
    /// The first is written.
    pub(crate) stored: Vec<Stored>,
    pub(crate) at: TokenStream,
    /// What is stored, as it was written.
    pub(crate) value: TokenStream,
}

/// A value of the contract.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    Word(String),
    Boolean(bool),
    Interval(String, u32),
}

/// A value of a column.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Stored {
    Text(String),
    Integer(i64),
    Boolean(bool),
    Null,
    /// Of several columns: all that reads so in each; nothing where anything does.
    Tuple(Vec<Vec<Stored>>),
}

impl Meaning {
    /// Whether both are one value: a word is a single one of its interval.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Word(word), Self::Interval(unit, 1)) | (Self::Interval(unit, 1), Self::Word(word)) => {
                word == unit
            }
            _ => self == other,
        }
    }

    pub(crate) fn as_model(&self) -> adapter::Meaning<'_> {
        match self {
            Self::Word(word) => adapter::Meaning::Word(word),
            Self::Boolean(boolean) => adapter::Meaning::Boolean(*boolean),
            Self::Interval(unit, count) => adapter::Meaning::Interval(unit, *count),
        }
    }
}

impl Stored {
    /// Whether a row can have both.
    fn meets(&self, other: &Self) -> bool {
        let (Self::Tuple(parts), Self::Tuple(others)) = (self, other) else { return self == other };
        let is_anything = |part: &[Self]| part.is_empty();
        parts.iter().zip(others).all(|(part, other)| {
            is_anything(part) || is_anything(other) || part.iter().any(|it| other.contains(it))
        })
    }

    pub(crate) fn as_model(&self) -> adapter::Stored<'_> {
        match self {
            Self::Text(text) => adapter::Stored::Text(text),
            Self::Integer(number) => adapter::Stored::Integer(*number),
            Self::Boolean(boolean) => adapter::Stored::Boolean(*boolean),
            Self::Null => adapter::Stored::Null,
            // Lent by the lists of its parts: see the place where the adapter is made.
            Self::Tuple(_) => unreachable!("a tuple is made of its parts"),
        }
    }
}

/// `labels(active = 1, canceled = 3, "pending" = 0, ..)`
pub(crate) fn read(ctxt: &Ctxt, field: Field, item: &Item) -> Option<Labels> {
    if !matches!(field.kind, Kind::Word | Kind::Boolean) {
        ctxt.error(&item.key, messages::no_labels(field.name));
        return None;
    }
    let says_something = |list: &&List| list.rest.is_some() || list.broken || !list.items.is_empty();
    let Some(written) = item.list().filter(says_something) else {
        ctxt.error(item, messages::not_labels());
        return None;
    };
    let list: Vec<_> = written.items.iter().filter_map(|item| label(ctxt, field, item)).collect();
    check_apart(ctxt, &list);
    Some(Labels { list, open: written.rest.is_some(), at: item.key.to_token_stream() })
}

fn label(ctxt: &Ctxt, field: Field, item: &Item) -> Option<Label> {
    let meaning = match meaning(field, item) {
        Ok(meaning) => meaning,
        Err(message) => {
            ctxt.error(&item.key, message);
            return None;
        }
    };
    let stored = match (&item.shape, &meaning) {
        (Shape::Word, Meaning::Word(word)) => Some(vec![Stored::Text(word.clone())]),
        (Shape::Word, Meaning::Boolean(boolean)) => Some(vec![Stored::Boolean(*boolean)]),
        (Shape::Is(value), _) => value.alternatives().iter().map(stored).collect(),
        _ => None,
    };
    if stored.is_none() {
        ctxt.error(item, messages::not_a_label());
    }
    let (at, value) = (item.key.to_token_stream(), item.to_token_stream());
    Some(Label { meaning, stored: stored?, at, value })
}

pub(super) fn meaning(field: Field, item: &Item) -> Result<Meaning, String> {
    let is_known = |word: &str| words(field).contains(&word);
    match (&item.key, field.kind) {
        (Key::Word(word), Kind::Boolean) => match word.unraw().to_string().as_str() {
            "true" => Ok(Meaning::Boolean(true)),
            "false" => Ok(Meaning::Boolean(false)),
            _ => Err(messages::not_a_truth(field.name)),
        },
        (Key::Word(word), _) if is_known(&word.unraw().to_string()) => {
            Ok(Meaning::Word(word.unraw().to_string()))
        }
        (Key::Word(word), _) => Err(unknown_word(field, &word.unraw().to_string())),
        (Key::Lit(Lit::Str(text)), Kind::Word) if is_known(&text.value()) => {
            Err(messages::word_in_quotes(&text.value()))
        }
        (Key::Lit(Lit::Str(text)), Kind::Word) => Ok(Meaning::Word(text.value())),
        (Key::Times(unit, count), Kind::Word) if field.name == "interval" => {
            let unit = unit.unraw().to_string();
            let count = count.base10_parse::<u32>().ok().filter(|count| *count > 0);
            match count {
                Some(count) if interval::ALL.contains(&unit.as_str()) => Ok(Meaning::Interval(unit, count)),
                Some(_) => Err(unknown_word(field, &unit)),
                None => Err(messages::not_a_multiple()),
            }
        }
        (_, Kind::Boolean) => Err(messages::not_a_truth(field.name)),
        _ => Err(messages::not_a_meaning(field.name)),
    }
}

fn stored(value: &Value) -> Option<Stored> {
    match value {
        Value::Lit(Lit::Str(text)) => Some(Stored::Text(text.value())),
        Value::Lit(Lit::Int(number)) => number.base10_parse().ok().map(Stored::Integer),
        Value::Lit(Lit::Bool(boolean)) => Some(Stored::Boolean(boolean.value)),
        Value::Path(_) if value.word().as_deref() == Some("null") => Some(Stored::Null),
        Value::Tuple(_, parts) => parts.iter().map(part).collect::<Option<_>>().map(Stored::Tuple),
        _ => None,
    }
}

/// One part of a tuple: what stands between `|`, or anything.
fn part(value: &Value) -> Option<Vec<Stored>> {
    match value {
        Value::Any(_) => Some(Vec::new()),
        Value::Tuple(..) => None,
        value => value.alternatives().iter().map(stored).collect(),
    }
}

/// What is stored tells what is meant, and each value is written in one way.
fn check_apart(ctxt: &Ctxt, list: &[Label]) {
    for (index, label) in list.iter().enumerate() {
        let before = &list[..index];
        if before.iter().any(|other| other.meaning.is(&label.meaning)) {
            ctxt.error(&label.at, messages::label_twice());
        } else if before
            .iter()
            .any(|other| other.stored.iter().any(|it| label.stored.iter().any(|own| own.meets(it))))
        {
            ctxt.error(&label.value, messages::stored_twice());
        }
    }
}
