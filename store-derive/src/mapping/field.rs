//! `field = "col"`, `field(column = "col", as = form, ..)`: what is said of one field.

use proc_macro2::TokenStream;
use quote::ToTokens;
use store_model::adapter::Duty;
use store_model::contract::{Entity, Field, Kind};
use syn::{LitStr, Path};

use super::case::{self, Case};
use super::constant::{Constant, constant, example, unfit};
use super::form::{self, Form};
use super::labels::{self, Labels};
use super::path;
use super::via::{self, Via};
use crate::ctxt::Ctxt;
use crate::syntax::{Item, List, Shape, Value};
use crate::{messages, symbol};

/// What is said of one field, or of a class of fields.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) column: Option<LitStr>,
    pub(crate) form: Option<Form>,
    /// The codec of the user's own.
    pub(crate) with: Option<Path>,
    /// Which rows are live, where a codec keeps the status.
    pub(crate) live_sql: Option<LitStr>,
    pub(crate) sql_type: Option<LitStr>,
    pub(crate) collation: Option<LitStr>,
    pub(crate) labels: Option<Labels>,
    pub(crate) null: Option<Null>,
    /// The words of the options that say how a value is kept, in the order in which they are written.
    pub(crate) forms: Vec<(&'static str, TokenStream)>,
    /// Who writes it, if not the store.
    pub(crate) duty: Option<(Duty, TokenStream)>,
    pub(crate) repeats: Option<TokenStream>,
    pub(crate) over: Option<Over>,
    pub(crate) case: Option<Case>,
    pub(crate) path: Option<path::Path>,
    pub(crate) via: Option<Via>,
    /// The columns of `keys(..)`.
    pub(crate) keys: Vec<Part>,
}

/// `over("a", "b")`: the columns of one field.
#[derive(Clone)]
pub(crate) struct Over {
    /// The option.
    pub(crate) at: TokenStream,
    pub(crate) parts: Vec<Part>,
}

/// One of several columns.
#[derive(Clone)]
pub(crate) struct Part {
    /// The key of a map or the element of a list that it keeps; nothing for one part of a tuple.
    pub(crate) key: Option<LitStr>,
    pub(crate) column: LitStr,
    pub(crate) form: Option<Form>,
    pub(crate) sql_type: Option<LitStr>,
}

/// `if_null = V`, `also_none = V`, `not_null`
#[derive(Clone)]
pub(crate) enum Null {
    Is(Constant),
    IsField(usize),
    /// With the value as it was written.
    Also(Constant, TokenStream),
    Never,
}

impl Null {
    const fn option(&self) -> &'static str {
        match self {
            Self::Is(_) | Self::IsField(_) => "if_null",
            Self::Also(..) => "also_none",
            Self::Never => "not_null",
        }
    }
}

impl Options {
    /// Nothing has a meaning that is never there.
    fn set_null(&mut self, ctxt: &Ctxt, item: &Item, null: Option<Null>) {
        if let (Some(known), Some(null)) = (&self.null, &null) {
            let said = if matches!(known, Null::Never) { null } else { known };
            ctxt.error(&item.key, messages::none_twice(said.option()));
        }
        self.null = null.or(self.null.take());
    }

    /// The columns of a field, where it is kept in several.
    pub(crate) fn parts(&self) -> &[Part] {
        self.over.as_ref().map(|over| over.parts.as_slice()).unwrap_or_default()
    }

    /// The names of the columns that are said one by one.
    pub(super) fn several(&self) -> impl Iterator<Item = &LitStr> {
        self.parts().iter().chain(&self.keys).map(|part| &part.column)
    }

    /// What is said of a class holds for a field as far as nothing is said of it; its own form drops the class's type.
    pub(crate) fn over(self, class: Option<&Self>) -> Self {
        let Some(class) = class else { return self };
        let mut all = self;
        if all.form.is_none() && all.with.is_none() {
            all.form.clone_from(&class.form);
            all.sql_type = all.sql_type.or_else(|| class.sql_type.clone());
        }
        all.collation = all.collation.or_else(|| class.collation.clone());
        all
    }
}

/// What is said of one field.
pub(crate) fn read(ctxt: &Ctxt, entity: Entity, field: Field, item: &Item) -> Options {
    let mut options = Options::default();
    let of_key = of_key(field, item);
    let has_path = has(item, "path");
    match &item.shape {
        Shape::Is(_) => options.column = name(ctxt, item, &messages::not_a_column(field.name)),
        Shape::List(list) => {
            each(ctxt, item, symbol::FIELD, |name, item| match (of_key, name) {
                (None, "over" | "case" | "via" | "with") if has_path => {
                    ctxt.error(&item.key, messages::path_beside(name));
                }
                (None, _) | (_, "keys") => one(ctxt, entity, field, &mut options, name, item),
                (Some(field), "as") => one(ctxt, entity, field, &mut options, name, item),
                _ => ctxt.error(&item.key, messages::keys_beside(name)),
            });
            via::check(ctxt, &options);
            if options.case.is_some() {
                case_alone(ctxt, list);
            }
        }
        Shape::Word => ctxt.error(item, messages::not_a_column(field.name)),
    }
    options
}

/// What other columns decide has no column of which more could be said.
fn case_alone(ctxt: &Ctxt, list: &List) {
    for item in &list.items {
        if let Some(name) =
            item.name().filter(|name| name != symbol::CASE && symbol::FIELD.contains(&name.as_str()))
        {
            ctxt.error(&item.key, messages::case_and(&name));
        }
    }
}

/// What one of the columns of `keys(..)` keeps, if a field has some.
fn of_key(field: Field, item: &Item) -> Option<Field> {
    let kind = match field.kind {
        Kind::Numbers => Kind::Integer,
        Kind::List => Kind::Boolean,
        _ => return None,
    };
    has(item, "keys").then_some(Field { kind, ..field })
}

/// Whether an option is among those of a field.
fn has(item: &Item, option: &str) -> bool {
    let mut items = item.list().into_iter().flat_map(|list| &list.items);
    items.any(|item| item.name().as_deref() == Some(option))
}

/// `ids(as = uuid)`, `times(as = epoch(ms))`: what is said of all fields that are like this one.
pub(crate) fn read_class(ctxt: &Ctxt, entity: Entity, class: &str, field: Field, item: &Item) -> Options {
    let mut options = Options::default();
    if item.list().is_none() {
        ctxt.error(item, messages::not_a_class(class));
    }
    let known = if field.kind.is_time() { symbol::TIMES } else { symbol::IDS };
    each(ctxt, item, known, |name, item| one(ctxt, entity, field, &mut options, name, item));
    if options.form.as_ref().is_some_and(|form| !form.is_text()) {
        no_collation(ctxt, &options);
    }
    options
}

/// Only text has one.
pub(crate) fn no_collation(ctxt: &Ctxt, options: &Options) {
    if let Some(collation) = &options.collation {
        ctxt.error(collation, messages::collation_of_no_text());
    }
}

/// Goes over the options in parentheses, each of which is given once.
pub(crate) fn each(ctxt: &Ctxt, item: &Item, known: &[&str], read: impl FnMut(&str, &Item)) {
    each_of(ctxt, item.list(), known, read);
}

/// The same for a list that may not be there.
pub(crate) fn each_of(ctxt: &Ctxt, list: Option<&List>, known: &[&str], mut read: impl FnMut(&str, &Item)) {
    let mut seen = Vec::new();
    for item in list.into_iter().flat_map(|list| &list.items) {
        let Some(name) = item.name() else {
            ctxt.error(&item.key, messages::not_an_option());
            continue;
        };
        if !known.contains(&name.as_str()) {
            let message = match symbol::nearest(&name, known.iter().copied()) {
                Some(near) => messages::unknown_option_near(&name, near),
                None => messages::unknown_inner_option(&name, &messages::list(known.iter().copied())),
            };
            ctxt.error(&item.key, message);
        } else if seen.contains(&name) {
            ctxt.error(&item.key, messages::duplicate_option(&name));
        } else {
            read(&name, item);
        }
        seen.push(name);
    }
}

/// What says how a value is kept, which a codec says by itself.
const BESIDE_WITH: [&str; 10] =
    ["as", "labels", "if_null", "also_none", "not_null", "generated", "path", "keys", "case", "via"];

fn one(ctxt: &Ctxt, entity: Entity, field: Field, options: &mut Options, name: &str, item: &Item) {
    if let Some(option) = BESIDE_WITH.iter().find(|option| **option == name) {
        options.forms.push((option, item.key.to_token_stream()));
    }
    match name {
        "column" => options.column = self::name(ctxt, item, &messages::not_a_column("column")),
        "as" => options.form = form::read(ctxt, field, item),
        "type" => options.sql_type = self::name(ctxt, item, &messages::not_a_type()),
        "collation" => options.collation = self::name(ctxt, item, &messages::not_a_collation()),
        symbol::WITH => options.with = with(ctxt, item),
        symbol::LIVE_SQL => options.live_sql = live_sql(ctxt, item),
        "labels" => options.labels = labels::read(ctxt, field, item),
        "if_null" => options.set_null(ctxt, item, if_null(ctxt, entity, field, item)),
        "also_none" => options.set_null(ctxt, item, also_none(ctxt, field, item)),
        "not_null" => {
            word(ctxt, name, item);
            options.set_null(ctxt, item, Some(Null::Never));
        }
        symbol::OVER => options.over = over(ctxt, field, item),
        "keys" => options.keys = keys(ctxt, field, item),
        symbol::CASE => options.case = case::read(ctxt, field, item),
        "path" => options.path = path::read(ctxt, item),
        "via" => options.via = via::read(ctxt, field, item),
        "repeats" => {
            word(ctxt, name, item);
            options.repeats = Some(item.key.to_token_stream());
        }
        _ => {
            word(ctxt, name, item);
            let duty = if name == "generated" { Duty::Generated } else { Duty::ViewOnly };
            if options.duty.is_some() {
                ctxt.error(&item.key, messages::two_duties());
            }
            options.duty = Some((duty, item.key.to_token_stream()));
        }
    }
}

/// `with = TrialDays`
fn with(ctxt: &Ctxt, item: &Item) -> Option<Path> {
    match item.value() {
        Some(Value::Path(path)) => Some(path.clone()),
        _ => {
            ctxt.error(item, messages::not_a_codec());
            None
        }
    }
}

/// `live_sql = "state IN (1, 2)"`
fn live_sql(ctxt: &Ctxt, item: &Item) -> Option<LitStr> {
    let predicate = item.value().and_then(Value::text);
    if predicate.is_none() {
        ctxt.error(item, messages::not_live_sql());
    }
    predicate.cloned()
}

/// `over("a", column("b", type = "t"))`
fn over(ctxt: &Ctxt, field: Field, item: &Item) -> Option<Over> {
    let items = item.list().map(|list| list.items.as_slice()).unwrap_or_default();
    if items.len() < 2 {
        ctxt.error(item, messages::not_over());
        return None;
    }
    // Each is read, so that all mistakes are told.
    let parts: Vec<_> = items.iter().map(|item| part(ctxt, field, item)).collect();
    let parts: Option<_> = parts.into_iter().collect();
    Some(Over { at: item.key.to_token_stream(), parts: parts? })
}

fn part(ctxt: &Ctxt, field: Field, item: &Item) -> Option<Part> {
    if let (Some(column), Shape::Word) = (item.text(), &item.shape) {
        return Some(Part { key: None, column: sound(ctxt, column)?, form: None, sql_type: None });
    }
    let items = item.list().filter(|_| item.name().as_deref() == Some("column")).map(|list| &list.items);
    let Some([first, more @ ..]) = items.map(Vec::as_slice) else {
        ctxt.error(&item.key, messages::not_over());
        return None;
    };
    let Some(column) = first.text().filter(|_| matches!(first.shape, Shape::Word)) else {
        ctxt.error(first, messages::not_over());
        return None;
    };
    let mut part = Part { key: None, column: sound(ctxt, column)?, form: None, sql_type: None };
    for item in more {
        match item.name().as_deref() {
            Some("as") => part.form = form::read_of_part(ctxt, field, item),
            Some("type") => part.sql_type = name(ctxt, item, &messages::not_a_type()),
            _ => ctxt.error(&item.key, messages::not_over()),
        }
    }
    Some(part)
}

/// `keys("seats" = "max_seats")`
fn keys(ctxt: &Ctxt, field: Field, item: &Item) -> Vec<Part> {
    if !matches!(field.kind, Kind::Numbers | Kind::List) {
        ctxt.error(&item.key, messages::no_keys(field.name));
        return Vec::new();
    }
    let items = item.list().map(|list| list.items.as_slice()).unwrap_or_default();
    if items.is_empty() && !item.is_broken() {
        ctxt.error(item, messages::not_keys());
    }
    let mut parts: Vec<Part> = Vec::new();
    for item in items {
        let (Some(key), Some(column)) = (item.text(), item.value().and_then(|value| value.text())) else {
            ctxt.error(item, messages::not_keys());
            continue;
        };
        let is_known = |part: &Part| part.key.as_ref().is_some_and(|known| known.value() == key.value());
        if parts.iter().any(is_known) {
            ctxt.error(key, messages::key_twice());
        }
        let Some(column) = sound(ctxt, column) else { continue };
        parts.push(Part { key: Some(key.clone()), column, form: None, sql_type: None });
    }
    parts
}

pub(crate) fn word(ctxt: &Ctxt, name: &str, item: &Item) {
    if !matches!(item.shape, Shape::Word) {
        ctxt.error(item, messages::not_a_word_alone(name));
    }
}

/// A name of the database.
pub(crate) fn name(ctxt: &Ctxt, item: &Item, otherwise: &str) -> Option<LitStr> {
    let name = item.value().and_then(|value| value.text());
    if name.is_none() {
        ctxt.error(item, otherwise);
    }
    sound(ctxt, name?)
}

/// The same, if a database may have such a name.
pub(crate) fn sound(ctxt: &Ctxt, name: &LitStr) -> Option<LitStr> {
    let message = match name.value() {
        text if text.is_empty() => messages::no_letter(),
        text if text.contains('\0') => messages::nul_in_name(),
        _ => return Some(name.clone()),
    };
    ctxt.error(name, message);
    None
}

/// `if_null = ""`, `if_null = created_at`
fn if_null(ctxt: &Ctxt, entity: Entity, field: Field, item: &Item) -> Option<Null> {
    if field.kind.is_optional() {
        ctxt.error(&item.key, messages::if_null_of_optional(field.name));
        return None;
    }
    let value = item.value();
    let known = value.and_then(|value| constant(field, value)).map(Null::Is);
    let null = known.or_else(|| value.and_then(|value| other(entity, field, &value.word()?)));
    if null.is_none() {
        ctxt.error(item, unfit("if_null", field, value));
    }
    null
}

/// A field of the same kind, which must be something too.
fn other(entity: Entity, field: Field, word: &str) -> Option<Null> {
    let fields = entity.fields();
    let place = fields.iter().position(|it| it.name == word)?;
    let fits = fields[place].kind == field.kind && fields[place].name != field.name;
    fits.then_some(Null::IsField(place))
}

/// `also_none = ""`
fn also_none(ctxt: &Ctxt, field: Field, item: &Item) -> Option<Null> {
    if !field.kind.is_optional() {
        ctxt.error(&item.key, messages::also_none_of_required(field.name));
        return None;
    }
    let value = item.value();
    let null = value.and_then(|value| Some(Null::Also(constant(field, value)?, value.to_token_stream())));
    if null.is_none() {
        ctxt.error(item, messages::no_constant("also_none", example(field)));
    }
    null
}
