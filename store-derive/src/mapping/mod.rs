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

pub(crate) use case::{Case, When};
pub(crate) use constant::{Constant, example};
pub(crate) use field::{Null, Options, Part, no_collation, word};
pub(crate) use form::{Form, has_form};
pub(crate) use labels::{Labels, Meaning, Stored};
pub(crate) use options::{Atomic, Extra, Key, Lock, Mark, Source, Table};
pub(crate) use path::Step;
pub(crate) use via::{Scope, Via};

/// What was written of the fields, by their places.
#[derive(Default)]
pub(crate) struct Mapping {
    fields: Vec<(usize, Written)>,
    /// What is said of all ids.
    ids: Option<Options>,
    /// What is said of all times.
    times: Option<Options>,
    /// Whether `lossy` names all times.
    lossy_times: bool,
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
        let own = self.own(place).cloned().unwrap_or_default();
        match field.kind {
            Kind::Key if field.name != "metric" => own.over(self.ids.as_ref()),
            Kind::Time | Kind::OptionalTime => own.over(self.times()),
            _ => own,
        }
    }

    /// What is said of all times, if something is.
    pub(crate) fn times(&self) -> Option<&Options> {
        self.times.as_ref()
    }

    /// What is said of the column of a field itself, if something is.
    pub(crate) fn own(&self, place: usize) -> Option<&Options> {
        match self.of(place) {
            Some(Place::Column(options)) => Some(options),
            _ => None,
        }
    }

    /// Whether the digits of a time that its form has no place for are dropped.
    pub(crate) fn is_cut(&self, place: usize) -> bool {
        self.lossy_times || self.lossy.iter().any(|(known, _)| *known == place)
    }

    /// The fields that `lossy` names.
    pub(crate) fn lossy(&self) -> impl Iterator<Item = (usize, &TokenStream)> {
        self.lossy.iter().map(|(place, at)| (*place, at))
    }

    /// The names of columns that were written.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &syn::LitStr> {
        let options = self.fields.iter().filter_map(|(_, written)| match &written.place {
            Place::Column(options) => Some(options),
            _ => None,
        });
        let fields = options.flat_map(|options| {
            let via = options.via.iter().flat_map(Via::columns);
            options.column.iter().chain(options.several()).chain(via)
        });
        fields.chain(self.table.columns())
    }

    /// What other tables fields and further columns are kept in, as it was written.
    pub(crate) fn vias(&self) -> impl Iterator<Item = &Via> {
        let fields = self.fields.iter().filter_map(|(_, written)| match &written.place {
            Place::Column(options) => options.via.as_ref(),
            _ => None,
        });
        fields.chain(self.table.vias())
    }

    /// Reads one of the lists.
    pub(crate) fn read(&mut self, ctxt: &Ctxt, entity: Entity, option: &'static str, item: &Item) {
        let Shape::List(list) = &item.shape else {
            return ctxt.error(item, not_a_list(option));
        };
        for item in &list.items {
            match (option, item.name().as_deref()) {
                (symbol::LOSSY, name) => self.read_lossy(ctxt, entity, name, item),
                (symbol::COLUMNS, Some(class @ ("ids" | "times"))) => {
                    self.read_class(ctxt, entity, class, item);
                }
                _ => self.read_field(ctxt, entity, option, item),
            }
        }
    }

    /// `ids(..)`, `times(..)`
    fn read_class(&mut self, ctxt: &Ctxt, entity: Entity, class: &str, item: &Item) {
        let (options, field) = match class {
            "ids" => (&mut self.ids, entity.fields()[0]),
            _ => (&mut self.times, a_time(entity)),
        };
        if options.is_some() {
            return ctxt.error(&item.key, messages::duplicate_option(class));
        }
        *options = Some(field::read_class(ctxt, entity, class, field, item));
    }

    fn read_field(&mut self, ctxt: &Ctxt, entity: Entity, option: &'static str, item: &Item) {
        let Some((place, field)) = find(ctxt, entity, option, item) else { return };
        let read = match option {
            symbol::COLUMNS => column(ctxt, entity, field, item),
            symbol::ALWAYS => always(ctxt, entity, place, field, item),
            _ => absent(ctxt, entity, place, field, item),
        };
        self.add(ctxt, place, Written { key: item.key.to_token_stream(), option, place: read });
    }

    /// `lossy(times, canceled_at)`
    fn read_lossy(&mut self, ctxt: &Ctxt, entity: Entity, name: Option<&str>, item: &Item) {
        if name == Some("times") {
            if self.lossy_times {
                ctxt.error(&item.key, messages::duplicate_option("times"));
            }
            field::word(ctxt, "times", item);
            self.lossy_times = true;
            return;
        }
        let Some((place, field)) = find(ctxt, entity, symbol::LOSSY, item) else { return };
        if !field.kind.is_time() {
            ctxt.error(&item.key, messages::lossy_but_no_time(field.name));
        } else if self.lossy.iter().any(|(known, _)| *known == place) {
            ctxt.error(&item.key, messages::duplicate_option(field.name));
        } else {
            field::word(ctxt, field.name, item);
            self.lossy.push((place, item.key.to_token_stream()));
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
    ctxt.error(&item.key, unknown_field(entity, &name));
    None
}

/// What is wrong with a word that is no field.
fn unknown_field(entity: Entity, word: &str) -> String {
    let names = || entity.fields().iter().map(|field| field.name);
    match symbol::nearest(word, names()) {
        Some(near) => messages::unknown_field_near(word, near),
        None => messages::unknown_field(word, entity.as_str(), &messages::list(names())),
    }
}

/// `plan_id = "price_id"`; with a mistake within, nothing that is said of it counts.
fn column(ctxt: &Ctxt, entity: Entity, field: Field, item: &Item) -> Place {
    let before = ctxt.count();
    let options = field::read(ctxt, entity, field, item);
    if item.is_broken() || ctxt.count() > before { Place::Unknown } else { Place::Column(Box::new(options)) }
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
    let message = if is_of_records(entity, place) {
        messages::counter_is_no_usage(field.name)
    } else if can_be_always(entity, place, field.kind) {
        messages::absent_but_required(field.name)
    } else {
        messages::needs_column(field.name)
    };
    ctxt.error(&item.key, message);
    Place::Unknown
}

/// What a record of usage has and a counter has not.
fn is_of_records(entity: Entity, place: usize) -> bool {
    entity == Entity::Usage && matches!(place, usage::ID | usage::RECORDED_AT)
}

/// What reads as none or as empty where it is nowhere.
pub(crate) fn can_be_absent(entity: Entity, place: usize, kind: Kind) -> bool {
    let is_description = entity == Entity::Plan && place == plan::DESCRIPTION;
    kind.is_optional() || is_description || matches!(kind, Kind::List | Kind::Numbers | Kind::Texts)
}

/// What can be the same in every row: not what rows are found, counted or ordered by.
pub(crate) fn can_be_always(entity: Entity, place: usize, kind: Kind) -> bool {
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
        let message = if is_of_records(entity, place) {
            messages::counter_is_no_usage(field.name)
        } else if can_be_absent(entity, place, field.kind) {
            messages::always_but_optional(field.name)
        } else {
            messages::needs_column(field.name)
        };
        ctxt.error(&item.key, message);
        return Place::Unknown;
    }
    let Shape::Is(value) = &item.shape else {
        ctxt.error(item, messages::no_constant(field.name, example(field)));
        return Place::Unknown;
    };
    match constant::constant(field, value) {
        Some(constant) => Place::Always(constant),
        None => {
            ctxt.error(item, constant::unfit(field.name, field, Some(value)));
            Place::Unknown
        }
    }
}
