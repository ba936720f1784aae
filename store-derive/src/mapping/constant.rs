//! Values of the contract, as annotations have them.

use quote::ToTokens;
use store_model::adapter;
use store_model::contract::{Field, Kind, interval, status};
use store_model::time;
use syn::Lit;

use crate::syntax::Value;
use crate::{messages, symbol};

/// A value of the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Constant {
    Text(String),
    Integer(i64),
    Boolean(bool),
    /// Microseconds since 1970.
    Time(i64),
    /// An empty list or map.
    Empty,
}

impl Constant {
    pub(crate) fn as_model(&self) -> adapter::Constant<'_> {
        match self {
            Self::Text(text) => adapter::Constant::Text(text),
            Self::Integer(number) => adapter::Constant::Integer(*number),
            Self::Boolean(boolean) => adapter::Constant::Boolean(*boolean),
            Self::Time(micros) => adapter::Constant::Time(*micros),
            Self::Empty => adapter::Constant::Empty,
        }
    }
}

/// The words that a field of words has.
pub(crate) fn words(field: Field) -> &'static [&'static str] {
    match field.name {
        "status" => &status::ALL,
        "interval" => &interval::ALL,
        _ => &[],
    }
}

/// A value of a field's kind.
pub(crate) fn constant(field: Field, value: &Value) -> Option<Constant> {
    match (field.kind, value) {
        (Kind::Key | Kind::OptionalKey | Kind::Text | Kind::Word, Value::Lit(Lit::Str(text))) => {
            Some(Constant::Text(text.value()))
        }
        (Kind::Word, Value::Path(_)) => {
            let word = value.word()?;
            words(field).contains(&word.as_str()).then_some(Constant::Text(word))
        }
        (Kind::Integer, Value::Lit(Lit::Int(number))) => number.base10_parse().ok().map(Constant::Integer),
        (Kind::Count, Value::Lit(Lit::Int(number))) => {
            number.base10_parse::<u32>().ok().map(|number| Constant::Integer(number.into()))
        }
        (Kind::Boolean, Value::Lit(Lit::Bool(boolean))) => Some(Constant::Boolean(boolean.value)),
        (Kind::Time | Kind::OptionalTime, Value::Lit(Lit::Str(text))) => {
            time::parse(&text.value()).map(Constant::Time)
        }
        (Kind::List, Value::Empty(token)) => token.to_string().starts_with('[').then_some(Constant::Empty),
        (Kind::Numbers | Kind::Texts, Value::Empty(token)) => {
            token.to_string().starts_with('{').then_some(Constant::Empty)
        }
        _ => None,
    }
}

/// What is wrong with a value that is none of its field.
pub(crate) fn unfit(option: &str, field: Field, value: Option<&Value>) -> String {
    match value {
        Some(Value::Path(path)) if field.kind == Kind::Word => {
            unknown_word(field, &path.to_token_stream().to_string())
        }
        _ => messages::no_constant(option, example(field)),
    }
}

/// What is wrong with a word that a field doesn't have.
pub(crate) fn unknown_word(field: Field, word: &str) -> String {
    match symbol::nearest(word, words(field).iter().copied()) {
        Some(near) => messages::unknown_word_near(word, field.name, near),
        None => messages::unknown_word(word, field.name, &messages::list(words(field).iter().copied())),
    }
}

/// A value of a field, as it is written.
pub(crate) fn example(field: Field) -> &'static str {
    match field.kind {
        Kind::Integer | Kind::Count => "1",
        Kind::Boolean => "true",
        Kind::Time | Kind::OptionalTime => "\"1970-01-01T00:00:00Z\"",
        Kind::Word if field.name == "interval" => "month",
        Kind::Word => "active",
        Kind::List => "[]",
        Kind::Numbers | Kind::Texts => "{}",
        Kind::Key | Kind::OptionalKey | Kind::Text => "\"..\"",
    }
}
