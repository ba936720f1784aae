//! `columns(..)`, `absent(..)` and `always(..)`: where each field of the contract is, as it was written.

use proc_macro2::TokenStream;
use quote::ToTokens;
use store_model::contract::{Entity, Field, Kind, interval, plan, subscription, usage};
use store_model::time;
use syn::{Lit, LitStr};

use crate::ctxt::Ctxt;
use crate::syntax::{Item, List, Shape, Value};
use crate::{messages, symbol};

/// What was written of the fields, by their places.
#[derive(Default)]
pub(crate) struct Mapping {
    fields: Vec<(usize, Written)>,
}

/// What was written of one field.
struct Written {
    /// The word that names it.
    key: TokenStream,
    /// The option that speaks of it.
    option: &'static str,
    place: Place,
}

/// Where a field is.
#[derive(Clone)]
pub(crate) enum Place {
    Column(LitStr),
    Always(Constant),
    Absent,
    /// It can't be told, which has been.
    Unknown,
}

/// A value of the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Constant {
    Text(String),
    Integer(i64),
    Boolean(bool),
    /// Microseconds since 1970.
    Time(i64),
}

impl Mapping {
    /// Where the field at a place is, if something was written of it.
    pub(crate) fn of(&self, place: usize) -> Option<&Place> {
        self.written(place).map(|(_, place)| place)
    }

    /// The word that names the field at a place, and where it is, if something was written of it.
    pub(crate) fn written(&self, place: usize) -> Option<(&TokenStream, &Place)> {
        let found = self.fields.iter().find(|(known, _)| *known == place);
        found.map(|(_, written)| (&written.key, &written.place))
    }

    /// The columns that were written.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &LitStr> {
        self.fields.iter().filter_map(|(_, written)| match &written.place {
            Place::Column(name) => Some(name),
            _ => None,
        })
    }

    /// Reads one of the lists.
    pub(crate) fn read(&mut self, ctxt: &Ctxt, entity: Entity, option: &'static str, item: &Item) {
        let Shape::List(List { items, .. }) = &item.shape else {
            return ctxt.error(item, not_a_list(option));
        };
        for item in items {
            let Some((place, field)) = field(ctxt, entity, option, item) else { continue };
            let read = match option {
                symbol::COLUMNS => column(ctxt, field, item),
                symbol::ALWAYS => always(ctxt, entity, place, field, item),
                _ => absent(ctxt, entity, place, field, item),
            };
            self.add(ctxt, place, Written { key: item.key.to_token_stream(), option, place: read });
        }
    }

    /// A field has one place.
    fn add(&mut self, ctxt: &Ctxt, place: usize, written: Written) {
        if let Some((_, first)) = self.fields.iter().find(|(known, _)| *known == place) {
            let field = written.key.to_string();
            ctxt.error(&first.key, messages::first_place(&field, first.option));
            return ctxt.error(&written.key, messages::second_place(&field, written.option));
        }
        self.fields.push((place, written));
    }
}

fn not_a_list(option: &str) -> String {
    match option {
        symbol::COLUMNS => messages::not_columns(),
        symbol::ALWAYS => messages::not_always(),
        _ => messages::not_absent(),
    }
}

/// The field that an item begins with.
fn field(ctxt: &Ctxt, entity: Entity, option: &str, item: &Item) -> Option<(usize, Field)> {
    let Some(name) = item.name() else {
        ctxt.error(&item.key, messages::not_a_field(option));
        return None;
    };
    let fields = entity.fields();
    if let Some(place) = fields.iter().position(|field| field.name == name) {
        return Some((place, fields[place]));
    }
    let names = || fields.iter().map(|field| field.name);
    let message = match symbol::nearest(&name, names()) {
        Some(near) => messages::unknown_field_near(&name, near),
        None => messages::unknown_field(&name, entity.as_str(), &messages::list(names())),
    };
    ctxt.error(&item.key, message);
    None
}

/// `plan_id = "price_id"`
fn column(ctxt: &Ctxt, field: Field, item: &Item) -> Place {
    let Shape::Is(Value::Lit(Lit::Str(name))) = &item.shape else {
        ctxt.error(item, messages::not_a_column(field.name));
        return Place::Unknown;
    };
    let message = match name.value() {
        text if text.is_empty() => messages::empty_column(),
        text if text.contains('\0') => messages::nul_in_name(),
        _ => return Place::Column(name.clone()),
    };
    ctxt.error(name, message);
    Place::Unknown
}

/// `paused_at`
fn absent(ctxt: &Ctxt, entity: Entity, place: usize, field: Field, item: &Item) -> Place {
    if !matches!(item.shape, Shape::Word) {
        ctxt.error(item, messages::not_a_word_alone(field.name));
        return Place::Unknown;
    }
    if entity == Entity::Usage && place == usage::PROVIDER_REPORTED_AT
        || can_be_absent(entity, place, field.kind)
    {
        return Place::Absent;
    }
    let message = if can_be_always(entity, place, field.kind) {
        messages::absent_but_required(field.name)
    } else {
        messages::needs_column(field.name)
    };
    ctxt.error(&item.key, message);
    Place::Unknown
}

/// What reads as none or as empty where it is nowhere.
fn can_be_absent(entity: Entity, place: usize, kind: Kind) -> bool {
    let is_description = entity == Entity::Plan && place == plan::DESCRIPTION;
    kind.is_optional() || is_description || matches!(kind, Kind::List | Kind::Numbers | Kind::Texts)
}

/// What can be the same in every row: not what rows are found, counted or ordered by.
fn can_be_always(entity: Entity, place: usize, kind: Kind) -> bool {
    match entity {
        Entity::Plan => {
            !matches!(kind, Kind::Key | Kind::OptionalKey | Kind::List | Kind::Numbers | Kind::Texts)
        }
        Entity::Subscription => kind == Kind::Time || place == subscription::PLAN_ID,
        Entity::Usage => false,
    }
}

/// `currency = "EUR"`, `interval = month`
fn always(ctxt: &Ctxt, entity: Entity, place: usize, field: Field, item: &Item) -> Place {
    if !can_be_always(entity, place, field.kind) {
        let message = if can_be_absent(entity, place, field.kind) {
            messages::always_but_optional(field.name)
        } else {
            messages::needs_column(field.name)
        };
        ctxt.error(&item.key, message);
        return Place::Unknown;
    }
    let Shape::Is(value) = &item.shape else {
        ctxt.error(item, messages::no_constant(field.name, example(field.kind)));
        return Place::Unknown;
    };
    match constant(field.kind, value) {
        Some(constant) => Place::Always(constant),
        None => {
            ctxt.error(item, unfit(field, value));
            Place::Unknown
        }
    }
}

fn constant(kind: Kind, value: &Value) -> Option<Constant> {
    match (kind, value) {
        (Kind::Key | Kind::Text | Kind::Word, Value::Lit(Lit::Str(text))) => {
            Some(Constant::Text(text.value()))
        }
        (Kind::Word, Value::Path(path)) => {
            let word = path.get_ident()?.to_string();
            interval::ALL.contains(&word.as_str()).then_some(Constant::Text(word))
        }
        (Kind::Integer, Value::Lit(Lit::Int(number))) => number.base10_parse().ok().map(Constant::Integer),
        (Kind::Count, Value::Lit(Lit::Int(number))) => {
            number.base10_parse::<u32>().ok().map(|number| Constant::Integer(number.into()))
        }
        (Kind::Boolean, Value::Lit(Lit::Bool(boolean))) => Some(Constant::Boolean(boolean.value)),
        (Kind::Time, Value::Lit(Lit::Str(text))) => time::parse(&text.value()).map(Constant::Time),
        _ => None,
    }
}

fn unfit(field: Field, value: &Value) -> String {
    match value {
        Value::Path(path) if field.kind == Kind::Word => {
            let word = path.to_token_stream().to_string();
            match symbol::nearest(&word, interval::ALL) {
                Some(near) => messages::unknown_word_near(&word, field.name, near),
                None => messages::unknown_word(&word, field.name, &messages::list(interval::ALL)),
            }
        }
        _ => messages::no_constant(field.name, example(field.kind)),
    }
}

/// A value of a kind, as it is written.
fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer | Kind::Count => "1",
        Kind::Boolean => "true",
        Kind::Time => "\"1970-01-01T00:00:00Z\"",
        Kind::Word => "month",
        _ => "\"..\"",
    }
}
