//! `as = form`: how a value is kept, as it was written.

use proc_macro2::TokenStream;
use quote::ToTokens;
use store_model::contract::{Field, Kind};
use store_model::form::{self, Unit, Width};
use syn::{Lit, LitStr};

use crate::ctxt::Ctxt;
use crate::syntax::{Item, Key, List, Shape, Value};
use crate::{messages, symbol};

/// A form as it was written.
#[derive(Clone)]
pub(crate) struct Form {
    /// What it says, its text left empty.
    shape: form::Form<'static>,
    /// The text that it says.
    text: String,
    /// Whether it leaves the digits of a second to the database.
    pub(crate) is_open: bool,
    /// Whether it refuses finer times.
    pub(crate) exact: bool,
    /// What was written.
    pub(crate) at: TokenStream,
}

impl Form {
    /// A form that something else implies.
    pub(crate) fn implied(shape: form::Form<'static>, at: TokenStream) -> Self {
        Self { shape, text: String::new(), is_open: false, exact: false, at }
    }

    pub(crate) fn as_model(&self) -> form::Form<'_> {
        match self.shape {
            form::Form::TimeText(_) => form::Form::TimeText(&self.text),
            form::Form::Delimited(_) => form::Form::Delimited(&self.text),
            other => other,
        }
    }

    /// The same with as many digits of a second as the database has by default, where none are said.
    pub(crate) fn with_digits(mut self, digits: u8) -> Self {
        if self.is_open {
            self.shape = match self.shape {
                form::Form::Timestamp(_) => form::Form::Timestamp(digits),
                form::Form::DateTime(_) => form::Form::DateTime(digits),
                other => other,
            };
        }
        self
    }
}

/// The words that forms begin with, for a kind of field.
fn words(field: Field) -> &'static [&'static str] {
    match field.kind {
        Kind::Key | Kind::OptionalKey | Kind::Text => {
            &["text", "uuid", "i16", "i32", "i64", "u16", "u32", "u64", "char"]
        }
        Kind::Word if field.name == "interval" => {
            &["text", "i16", "i32", "i64", "u8", "u16", "u32", "char", "iso8601", "code"]
        }
        Kind::Word => &["text", "i16", "i32", "i64", "u8", "u16", "u32", "char"],
        Kind::Integer => &["i16", "i32", "i64", "u8", "u16", "u32", "u64", "decimal", "f64", "text"],
        Kind::Count if field.name == "trial_days" => {
            &["i16", "i32", "i64", "u8", "u16", "u32", "u64", "decimal", "f64", "text", "seconds"]
        }
        Kind::Count => &["i16", "i32", "i64", "u8", "u16", "u32", "u64", "decimal", "f64", "text"],
        Kind::Boolean => &["boolean", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "text", "char"],
        Kind::Time | Kind::OptionalTime => &["timestamp", "datetime", "date", "epoch", "text"],
        Kind::List => &["json", "text", "array", "list"],
        Kind::Numbers | Kind::Texts => &["json", "text"],
    }
}

/// `as = uuid`, `as = decimal(2)`, `as = epoch(s, exact)`
pub(crate) fn read(ctxt: &Ctxt, field: Field, item: &Item) -> Option<Form> {
    let (word, arguments) = match item.value() {
        Some(Value::Path(path)) => (path.get_ident()?.to_string(), None),
        Some(Value::Call(path, list)) => (path.get_ident()?.to_string(), Some(list)),
        _ => {
            ctxt.error(item, messages::not_a_form(field.name, &messages::list(words(field).iter().copied())));
            return None;
        }
    };
    let mut form = Form::implied(form::Form::Text, item.to_token_stream());
    match named(field, &word, &Arguments(arguments), &mut form) {
        Ok(shape) => Some(Form { shape, ..form }),
        Err(message) => {
            ctxt.error(item, message);
            None
        }
    }
}

/// The form of one of several columns, which may hold what no field of its kind does.
pub(crate) fn read_of_part(ctxt: &Ctxt, field: Field, item: &Item) -> Option<Form> {
    const KINDS: [Kind; 4] = [Kind::Word, Kind::Boolean, Kind::Integer, Kind::Time];
    let word = item.value().and_then(|value| match value {
        Value::Path(path) | Value::Call(path, _) => path.get_ident().map(ToString::to_string),
        _ => None,
    });
    let kinds = KINDS.map(|kind| Field { kind, ..field });
    let of_kind =
        kinds.into_iter().find(|field| word.as_deref().is_some_and(|word| words(*field).contains(&word)));
    read(ctxt, of_kind.unwrap_or(field), item)
}

fn named(
    field: Field,
    word: &str,
    arguments: &Arguments<'_>,
    form: &mut Form,
) -> Result<form::Form<'static>, String> {
    use form::Form as F;
    if !words(field).contains(&word) {
        return Err(unknown(field, word));
    }
    let is_document = matches!(field.kind, Kind::List | Kind::Numbers | Kind::Texts);
    let is_number = matches!(field.kind, Kind::Integer | Kind::Count);
    if let Some(width) = width(word) {
        return arguments.none(word).map(|()| F::Integer(width));
    }
    Ok(match word {
        "uuid" => match arguments.word()?.as_deref() {
            None => F::Uuid,
            Some("bytes") => F::UuidBytes,
            Some(_) => return Err(messages::form_argument("uuid", "uuid(bytes)")),
        },
        "char" => F::Char(arguments.number("char", "char(36)")?),
        "decimal" if arguments.word().ok().flatten().as_deref() == Some("currency") => {
            if field.name != "amount" {
                return Err(messages::decimal_of_currency());
            }
            F::DecimalOfCurrency
        }
        "decimal" => F::Decimal(digits(arguments.number("decimal", "decimal(2)")?, 18)?),
        "f64" => F::Double(digits(arguments.number("f64", "f64(2)")?, 15)?),
        "seconds" => arguments.none(word).map(|()| F::Seconds)?,
        "boolean" => arguments.none(word).map(|()| F::Boolean)?,
        "date" => {
            form.exact = arguments.exact(word, 0)?;
            F::Date
        }
        "timestamp" | "datetime" => {
            let (places, exact) = arguments.places(word)?;
            (form.is_open, form.exact) = (places.is_none(), exact);
            let places = places.unwrap_or(6);
            if word == "timestamp" { F::Timestamp(places) } else { F::DateTime(places) }
        }
        "epoch" => {
            form.exact = arguments.exact(word, 1)?;
            F::Epoch(arguments.unit()?)
        }
        "json" => {
            if arguments.is_any("json")? {
                F::AnyJson
            } else {
                F::Json
            }
        }
        "text" if is_document => {
            if arguments.text_of_json()? {
                F::AnyJsonText
            } else {
                F::JsonText
            }
        }
        "text" if is_number => match arguments.call("decimal", "text(decimal(2))")? {
            None => F::Digits,
            Some(inner) => F::DecimalText(digits(inner.number("decimal", "text(decimal(2))")?, 18)?),
        },
        "text" if matches!(field.kind, Kind::Time | Kind::OptionalTime) => {
            form.exact = arguments.exact(word, 1)?;
            form.text = format(arguments.text("text", "text(\"%Y-%m-%d %H:%M:%S\")")?)?;
            F::TimeText("")
        }
        "list" => {
            let delimiter = arguments.text("list", "list(\",\")")?.value();
            if delimiter.is_empty() {
                return Err(messages::form_argument("list", "list(\",\")"));
            }
            form.text = delimiter;
            F::Delimited("")
        }
        "array" => arguments.none(word).map(|()| F::Array)?,
        "iso8601" => arguments.none(word).map(|()| F::Iso8601)?,
        "code" => arguments.none(word).map(|()| F::Code)?,
        _ => arguments.none(word).map(|()| F::Text)?,
    })
}

fn unknown(field: Field, word: &str) -> String {
    let known = words(field);
    match symbol::nearest(word, known.iter().copied()) {
        Some(near) if near.len() > 3 => messages::unknown_form_near(word, field.name, near),
        _ => messages::unknown_form(word, field.name, &messages::list(known.iter().copied())),
    }
}

fn width(word: &str) -> Option<Width> {
    Some(match word {
        "i16" => Width::I16,
        "i32" => Width::I32,
        "i64" => Width::I64,
        "u8" => Width::U8,
        "u16" => Width::U16,
        "u32" => Width::U32,
        "u64" => Width::U64,
        _ => return None,
    })
}

fn digits(number: u16, most: u8) -> Result<u8, String> {
    let digits = u8::try_from(number).ok().filter(|digits| *digits <= most);
    digits.ok_or_else(|| messages::too_many_digits(&most.to_string()))
}

/// A format is compared as text, so its parts have one width each and stand in the order of their size.
fn format(literal: &LitStr) -> Result<String, String> {
    let format = literal.value();
    let mut last = 0;
    let mut letters = format.chars();
    let rank = |letter: char, letters: &mut std::str::Chars<'_>| {
        Some(match letter {
            'Y' => 1..=1,
            'm' => 2..=2,
            'd' => 3..=3,
            'j' => 2..=3,
            'H' => 4..=4,
            'M' => 5..=5,
            'S' => 6..=6,
            'F' => 1..=3,
            'T' => 4..=6,
            'R' => 4..=5,
            '3' | '6' => (letters.next()? == 'f').then_some(7..=7)?,
            '.' => (matches!(letters.next()?, '3' | '6') && letters.next()? == 'f').then_some(7..=7)?,
            _ => return None,
        })
    };
    while let Some(letter) = letters.next() {
        if letter != '%' {
            if letter.is_control() {
                return Err(messages::time_format());
            }
            continue;
        }
        let part = letters.next().and_then(|letter| rank(letter, &mut letters));
        let Some(part) = part.filter(|part| *part.start() == last + 1) else {
            return Err(messages::time_format());
        };
        last = *part.end();
    }
    if last < 3 { Err(messages::time_format()) } else { Ok(format) }
}

/// What stands in the parentheses of a form.
struct Arguments<'a>(Option<&'a List>);

impl<'a> Arguments<'a> {
    fn items(&self) -> &'a [Item] {
        self.0.map(|list| list.items.as_slice()).unwrap_or_default()
    }

    fn none(&self, word: &str) -> Result<(), String> {
        if self.0.is_some() { Err(messages::form_argument(word, word)) } else { Ok(()) }
    }

    /// One word, or nothing.
    fn word(&self) -> Result<Option<String>, String> {
        match (self.0, self.items()) {
            (None, _) => Ok(None),
            (_, [item]) if matches!(item.shape, Shape::Word) => Ok(item.name()),
            _ => Err(messages::form_argument("uuid", "uuid(bytes)")),
        }
    }

    fn number(&self, word: &str, example: &str) -> Result<u16, String> {
        let number = match self.items() {
            [Item { key: Key::Lit(Lit::Int(number)), shape: Shape::Word }] => number.base10_parse().ok(),
            _ => None,
        };
        number.ok_or_else(|| messages::form_argument(word, example))
    }

    fn text(&self, word: &str, example: &str) -> Result<&'a LitStr, String> {
        match self.items() {
            [item, ..] if matches!(item.shape, Shape::Word) && item.text().is_some() => item.text(),
            _ => None,
        }
        .ok_or_else(|| messages::form_argument(word, example))
    }

    /// `exact` after so many others.
    fn exact(&self, word: &str, others: usize) -> Result<bool, String> {
        let more = self.items().get(others..).unwrap_or_default();
        match more {
            [] => Ok(false),
            [item] if item.name().as_deref() == Some("exact") => Ok(true),
            _ => Err(messages::form_argument(word, symbol::example_form(word))),
        }
    }

    /// The digits of a second, as far as they are said, and whether finer times are refused.
    fn places(&self, word: &str) -> Result<(Option<u8>, bool), String> {
        let wrong = || messages::form_argument(word, symbol::example_form(word));
        match self.items() {
            [Item { key: Key::Lit(Lit::Int(number)), shape: Shape::Word }, ..] => {
                let places = number.base10_parse().ok().filter(|places| *places <= 6).ok_or_else(wrong)?;
                Ok((Some(places), self.exact(word, 1)?))
            }
            _ => Ok((None, self.exact(word, 0)?)),
        }
    }

    fn unit(&self) -> Result<Unit, String> {
        let unit = self.items().first().and_then(Item::name);
        match unit.as_deref() {
            Some("s") => Ok(Unit::Seconds),
            Some("ms") => Ok(Unit::Millis),
            Some("us") => Ok(Unit::Micros),
            _ => Err(messages::form_argument("epoch", symbol::example_form("epoch"))),
        }
    }

    /// Whether `any` is said.
    fn is_any(&self, word: &str) -> Result<bool, String> {
        match (self.0, self.items()) {
            (None, _) => Ok(false),
            (_, [item]) if item.name().as_deref() == Some("any") => Ok(true),
            _ => Err(messages::form_argument(word, "json(any)")),
        }
    }

    /// `text(json)`, `text(json(any))`
    fn text_of_json(&self) -> Result<bool, String> {
        match self.call("json", "text(json)")? {
            Some(inner) => inner.is_any("text"),
            None => Err(messages::form_argument("text", "text(json)")),
        }
    }

    /// What stands in the parentheses of the only argument, a form itself.
    fn call(&self, name: &str, example: &str) -> Result<Option<Self>, String> {
        match (self.0, self.items()) {
            (None, _) => Ok(None),
            (_, [item]) if item.name().as_deref() == Some(name) => Ok(Some(Self(item.list()))),
            _ => Err(messages::form_argument("text", example)),
        }
    }
}
