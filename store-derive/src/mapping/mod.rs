//! `columns(..)`, `absent(..)`, `always(..)` and `lossy(..)`: where each field of the contract is, as it was written.

mod case;
mod constant;
mod field;
mod form;
mod labels;
mod options;
mod path;
mod via;

use proc_macro2::TokenStream;
use quote::ToTokens;
use store_model::contract::{Entity, Field, Kind, plan, subscription, usage};

use crate::ctxt::Ctxt;
use crate::syntax::{Item, Shape};
use crate::{messages, symbol};

pub(crate) use case::When;
pub(crate) use constant::Constant;
pub(crate) use field::{Null, Options, Part, word};
pub(crate) use form::Form;
pub(crate) use labels::{Labels, Meaning, Stored};
pub(crate) use options::{Extra, Key, Mark, Source, Table};
pub(crate) use path::Step;
pub(crate) use via::{Scope, Via};

/// What was written of the fields, by their places.
#[derive(Default)]
pub(crate) struct Mapping {
    fields: Vec<(usize, Written)>,
    /// What is said of all ids.
    ids: Options,
    /// What is said of all times.
    times: Options,
    /// The `times` of `lossy`.
    lossy_times: Option<TokenStream>,
    /// The fields of `lossy`.
    lossy: Vec<(usize, TokenStream)>,
    /// What is said of the table itself.
    pub(crate) table: Table,
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
    Column(Box<Options>),
    Always(Constant),
    Absent,
    /// It can't be told, which has been.
    Unknown,
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

    /// What is said of a field, of its own and by its class.
    pub(crate) fn options(&self, place: usize, field: Field) -> Options {
        let own = match self.of(place) {
            Some(Place::Column(options)) => (**options).clone(),
            _ => Options::default(),
        };
        match field.kind {
            Kind::Key if field.name != "metric" => own.over(&self.ids),
            Kind::Time | Kind::OptionalTime => own.over(&self.times),
            _ => own,
        }
    }

    /// What is said of all times.
    pub(crate) fn times(&self) -> &Options {
        &self.times
    }

    /// Whether the digits of a time that its form has no place for are dropped.
    pub(crate) fn is_cut(&self, place: usize) -> bool {
        self.lossy_times.is_some() || self.lossy.iter().any(|(known, _)| *known == place)
    }

    /// The fields that `lossy` names.
    pub(crate) fn lossy(&self) -> impl Iterator<Item = (usize, &TokenStream)> {
        self.lossy.iter().map(|(place, at)| (*place, at))
    }

    /// The names of columns that were written.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &syn::LitStr> {
        let fields = self.fields.iter().filter_map(|(_, written)| match &written.place {
            Place::Column(options) => options.column.as_ref(),
            _ => None,
        });
        fields.chain(self.table.columns())
    }

    /// Reads one of the lists.
    pub(crate) fn read(&mut self, ctxt: &Ctxt, entity: Entity, option: &'static str, item: &Item) {
        let Shape::List(list) = &item.shape else {
            return ctxt.error(item, not_a_list(option));
        };
        if let Some(rest) = list.rest {
            ctxt.error(rest, messages::rest_outside());
        }
        for item in &list.items {
            match (option, item.name().as_deref()) {
                (symbol::LOSSY, name) => self.read_lossy(ctxt, entity, name, item),
                (symbol::COLUMNS, Some("ids")) => {
                    self.ids = field::read_class(ctxt, entity, entity.fields()[0], item);
                }
                (symbol::COLUMNS, Some("times")) => {
                    self.times = field::read_class(ctxt, entity, a_time(entity), item);
                }
                _ => self.read_field(ctxt, entity, option, item),
            }
        }
    }

    fn read_field(&mut self, ctxt: &Ctxt, entity: Entity, option: &'static str, item: &Item) {
        let Some((place, field)) = find(ctxt, entity, option, item) else { return };
        let read = match option {
            symbol::COLUMNS => match field::read(ctxt, entity, field, item) {
                options if options.broken => Place::Unknown,
                options => Place::Column(Box::new(options)),
            },
            symbol::ALWAYS => always(ctxt, entity, place, field, item),
            _ => absent(ctxt, entity, place, field, item),
        };
        self.add(ctxt, place, Written { key: item.key.to_token_stream(), option, place: read });
    }

    /// `lossy(times, canceled_at)`
    fn read_lossy(&mut self, ctxt: &Ctxt, entity: Entity, name: Option<&str>, item: &Item) {
        field::word(ctxt, name.unwrap_or_default(), item);
        if name == Some("times") {
            self.lossy_times = Some(item.key.to_token_stream());
            return;
        }
        let Some((place, field)) = find(ctxt, entity, symbol::LOSSY, item) else { return };
        if !matches!(field.kind, Kind::Time | Kind::OptionalTime) {
            return ctxt.error(&item.key, messages::lossy_but_no_time(field.name));
        }
        self.lossy.push((place, item.key.to_token_stream()));
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

/// One of the times of a record.
fn a_time(entity: Entity) -> Field {
    let time = entity.fields().iter().find(|field| field.kind == Kind::Time);
    *time.expect("every record has a time")
}

fn not_a_list(option: &str) -> String {
    match option {
        symbol::COLUMNS => messages::not_columns(),
        symbol::ALWAYS => messages::not_always(),
        symbol::LOSSY => messages::not_lossy(),
        _ => messages::not_absent(),
    }
}

/// The field that an item begins with.
fn find(ctxt: &Ctxt, entity: Entity, option: &str, item: &Item) -> Option<(usize, Field)> {
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
        ctxt.error(item, messages::no_constant(field.name, constant::example(field)));
        return Place::Unknown;
    };
    match constant::constant(field, value) {
        Some(constant) => Place::Always(constant),
        None => {
            ctxt.error(item, constant::unfit(field, value));
            Place::Unknown
        }
    }
}
