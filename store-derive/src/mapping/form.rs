//! `as = form`: how a value is kept, as it was written.

use proc_macro2::TokenStream;
use quote::ToTokens;
use store_model::adapter::{Constant, Null};
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
    /// How many digits a decimal has, where that is said.
    pub(crate) digits: Option<u8>,
    /// Of what is true or false by whether there is a time: what NULL says.
    pub(crate) null: Option<bool>,
    /// What was written.
    pub(crate) at: TokenStream,
}

impl Form {
    /// A form that something else implies.
    pub(crate) fn implied(shape: form::Form<'static>, at: TokenStream) -> Self {
        Self { shape, text: String::new(), is_open: false, exact: false, digits: None, null: None, at }
    }

    pub(crate) fn as_model(&self) -> form::Form<'_> {
        match self.shape {
            form::Form::TimeText(_) => form::Form::TimeText(&self.text),
            form::Form::Delimited(_) => form::Form::Delimited(&self.text),
            other => other,
        }
    }

    /// The same within a document, where a number with a fraction is a text: every program reads its digits as they are.
    pub(crate) fn within(mut self) -> Self {
        if let form::Form::Decimal(digits) = self.shape {
            self.shape = form::Form::DecimalText(digits);
        }
        self
    }

    /// The word for whether there is a time.
    pub(crate) fn word(&self) -> &'static str {
        if self.null == Some(true) { "is_null" } else { "is_set" }
    }

    /// What NULL says by the form alone.
    pub(crate) fn null(&self) -> Option<Null<'static>> {
        self.null.map(|truth| Null::Is(Constant::Boolean(truth)))
    }

    /// Whether it is text as the contract has it.
    pub(crate) const fn is_text(&self) -> bool {
        matches!(self.shape, form::Form::Text | form::Form::Char(_))
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
        Kind::Boolean => {
            &["boolean", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "text", "char", "is_null", "is_set"]
        }
        Kind::Time | Kind::OptionalTime => &["timestamp", "datetime", "date", "epoch", "text"],
        Kind::List => &["json", "text", "array", "list"],
        Kind::Numbers | Kind::Texts => &["json", "text"],
    }
}

/// Whether a field has a form that begins with a word.
pub(crate) fn has_form(field: Field, word: &str) -> bool {
    words(field).contains(&word)
}

/// `as = uuid`, `as = decimal(2)`, `as = epoch(s, exact)`
pub(crate) fn read(ctxt: &Ctxt, field: Field, item: &Item) -> Option<Form> {
    let Some((Some(word), arguments)) = item.value().map(Value::called) else {
        ctxt.error(item, messages::not_a_form(field.name, &messages::list(words(field).iter().copied())));
        return None;
    };
    if item.is_broken() {
        return None;
    }
    let mut form = Form::implied(form::Form::Text, item.to_token_stream());
    match named(field, &word, &Arguments(arguments), &mut form) {
        Ok(shape) => Some(Form { shape, ..form }),
        Err(message) => {
            ctxt.error(item, message);
            None
        }
    }
}

/// The form of a column that a field has beside its own, which can't be whether there is a time.
pub(crate) fn read_beside(ctxt: &Ctxt, field: Field, item: &Item) -> Option<Form> {
    let form = read(ctxt, field, item)?;
    if form.null.is_some() {
        ctxt.error(item, messages::time_or_null_elsewhere(form.word()));
        return None;
    }
    Some(form)
}

/// The form of one of several columns, which may hold what no field of its kind does.
pub(crate) fn read_of_part(ctxt: &Ctxt, field: Field, item: &Item) -> Option<Form> {
    const KINDS: [Kind; 4] = [Kind::Word, Kind::Boolean, Kind::Integer, Kind::Time];
    let word = item.value().and_then(|value| value.called().0);
    let kinds = KINDS.map(|kind| Field { kind, ..field });
    let of_kind = kinds.into_iter().find(|field| word.as_deref().is_some_and(|word| has_form(*field, word)));
    read_beside(ctxt, of_kind.unwrap_or(field), item)
}

fn named(
    field: Field,
    word: &str,
    arguments: &Arguments<'_>,
    form: &mut Form,
) -> Result<form::Form<'static>, String> {
    use form::Form as F;
    if !has_form(field, word) {
        return Err(unknown(field, word));
    }
    if let Some(plain) = plain(field, word) {
        return arguments.none(word).map(|()| plain);
    }
    Ok(match word {
        "uuid" if arguments.0.is_none() => F::Uuid,
        "uuid" if arguments.word().as_deref() == Some("bytes") => F::UuidBytes,
        "uuid" => return Err(messages::form_argument("uuid", "uuid(bytes)")),
        "char" => F::Char(arguments.number("char", "char(36)")?),
        "decimal" if arguments.word().as_deref() == Some("currency") => match field.name {
            "amount" => F::DecimalOfCurrency,
            _ => return Err(messages::decimal_of_currency()),
        },
        "decimal" => {
            let (all, places) = arguments.decimal()?;
            form.digits = all;
            F::Decimal(places)
        }
        "f64" => F::Double(digits(arguments.number("f64", "f64(2)")?, 15)?),
        "timestamp" | "datetime" => {
            let (places, exact) = arguments.places(word)?;
            (form.is_open, form.exact) = (places.is_none(), exact);
            let places = places.unwrap_or(6);
            if word == "timestamp" { F::Timestamp(places) } else { F::DateTime(places) }
        }
        "date" => {
            form.exact = arguments.exact(word, 0)?;
            F::Date
        }
        "epoch" => {
            form.exact = arguments.exact(word, 1)?;
            F::Epoch(arguments.unit()?)
        }
        "is_null" | "is_set" => {
            form.null = Some(word == "is_null");
            of_time(field, word, arguments, form)?
        }
        "list" => {
            form.text = arguments.delimiter()?;
            F::Delimited("")
        }
        "json" if arguments.is_any()? => F::AnyJson,
        "json" => F::Json,
        _ => return text(field, arguments, form),
    })
}

/// The form of the times of which only is told whether there is one.
fn of_time(
    field: Field,
    word: &str,
    arguments: &Arguments<'_>,
    form: &mut Form,
) -> Result<form::Form<'static>, String> {
    if arguments.0.is_none() {
        return Ok(form::Form::Time);
    }
    let wrong = || messages::form_argument(word, symbol::example_form(word));
    let [item] = arguments.items() else { return Err(wrong()) };
    let inner = item.name().filter(|_| item.value().is_none()).ok_or_else(wrong)?;
    let shape = named(Field { kind: Kind::Time, ..field }, &inner, &Arguments(item.list()), form)?;
    // The time of a write is cut.
    if form.exact { Err(wrong()) } else { Ok(shape) }
}

/// The forms that have nothing in parentheses.
fn plain(field: Field, word: &str) -> Option<form::Form<'static>> {
    use form::Form as F;
    Some(match word {
        "i16" => F::Integer(Width::I16),
        "i32" => F::Integer(Width::I32),
        "i64" => F::Integer(Width::I64),
        "u8" => F::Integer(Width::U8),
        "u16" => F::Integer(Width::U16),
        "u32" => F::Integer(Width::U32),
        "u64" => F::Integer(Width::U64),
        "seconds" => F::Seconds,
        "boolean" => F::Boolean,
        "array" => F::Array,
        "iso8601" => F::Iso8601,
        "code" => F::Code,
        "text" if field.kind.is_text() || field.kind == Kind::Boolean => F::Text,
        _ => return None,
    })
}

/// Text that is no text of the contract: a number, a time, a document.
fn text(field: Field, arguments: &Arguments<'_>, form: &mut Form) -> Result<form::Form<'static>, String> {
    use form::Form as F;
    match field.kind {
        Kind::Integer | Kind::Count => match arguments.inner("decimal", "text(decimal(2))")? {
            None => Ok(F::Digits),
            Some(inner) => digits(inner.number("text", "text(decimal(2))")?, 18).map(F::DecimalText),
        },
        Kind::Time | Kind::OptionalTime => {
            form.text = format(arguments.text().ok_or_else(messages::time_format)?)?;
            form.exact = arguments.exact("text", 1)?;
            Ok(F::TimeText(""))
        }
        _ => match arguments.inner("json", "text(json)")? {
            None => Err(messages::form_argument("text", "text(json)")),
            Some(inner) => Ok(if inner.is_any()? { F::AnyJsonText } else { F::JsonText }),
        },
    }
}

fn unknown(field: Field, word: &str) -> String {
    let known = words(field);
    match symbol::nearest(word, known.iter().copied()) {
        Some(near) if near.len() > 3 => messages::unknown_form_near(word, field.name, near),
        _ => messages::unknown_form(word, field.name, &messages::list(known.iter().copied())),
    }
}

fn digits(number: u16, most: u8) -> Result<u8, String> {
    let digits = u8::try_from(number).ok().filter(|digits| *digits <= most);
    digits.ok_or_else(|| messages::too_many_digits(&most.to_string()))
}

fn whole(item: &Item) -> Option<u16> {
    match item {
        Item { key: Key::Lit(Lit::Int(number)), shape: Shape::Word } => number.base10_parse().ok(),
        _ => None,
    }
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

    /// The word that stands there alone.
    fn word(&self) -> Option<String> {
        match self.items() {
            [item] => item.word(),
            _ => None,
        }
    }

    fn number(&self, word: &str, example: &str) -> Result<u16, String> {
        let number = match self.items() {
            [item] => whole(item),
            _ => None,
        };
        number.ok_or_else(|| messages::form_argument(word, example))
    }

    /// `2`, `8, 2`: all the digits of a decimal, if they are said, and those after its point.
    fn decimal(&self) -> Result<(Option<u8>, u8), String> {
        let [all, places] = match self.items() {
            [all, places] => [Some(all), Some(places)].map(|item| item.and_then(whole)),
            _ => return Ok((None, digits(self.number("decimal", "decimal(2)")?, 18)?)),
        };
        let (Some(all), Some(places)) = (all, places) else {
            return Err(messages::form_argument("decimal", "decimal(2)"));
        };
        let places = digits(places, 18)?;
        let all = u8::try_from(all).ok().filter(|all| (places.max(1)..=38).contains(all));
        all.map(|all| (Some(all), places)).ok_or_else(messages::digits_of_decimal)
    }

    /// The text that stands first.
    fn text(&self) -> Option<&'a LitStr> {
        self.items().first().filter(|item| matches!(item.shape, Shape::Word)).and_then(Item::text)
    }

    /// What stands between the elements of a list: some text, and alone.
    fn delimiter(&self) -> Result<String, String> {
        let text = self.text().map(LitStr::value).filter(|text| !text.is_empty() && self.items().len() == 1);
        text.ok_or_else(|| messages::form_argument("list", "list(\",\")"))
    }

    /// `exact` after so many others.
    fn exact(&self, word: &str, others: usize) -> Result<bool, String> {
        let more = self.items().get(others..).unwrap_or_default();
        match more {
            [] => Ok(false),
            [item] if item.word().as_deref() == Some("exact") => Ok(true),
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
        let unit = self.items().first().and_then(Item::word);
        match unit.as_deref() {
            Some("s") => Ok(Unit::Seconds),
            Some("ms") => Ok(Unit::Millis),
            Some("us") => Ok(Unit::Micros),
            _ => Err(messages::form_argument("epoch", symbol::example_form("epoch"))),
        }
    }

    /// Whether `any` is said.
    fn is_any(&self) -> Result<bool, String> {
        match (self.0, self.word().as_deref()) {
            (None, _) => Ok(false),
            (_, Some("any")) => Ok(true),
            _ => Err(messages::form_argument("json", "json(any)")),
        }
    }

    /// What stands in the parentheses of the only argument, a form itself.
    fn inner(&self, name: &str, example: &str) -> Result<Option<Self>, String> {
        match (self.0, self.items()) {
            (None, _) => Ok(None),
            (_, [item]) if item.name().as_deref() == Some(name) && item.value().is_none() => {
                Ok(Some(Self(item.list())))
            }
            _ => Err(messages::form_argument("text", example)),
        }
    }
}
