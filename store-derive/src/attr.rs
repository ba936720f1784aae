//! What was written: the options of a struct and of its fields, with their places.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::ToTokens;
use store_model::adapter::Dialect;
use store_model::contract::Entity;
use syn::{Data, DeriveInput, Field, Lit, LitStr, Path, parse_quote};

use crate::ctxt::Ctxt;
use crate::mapping::{Mapping, word};
use crate::syntax::{self, Item, List, Shape, Value};
use crate::{messages, symbol};

/// One derive on one struct, as it was written.
pub(crate) struct Written<'a> {
    pub(crate) entity: Entity,
    pub(crate) input: &'a DeriveInput,
    /// The path to `store_core`; none if what is said of it can't be read.
    pub(crate) crate_path: Option<Path>,
    pub(crate) database: Option<Database>,
    /// The files of SQL that the mapping is held against.
    pub(crate) schema: Option<LitStr>,
    pub(crate) table: Option<LitStr>,
    /// `atomic` or `reportable`, whichever the trait has.
    pub(crate) extended: Option<TokenStream>,
    /// Whether an option was not understood, which may be the one that extends.
    pub(crate) misread: bool,
    pub(crate) mapping: Mapping,
    /// Whether the options stand in sections, so that the struct may have other derives.
    pub(crate) sectioned: bool,
    /// The places of the fields marked with `#[store(pool)]`.
    pub(crate) marked: Vec<usize>,
    /// Whether a mark was not understood, which may be the one that would be missed.
    pub(crate) mismarked: bool,
}

/// `database = word`
pub(crate) struct Database {
    /// None if the word is not understood, which has been told.
    pub(crate) dialect: Option<Dialect>,
    pub(crate) item: TokenStream,
}

/// Reads the options of the struct and of its fields.
pub(crate) fn read<'a>(ctxt: &Ctxt, entity: Entity, input: &'a DeriveInput) -> Written<'a> {
    let list = syntax::read_all(ctxt, &input.attrs);
    let is_section = |name: String| symbol::SECTIONS.contains(&name.as_str());
    let sectioned = list.items.iter().any(|item| item.name().is_some_and(is_section));
    let written = Written {
        entity,
        input,
        crate_path: Some(parse_quote!(::store_core)),
        database: None,
        schema: None,
        table: None,
        extended: None,
        misread: false,
        mapping: Mapping::default(),
        sectioned,
        marked: Vec::new(),
        mismarked: false,
    };
    let mut reader = Reader { ctxt, written, seen: HashSet::new(), section: None, broken: list.broken };
    reader.each(&list.items, if sectioned { Reader::beside_sections } else { Reader::without_sections });
    if let Data::Struct(data) = &input.data {
        data.fields.iter().enumerate().for_each(|(place, field)| reader.field(place, field));
    }
    reader.finish()
}

fn is_option_of_struct(name: &str) -> bool {
    [symbol::OWN, symbol::SHARED, symbol::SECTIONS].iter().any(|level| level.contains(&name))
}

/// Goes over the items of a struct.
struct Reader<'c, 'a> {
    ctxt: &'c Ctxt,
    written: Written<'a>,
    /// The options so far, read or not.
    seen: HashSet<String>,
    /// The section of this derive.
    section: Option<TokenStream>,
    /// Whether something was not understood, which may be the very option that would be missed.
    broken: bool,
}

impl<'a> Reader<'_, 'a> {
    /// Goes over a list in which each item begins with the name of an option.
    fn each(&mut self, items: &[Item], mut read: impl FnMut(&mut Self, &str, &Item)) {
        for item in items {
            match item.name() {
                Some(name) => read(self, &name, item),
                None => self.mistake(item, messages::not_an_option()),
            }
        }
    }

    /// Notes what was not understood.
    fn mistake(&mut self, item: &Item, message: String) {
        self.ctxt.error(&item.key, message);
        self.broken = true;
    }

    /// `#[store(table = "subscriptions", atomic, database = sqlite)]`
    fn without_sections(&mut self, name: &str, item: &Item) {
        if !self.shared(name, item) {
            self.own(name, item, &[symbol::own(self.written.entity).as_slice(), symbol::SHARED].concat());
        }
    }

    /// `#[store(plan(table = "plans"), usage(table = "usage", reportable), database = sqlite)]`
    fn beside_sections(&mut self, name: &str, item: &Item) {
        if self.shared(name, item) {
            return;
        }
        if symbol::SECTIONS.contains(&name) {
            return self.section(name, item);
        }
        if symbol::OWN.contains(&name) {
            return self.mistake(item, messages::outside_of_sections(name));
        }
        let known = [symbol::SHARED, symbol::SECTIONS].concat();
        // Near to an option of some section is near enough: the next message says where it belongs.
        let message = match symbol::nearest(name, known.iter().chain(symbol::OWN).copied()) {
            Some(near) => messages::unknown_option_near(name, near),
            None => messages::unknown_shared(name, &messages::list(known)),
        };
        self.mistake(item, message);
    }

    /// `plan(table = "plans")`; the sections of other derives are read by those.
    fn section(&mut self, name: &str, item: &Item) {
        let Shape::List(List { items, broken, .. }) = &item.shape else {
            return self.mistake(item, messages::not_a_section(name));
        };
        if name != symbol::section(self.written.entity) {
            return;
        }
        self.section.get_or_insert_with(|| item.key.to_token_stream());
        self.broken |= broken;
        self.each(items, |reader, name, item| {
            if symbol::SHARED.contains(&name) {
                reader.mistake(item, messages::inside_of_section(name));
            } else {
                reader.own(name, item, &symbol::own(reader.written.entity));
            }
        });
    }

    /// `database = sqlite`, `crate = path`; whether the item is one of them.
    fn shared(&mut self, name: &str, item: &Item) -> bool {
        match name {
            symbol::DATABASE if self.is_first(name, item) => {
                let dialect = read_database(self.ctxt, item);
                self.written.database = Some(Database { dialect, item: item.to_token_stream() });
            }
            symbol::SCHEMA if self.is_first(name, item) => {
                self.written.schema = read_schema(self.ctxt, item);
            }
            symbol::CRATE if self.is_first(name, item) => {
                self.written.crate_path = read_crate(self.ctxt, item);
            }
            _ => return symbol::SHARED.contains(&name),
        }
        true
    }

    /// `table = "subscriptions"`, `atomic`, `reportable`, `columns(..)`
    fn own(&mut self, name: &str, item: &Item, known: &[&str]) {
        if !known.contains(&name) {
            return self.unknown(name, item, known);
        }
        if !self.is_first(name, item) {
            return;
        }
        if name == symbol::TABLE {
            self.written.table = read_text(self.ctxt, item);
        } else if let Some(list) = symbol::LISTS.iter().find(|list| **list == name) {
            self.written.mapping.read(self.ctxt, self.written.entity, list, item);
        } else if symbol::OF_TABLE.contains(&name) {
            self.written.mapping.table.read(self.ctxt, self.written.entity, name, item);
        } else {
            self.extension(name, item);
        }
    }

    /// `atomic`, `reportable`, `atomic(key(..))`, `atomic(lock)`
    fn extension(&mut self, name: &str, item: &Item) {
        self.written.extended = Some(item.key.to_token_stream());
        if name == symbol::ATOMIC && matches!(item.shape, Shape::List(_)) {
            self.written.mapping.table.read_atomic(self.ctxt, item);
        } else {
            word(self.ctxt, name, item);
        }
    }

    fn unknown(&mut self, name: &str, item: &Item, known: &[&str]) {
        let derive = symbol::derive(self.written.entity);
        let known = messages::list(known.iter().copied());
        if symbol::OWN.contains(&name) {
            return self.ctxt.error(&item.key, messages::option_of_other(name, derive, &known));
        }
        if name == symbol::POOL {
            return self.ctxt.error(&item.key, messages::option_of_field());
        }
        // The same for each derive that may see it, so the suggestion is sought among the options of all.
        let all = [symbol::OWN, symbol::SHARED, symbol::SECTIONS].concat();
        let message = match symbol::nearest(name, all) {
            Some(near) => messages::unknown_option_near(name, near),
            None => messages::unknown_option(name, derive, &known),
        };
        self.mistake(item, message);
    }

    /// `#[store(pool)]`, `#[store(scope = "tenant_id")]`
    fn field(&mut self, place: usize, field: &Field) {
        let list = syntax::read_all(self.ctxt, &field.attrs);
        let mut seen = HashSet::new();
        self.each(&list.items, |reader, name, item| match name {
            _ if !seen.insert(name.to_owned()) => {
                reader.ctxt.error(&item.key, messages::duplicate_option(name));
            }
            symbol::POOL => {
                word(reader.ctxt, name, item);
                reader.written.marked.push(place);
            }
            symbol::SCOPE => reader.bound(place, symbol::SCOPE, item),
            symbol::INSERT => reader.bound(place, symbol::INSERT, item),
            symbol::WRITE => reader.bound(place, symbol::WRITE, item),
            _ if is_option_of_struct(name) => reader.mistake(item, messages::option_of_struct(name)),
            _ => {
                reader.written.mismarked = true;
                let message = match symbol::nearest(name, symbol::ON_FIELD.iter().copied()) {
                    Some(near) => messages::unknown_option_near(name, near),
                    None => messages::unknown_field_option(
                        name,
                        &messages::list(symbol::ON_FIELD.iter().copied()),
                    ),
                };
                reader.ctxt.error(&item.key, message);
            }
        });
        self.written.mismarked |= list.broken;
    }

    fn bound(&mut self, place: usize, option: &'static str, item: &Item) {
        let sections = if self.written.sectioned { symbol::SECTIONS } else { &[] };
        let table = &mut self.written.mapping.table;
        table.read_of_field(self.ctxt, self.written.entity, sections, place, option, item);
    }

    /// Whether the option is given for the first time.
    fn is_first(&mut self, name: &str, item: &Item) -> bool {
        let first = self.seen.insert(name.to_owned());
        if !first {
            self.ctxt.error(&item.key, messages::duplicate_option(name));
        }
        first
    }

    fn finish(mut self) -> Written<'a> {
        self.written.misread = self.broken;
        if !self.broken && !self.seen.contains(symbol::TABLE) {
            self.missing();
        }
        self.written
    }

    fn missing(&self) {
        let entity = self.written.entity;
        let (section, table) = (symbol::section(entity), symbol::example_table(entity));
        let attribute = self.written.input.attrs.iter().find(|it| it.path().is_ident(symbol::STORE));
        match (&self.section, attribute) {
            (Some(key), _) => self.ctxt.error(key, messages::missing_table_in_section(section, table)),
            (None, Some(attribute)) if self.written.sectioned => {
                self.ctxt.error(attribute, messages::missing_section(section, symbol::derive(entity), table));
            }
            (None, Some(attribute)) => self.ctxt.error(attribute, messages::missing_table(table)),
            (None, None) => self.ctxt.error(&self.written.input.ident, messages::missing_table(table)),
        }
    }
}

fn read_text(ctxt: &Ctxt, item: &Item) -> Option<LitStr> {
    if let Shape::Is(Value::Lit(Lit::Str(text))) = &item.shape {
        return Some(text.clone());
    }
    ctxt.error(item, messages::not_a_table());
    None
}

fn read_schema(ctxt: &Ctxt, item: &Item) -> Option<LitStr> {
    let path = item.value().and_then(|value| value.text()).filter(|path| !path.value().is_empty());
    if path.is_none() {
        ctxt.error(item, messages::not_a_schema());
    }
    path.cloned()
}

fn read_database(ctxt: &Ctxt, item: &Item) -> Option<Dialect> {
    let Shape::Is(Value::Path(path)) = &item.shape else {
        ctxt.error(item, messages::not_a_database());
        return None;
    };
    let word = path.get_ident().map(ToString::to_string).unwrap_or_default();
    let dialect = Dialect::ALL.into_iter().find(|dialect| dialect.word() == word);
    if dialect.is_none() {
        let message = match symbol::nearest(&word, symbol::databases()) {
            Some(near) => messages::unknown_database_near(&word, near),
            None if word.is_empty() => messages::not_a_database(),
            None => messages::unknown_database(&word, &messages::list(symbol::databases())),
        };
        ctxt.error(path, message);
    }
    dialect
}

/// `crate = path`, or in quotes as serde has it.
fn read_crate(ctxt: &Ctxt, item: &Item) -> Option<Path> {
    let path = match &item.shape {
        Shape::Is(Value::Path(path)) => Some(path.clone()),
        Shape::Is(Value::Lit(Lit::Str(text))) => text.parse_with(Path::parse_mod_style).ok(),
        _ => None,
    };
    if path.is_none() {
        ctxt.error(item, messages::not_a_crate());
    }
    path
}
