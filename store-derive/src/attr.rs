//! What was written: the options of a struct and of its fields, with their places.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::ToTokens;
use store_model::adapter::Dialect;
use store_model::contract::Entity;
use syn::{DeriveInput, Field, Ident, Lit, LitStr, Path, parse_quote};

use crate::ctxt::Ctxt;
use crate::syntax::{self, Item, List, Shape, Value};
use crate::{messages, symbol};

/// One derive on one struct, as it was written.
pub(crate) struct Written<'a> {
    pub(crate) entity: Entity,
    pub(crate) input: &'a DeriveInput,
    /// The path to `store_core`; none if what is said of it can't be read.
    pub(crate) crate_path: Option<Path>,
    pub(crate) database: Option<Database>,
    pub(crate) table: Option<LitStr>,
    /// `atomic` or `reportable`, whichever the trait has.
    pub(crate) extended: bool,
    /// Whether the options stand in sections, so that the struct may have other derives.
    pub(crate) sectioned: bool,
}

/// `database = word`
pub(crate) struct Database {
    /// None if the word is not understood, which has been told.
    pub(crate) dialect: Option<Dialect>,
    pub(crate) item: TokenStream,
}

/// Reads the options of the struct.
pub(crate) fn read<'a>(ctxt: &Ctxt, entity: Entity, input: &'a DeriveInput) -> Written<'a> {
    let list = syntax::read_all(ctxt, &input.attrs);
    let sectioned = list.items.iter().any(|item| symbol::SECTIONS.contains(&item.name().as_str()));
    let written = Written {
        entity,
        input,
        crate_path: Some(parse_quote!(::store_core)),
        database: None,
        table: None,
        extended: false,
        sectioned,
    };
    let mut reader = Reader { ctxt, written, seen: HashSet::new(), section: None, broken: list.broken };
    for item in &list.items {
        if sectioned { reader.beside_sections(item) } else { reader.without_sections(item) }
    }
    reader.finish()
}

/// Whether the field is marked with `#[store(pool)]`.
pub(crate) fn is_marked(ctxt: &Ctxt, field: &Field) -> bool {
    let mut marks = 0;
    for item in &syntax::read_all(ctxt, &field.attrs).items {
        match item.name().as_str() {
            symbol::POOL => {
                if marks > 0 {
                    ctxt.error(&item.key, messages::duplicate_option(symbol::POOL));
                }
                read_word(ctxt, item);
                marks += 1;
            }
            name if is_option_of_struct(name) => ctxt.error(&item.key, messages::option_of_struct(name)),
            name => ctxt.error(&item.key, messages::unknown_field_option(name)),
        }
    }
    marks > 0
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
    section: Option<Ident>,
    /// Whether something was not understood, which may be the very option that would be missed.
    broken: bool,
}

impl<'a> Reader<'_, 'a> {
    /// `#[store(table = "subscriptions", atomic, database = sqlite)]`
    fn without_sections(&mut self, item: &Item) {
        if !self.shared(item) {
            self.own(item, &[symbol::own(self.written.entity).as_slice(), symbol::SHARED].concat());
        }
    }

    /// `#[store(plan(table = "plans"), usage(table = "usage", reportable), database = sqlite)]`
    fn beside_sections(&mut self, item: &Item) {
        let name = item.name();
        if self.shared(item) {
            return;
        }
        if symbol::SECTIONS.contains(&name.as_str()) {
            return self.section(item);
        }
        self.broken = true;
        if symbol::OWN.contains(&name.as_str()) {
            return self.ctxt.error(&item.key, messages::outside_of_sections(&name));
        }
        let known = [symbol::SHARED, symbol::SECTIONS].concat();
        // Near to an option of some section is near enough: the next message says where it belongs.
        match symbol::nearest(&name, known.iter().chain(symbol::OWN).copied()) {
            Some(near) => self.ctxt.error(&item.key, messages::unknown_option_near(&name, near)),
            None => self.ctxt.error(&item.key, messages::unknown_shared(&name, &messages::list(known))),
        }
    }

    /// `plan(table = "plans")`; the sections of other derives are read by those.
    fn section(&mut self, item: &Item) {
        let name = item.name();
        let Shape::List(List { items, broken }) = &item.shape else {
            self.broken = true;
            return self.ctxt.error(&item.key, messages::not_a_section(&name));
        };
        if name != symbol::section(self.written.entity) {
            return;
        }
        self.section.get_or_insert_with(|| item.key.clone());
        self.broken |= broken;
        for item in items {
            if symbol::SHARED.contains(&item.name().as_str()) {
                self.ctxt.error(&item.key, messages::inside_of_section(&item.name()));
            } else {
                self.own(item, &symbol::own(self.written.entity));
            }
        }
    }

    /// `database = sqlite`, `crate = path`; whether the item is one of them.
    fn shared(&mut self, item: &Item) -> bool {
        match item.name().as_str() {
            symbol::DATABASE if self.is_first(item) => {
                let dialect = read_database(self.ctxt, item);
                self.written.database = Some(Database { dialect, item: item.to_token_stream() });
            }
            symbol::CRATE if self.is_first(item) => self.written.crate_path = read_crate(self.ctxt, item),
            name => return symbol::SHARED.contains(&name),
        }
        true
    }

    /// `table = "subscriptions"`, `atomic`, `reportable`
    fn own(&mut self, item: &Item, known: &[&str]) {
        let name = item.name();
        if !known.contains(&name.as_str()) {
            return self.unknown(item, known);
        }
        if !self.is_first(item) {
            return;
        }
        if name == symbol::TABLE {
            self.written.table = read_text(self.ctxt, item);
        } else {
            read_word(self.ctxt, item);
            self.written.extended = true;
        }
    }

    fn unknown(&mut self, item: &Item, known: &[&str]) {
        let name = item.name();
        let derive = symbol::derive(self.written.entity);
        if symbol::OWN.contains(&name.as_str()) {
            let known = messages::list(known.iter().copied());
            return self.ctxt.error(&item.key, messages::option_of_other(&name, derive, &known));
        }
        self.broken = true;
        if name == symbol::POOL {
            return self.ctxt.error(&item.key, messages::option_of_field());
        }
        // The same for each derive that may see it, so the suggestion is sought among the options of all.
        match symbol::nearest(&name, symbol::OWN.iter().chain(symbol::SHARED).copied()) {
            Some(near) => self.ctxt.error(&item.key, messages::unknown_option_near(&name, near)),
            None => {
                let known = messages::list(known.iter().copied());
                self.ctxt.error(&item.key, messages::unknown_option(&name, derive, &known));
            }
        }
    }

    /// Whether the option is given for the first time.
    fn is_first(&mut self, item: &Item) -> bool {
        let first = self.seen.insert(item.name());
        if !first {
            self.ctxt.error(&item.key, messages::duplicate_option(&item.name()));
        }
        first
    }

    fn finish(self) -> Written<'a> {
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

fn read_word(ctxt: &Ctxt, item: &Item) {
    if !matches!(item.shape, Shape::Word) {
        ctxt.error(item, messages::not_a_word_alone(&item.name()));
    }
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
