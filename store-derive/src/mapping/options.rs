//! What is said of the table itself, as it was written: `scope`, `key`, `insert`, `write`, `soft_delete`, `read_from`,
//! `read_only`, `instead_of`, `collation` and `atomic(..)`.

use proc_macro2::TokenStream;
use quote::ToTokens;
use store_model::contract::{Entity, Field, Kind};
use syn::{Lit, LitStr};

use super::field::{Options, each, each_of, name, sound, word};
use super::form::{self, Form};
use super::labels::{self, Stored};
use super::unknown_field;
use super::via::{self, Via};
use crate::ctxt::Ctxt;
use crate::syntax::{Item, List, Shape, Value};
use crate::{messages, symbol};

/// What is said of the table itself.
#[derive(Default)]
pub(crate) struct Table {
    pub(crate) read_from: Option<LitStr>,
    pub(crate) read_only: Option<TokenStream>,
    pub(crate) instead_of: Option<TokenStream>,
    pub(crate) collation: Option<LitStr>,
    pub(crate) scope: Vec<Extra>,
    pub(crate) insert: Vec<Extra>,
    pub(crate) write: Vec<Extra>,
    pub(crate) key: Option<Key>,
    pub(crate) mark: Option<Mark>,
    /// What `atomic(..)` says in its parentheses.
    pub(crate) atomic: Option<Atomic>,
    /// What the fields of the struct are: of the scope, of new rows, of each write.
    pub(crate) of_fields: Vec<OfField>,
    /// Whether something was not understood, so that nothing can be said to be missing.
    pub(crate) broken: bool,
}

/// `"col" = V`
pub(crate) struct Extra {
    pub(crate) column: LitStr,
    pub(crate) value: Source,
}

/// Where the value of a further column comes from.
pub(crate) enum Source {
    Literal(Stored),
    Sql(LitStr),
    /// A field of the contract, by place, and how it is kept here.
    Field(usize, Box<Options>),
    /// It can't be told, which has been.
    Unknown,
}

/// `key("a", "b", where = "..")`
pub(crate) struct Key {
    pub(crate) columns: Vec<LitStr>,
    pub(crate) predicate: Option<LitStr>,
    pub(crate) at: TokenStream,
}

/// What `atomic` rests on where it is not a key of live rows.
pub(crate) enum Atomic {
    /// `atomic(key("customer_id", where = "status = 'active'"))`
    Key(Key),
    /// `atomic(lock)`, `atomic(lock(table = "customers", column = "id"))`
    Lock(Lock),
}

/// `lock`, `lock(table = "customers", column = "id")`
pub(crate) struct Lock {
    pub(crate) row: Option<(LitStr, LitStr)>,
    pub(crate) at: TokenStream,
}

/// `soft_delete(column = "..", ..)`
pub(crate) struct Mark {
    pub(crate) column: LitStr,
    pub(crate) form: Option<Form>,
    pub(crate) marked_live: Option<Stored>,
    pub(crate) deleted: Option<Stored>,
    /// The last of the two, as it was written; the column, where there is none.
    pub(crate) at: TokenStream,
}

/// `#[store(scope = "tenant_id")]` on a field of the struct.
pub(crate) struct OfField {
    /// The place of the field in the struct.
    pub(crate) field: usize,
    /// `scope`, `insert` or `write`.
    pub(crate) option: &'static str,
    pub(crate) column: LitStr,
    pub(crate) sql_type: Option<LitStr>,
}

impl Table {
    /// The names of columns that were written.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &LitStr> {
        let extras = self.scope.iter().chain(&self.insert).chain(&self.write).map(|extra| &extra.column);
        let fields = self.of_fields.iter().map(|field| &field.column);
        let locked = self.atomic.iter().filter_map(Atomic::row).map(|(_, column)| column);
        let vias = self.vias().flat_map(Via::columns);
        extras.chain(fields).chain(self.mark.iter().map(|mark| &mark.column)).chain(locked).chain(vias)
    }

    /// What other tables further columns are copied from.
    pub(crate) fn vias(&self) -> impl Iterator<Item = &Via> {
        self.insert.iter().chain(&self.write).filter_map(|extra| match &extra.value {
            Source::Field(_, options) => options.via.as_ref(),
            _ => None,
        })
    }

    /// Reads one option.
    pub(crate) fn read(&mut self, ctxt: &Ctxt, entity: Entity, option: &str, item: &Item) {
        let before = ctxt.count();
        self.read_one(ctxt, entity, option, item);
        self.broken |= item.is_broken() || ctxt.count() > before;
    }

    fn read_one(&mut self, ctxt: &Ctxt, entity: Entity, option: &str, item: &Item) {
        match option {
            symbol::READ_FROM => self.read_from = name(ctxt, item, &messages::not_read_from()),
            symbol::READ_ONLY => {
                word(ctxt, option, item);
                self.read_only = Some(item.key.to_token_stream());
            }
            symbol::INSTEAD_OF => {
                word(ctxt, option, item);
                self.instead_of = Some(item.key.to_token_stream());
            }
            symbol::COLLATION => self.collation = name(ctxt, item, &messages::not_a_collation()),
            symbol::SCOPE => self.scope = extras(ctxt, entity, option, item),
            symbol::INSERT => self.insert = extras(ctxt, entity, option, item),
            symbol::WRITE => self.write = extras(ctxt, entity, option, item),
            symbol::KEY => self.key = key(ctxt, item),
            _ => self.mark = mark(ctxt, item),
        }
    }

    /// `atomic(key(..))`, `atomic(lock)`
    pub(crate) fn read_atomic(&mut self, ctxt: &Ctxt, item: &Item) {
        let before = ctxt.count();
        let items = item.list().map(|list| list.items.as_slice()).unwrap_or_default();
        if items.is_empty() && !item.is_broken() {
            ctxt.error(item, messages::not_atomic());
        }
        for (index, inner) in items.iter().enumerate() {
            let read = match inner.name().as_deref() {
                Some(symbol::KEY) => key(ctxt, inner).map(Atomic::Key),
                Some(symbol::LOCK) => lock(ctxt, inner).map(Atomic::Lock),
                _ => {
                    ctxt.error(inner, messages::not_atomic());
                    continue;
                }
            };
            if index > 0 {
                ctxt.error(&inner.key, messages::atomic_on_several());
            }
            self.atomic = read;
        }
        self.broken |= item.is_broken() || ctxt.count() > before;
    }

    /// `#[store(scope = "tenant_id")]`, `#[store(scope(column = "org", type = "uuid"))]`,
    /// `#[store(scope(plan = "org", usage = "org_id"))]`
    pub(crate) fn read_of_field(
        &mut self,
        ctxt: &Ctxt,
        entity: Entity,
        sections: &[&str],
        field: usize,
        option: &'static str,
        item: &Item,
    ) {
        let before = ctxt.count();
        let (mut column, mut own, mut sql_type) = (None, None, None);
        let mut is_of_another = false;
        match &item.shape {
            Shape::Is(_) => column = name(ctxt, item, &messages::not_of_field(option)),
            Shape::List(_) => {
                each(ctxt, item, &[symbol::OF_FIELD, sections].concat(), |inner, item| match inner {
                    "column" => column = name(ctxt, item, &messages::not_a_column("column")),
                    "type" => sql_type = name(ctxt, item, &messages::not_a_type()),
                    _ if inner == symbol::section(entity) => {
                        own = name(ctxt, item, &messages::not_a_column(inner));
                    }
                    _ => is_of_another = true,
                })
            }
            Shape::Word => ctxt.error(item, messages::not_of_field(option)),
        }
        let broken = item.is_broken() || ctxt.count() > before;
        self.broken |= broken;
        match own.or(column) {
            Some(column) => self.of_fields.push(OfField { field, option, column, sql_type }),
            None if !is_of_another && !broken => ctxt.error(item, messages::not_of_field(option)),
            None => {}
        }
    }
}

fn extras(ctxt: &Ctxt, entity: Entity, option: &str, item: &Item) -> Vec<Extra> {
    let Some(list) = item.list().filter(|list| list.broken || !list.items.is_empty()) else {
        ctxt.error(item, messages::not_extras(option));
        return Vec::new();
    };
    list.items.iter().filter_map(|item| extra(ctxt, entity, option, item)).collect()
}

fn extra(ctxt: &Ctxt, entity: Entity, option: &str, item: &Item) -> Option<Extra> {
    let (Some(column), Some(value)) = (item.text(), item.value()) else {
        ctxt.error(&item.key, messages::not_extras(option));
        return None;
    };
    let column = sound(ctxt, column)?;
    let value = source(ctxt, entity, option, value).unwrap_or_else(|message| {
        ctxt.error(value, message);
        Source::Unknown
    });
    Some(Extra { column, value })
}

fn source(ctxt: &Ctxt, entity: Entity, option: &str, value: &Value) -> Result<Source, String> {
    if let Some(literal) = literal(value) {
        return Ok(Source::Literal(literal));
    }
    if option == symbol::SCOPE {
        return Err(messages::scope_is_fixed());
    }
    let (Some(word), list) = value.called() else { return Err(messages::not_a_source()) };
    if word == "sql" {
        return sql(list).map(Source::Sql).ok_or_else(messages::not_sql);
    }
    let place = entity.fields().iter().position(|field| field.name == word);
    let place = place.ok_or_else(|| unknown_field(entity, &word))?;
    Ok(Source::Field(place, Box::new(copied(ctxt, entity.fields()[place], list))))
}

/// `sql("now()")`
fn sql(list: Option<&List>) -> Option<LitStr> {
    match list?.items.as_slice() {
        [item] if matches!(item.shape, Shape::Word) => item.text().cloned(),
        _ => None,
    }
}

/// `created_at(as = date)`
fn copied(ctxt: &Ctxt, field: Field, list: Option<&List>) -> Options {
    let mut options = Options::default();
    each_of(ctxt, list, symbol::COPIED, |option, item| match option {
        "as" => options.form = form::read_beside(ctxt, field, item),
        "type" => options.sql_type = name(ctxt, item, &messages::not_a_type()),
        "via" => options.via = via::read_copied(ctxt, field, item),
        _ => options.labels = labels::read(ctxt, field, item),
    });
    options
}

/// A literal, or `null`.
fn literal(value: &Value) -> Option<Stored> {
    match value {
        Value::Lit(Lit::Str(text)) => Some(Stored::Text(text.value())),
        Value::Lit(Lit::Int(number)) => number.base10_parse().ok().map(Stored::Integer),
        Value::Lit(Lit::Bool(boolean)) => Some(Stored::Boolean(boolean.value)),
        Value::Path(_) if value.word().as_deref() == Some("null") => Some(Stored::Null),
        _ => None,
    }
}

/// A lock by name, or of a row.
fn lock(ctxt: &Ctxt, item: &Item) -> Option<Lock> {
    let at = item.key.to_token_stream();
    if matches!(item.shape, Shape::Word) {
        return Some(Lock { row: None, at });
    }
    let (mut table, mut column) = (None, None);
    let before = ctxt.count();
    each(ctxt, item, symbol::LOCKED, |inner, item| match inner {
        "table" => table = name(ctxt, item, &messages::not_a_lock()),
        _ => column = name(ctxt, item, &messages::not_a_column("column")),
    });
    if (table.is_none() || column.is_none()) && ctxt.count() == before && !item.is_broken() {
        ctxt.error(item, messages::not_a_lock());
    }
    Some(Lock { row: Some((table?, column?)), at })
}

fn key(ctxt: &Ctxt, item: &Item) -> Option<Key> {
    let mut key = Key { columns: Vec::new(), predicate: None, at: item.key.to_token_stream() };
    let items = item.list().map(|list| list.items.as_slice()).unwrap_or_default();
    let before = ctxt.count();
    items.iter().for_each(|inner| key.read(ctxt, inner));
    if key.columns.is_empty() && ctxt.count() == before && !item.is_broken() {
        ctxt.error(item, messages::not_a_key());
    }
    Some(key).filter(|key| !key.columns.is_empty())
}

impl Atomic {
    /// The key of the table's own, if it rests on one.
    pub(crate) fn key(&self) -> Option<&Key> {
        match self {
            Self::Key(key) => Some(key),
            Self::Lock(_) => None,
        }
    }

    /// The lock, if it rests on one.
    pub(crate) fn lock(&self) -> Option<&Lock> {
        match self {
            Self::Key(_) => None,
            Self::Lock(lock) => Some(lock),
        }
    }

    /// The table and the column of the row that is locked, if there is one.
    pub(crate) fn row(&self) -> Option<&(LitStr, LitStr)> {
        self.lock()?.row.as_ref()
    }
}

impl Key {
    /// `"id"`, `where = "status = 'active'"`
    fn read(&mut self, ctxt: &Ctxt, item: &Item) {
        match (item.text(), item.name().as_deref(), &item.shape) {
            (Some(column), _, Shape::Word) => self.columns.extend(sound(ctxt, column)),
            (_, Some("where"), Shape::Is(Value::Lit(Lit::Str(_)))) if self.predicate.is_some() => {
                ctxt.error(&item.key, messages::duplicate_option("where"));
            }
            (_, Some("where"), Shape::Is(Value::Lit(Lit::Str(predicate)))) => {
                self.predicate = Some(predicate.clone());
            }
            _ => ctxt.error(&item.key, messages::not_a_key()),
        }
    }
}

fn mark(ctxt: &Ctxt, item: &Item) -> Option<Mark> {
    let time = Field { name: "deleted", kind: Kind::OptionalTime };
    let (mut column, mut form, mut marked_live, mut deleted) = (None, None, None, None);
    let (before, mut at) = (ctxt.count(), None);
    each(ctxt, item, symbol::MARK, |inner, item| match inner {
        "column" => column = name(ctxt, item, &messages::not_a_column("column")),
        "as" => form = form::read(ctxt, time, item),
        _ => {
            let value = item.value().and_then(literal);
            if value.is_none() {
                ctxt.error(item, messages::not_a_mark(inner));
            } else if value == marked_live || value == deleted {
                ctxt.error(item, messages::same_mark());
            }
            at = Some(item.to_token_stream());
            if inner == "deleted" { deleted = value } else { marked_live = value }
        }
    });
    if column.is_none() && ctxt.count() == before && !item.is_broken() {
        ctxt.error(item, messages::not_soft_delete());
    }
    let column = column?;
    let at = at.unwrap_or_else(|| column.to_token_stream());
    Some(Mark { column, form, marked_live, deleted, at })
}
