//! The rules of what is said of the table itself.

use proc_macro2::TokenStream;
use quote::ToTokens;
use store_model::adapter::{Dialect, Duty};
use store_model::contract::{Entity, status, subscription};
use store_model::sql::folds_case;
use syn::{LitStr, Type};

use super::case::cases;
use super::sql::{Fault, fault};
use crate::ctxt::Ctxt;
use crate::lower::{Atomic, Columns, Kept, Lowered, Mapped, is_document, same_name};
use crate::mapping::{self, Meaning, Null, Source};
use crate::messages;

pub(super) fn check(ctxt: &Ctxt, store: &Lowered<'_>) {
    columns_apart(ctxt, store);
    parts_apart(ctxt, store);
    key(ctxt, store);
    key_columns(ctxt, store);
    key_documents(ctxt, store);
    null_in_key(ctxt, store);
    read_only(ctxt, store);
    atomic(ctxt, store);
    lock(ctxt, store);
    instead_of(ctxt, store);
    own_sql(ctxt, store);
    optional_scope(ctxt, store);
}

/// Rows of no scope would be found by nobody.
fn optional_scope(ctxt: &Ctxt, store: &Lowered<'_>) {
    for own in store.options.own.iter().filter(|own| own.is_scope) {
        let Type::Path(path) = own.ty else { continue };
        if path.path.segments.last().is_some_and(|last| last.ident == "Option") {
            ctxt.error(own.ty, messages::optional_scope());
        }
    }
}

/// A column has one writer: fields of the contract, or the scope, or what is said beside them.
fn columns_apart(ctxt: &Ctxt, store: &Lowered<'_>) {
    let dialect = store.dialect.unwrap_or(Dialect::Postgres);
    let options = &store.options;
    let extras = options.scope.iter().chain(&options.insert).chain(&options.write);
    let mark = options.mark.iter().map(|mark| (&mark.name, &mark.mark.column));
    let all: Vec<_> = extras.map(|extra| (&extra.name, extra.at)).chain(mark).collect();
    for (index, (name, at)) in all.iter().enumerate() {
        let of_field = store.fields.iter().enumerate().find(|(_, field)| {
            field.kept().is_none_or(|kept| kept.duty == Duty::Written)
                && field.columns().any(|(column, _)| same_name(dialect, column, name))
        });
        if let Some((place, _)) = of_field {
            let field = store.written.entity.fields()[place].name;
            ctxt.error(at, messages::column_of_field(field));
        } else if all[..index].iter().any(|(other, _)| same_name(dialect, other, name)) {
            ctxt.error(at, messages::column_twice());
        }
    }
}

/// Where a field is kept in several columns, each of them is its own.
fn parts_apart(ctxt: &Ctxt, store: &Lowered<'_>) {
    let dialect = store.dialect.unwrap_or(Dialect::Postgres);
    for (place, field) in store.fields.iter().enumerate() {
        let columns: Vec<_> = field.columns().collect();
        if columns.len() < 2 && !matches!(field, Mapped::Keys(_)) {
            continue;
        }
        for (index, (name, at)) in columns.iter().enumerate() {
            let is_same = |(other, _): &(&str, &TokenStream)| same_name(dialect, other, name);
            // Where both are several, it is told of the first.
            let is_other = |(other, field): &(usize, &Mapped)| {
                *other > place || *other < place && field.columns().count() == 1
            };
            let mut others = store.fields.iter().enumerate().filter(is_other);
            if columns[..index].iter().any(is_same) {
                ctxt.error(at, messages::column_twice());
            } else if let Some((other, _)) = others.find(|(_, other)| other.columns().any(|it| is_same(&it)))
            {
                ctxt.error(at, messages::column_of_field(store.written.entity.fields()[other].name));
            }
        }
    }
}

/// A key holds the scope and the id, which is what calls look up by; where no call does, it may hold more.
fn key(ctxt: &Ctxt, store: &Lowered<'_>) {
    let (Some(key), Some(id)) = (&store.options.key, store.fields[0].kept()) else { return };
    // What is not understood may be a column of the scope.
    if store.written.misread || store.written.mapping.table.broken {
        return;
    }
    let dialect = store.dialect.unwrap_or(Dialect::Postgres);
    let id = id.name.as_str();
    let is_scope = |name: &str| store.options.scope.iter().any(|it| same_name(dialect, &it.name, name));
    let is_id = |name: &str| same_name(dialect, id, name);
    let holds_id = key.names.iter().any(|name| is_id(name));
    let looks_up = store.written.entity != Entity::Usage || store.written.extended.is_some();
    for (name, at) in key.names.iter().zip(&key.written.columns) {
        if looks_up && !is_id(name) && !is_scope(name) {
            ctxt.error(at, messages::key_holds_more(id));
        }
    }
    if !holds_id {
        ctxt.error(&key.written.at, messages::key_without_id(id));
    }
}

/// A column stands in a key once.
fn key_columns(ctxt: &Ctxt, store: &Lowered<'_>) {
    let dialect = store.dialect.unwrap_or(Dialect::Postgres);
    let live = store.options.atomic.as_ref().and_then(Atomic::key);
    for key in store.options.key.iter().chain(live) {
        for (index, name) in key.names.iter().enumerate() {
            if key.names[..index].iter().any(|other| same_name(dialect, other, name)) {
                ctxt.error(&key.written.columns[index], messages::key_column_twice());
            }
        }
    }
}

/// A key holds whole columns.
fn key_documents(ctxt: &Ctxt, store: &Lowered<'_>) {
    let dialect = store.dialect.unwrap_or(Dialect::Postgres);
    let live = store.options.atomic.as_ref().and_then(Atomic::key);
    for key in store.options.key.iter().chain(live) {
        for (name, at) in key.names.iter().zip(&key.written.columns) {
            if is_document(dialect, &store.fields, name) {
                ctxt.error(at, messages::key_of_document());
            }
        }
    }
}

fn read_only(ctxt: &Ctxt, store: &Lowered<'_>) {
    let (Some(_), Some(extended)) = (store.options.read_only, &store.written.extended) else { return };
    ctxt.error(extended, messages::extension_of_read_only(&extended.to_string()));
}

/// What `atomic` rests on can be said in an index.
fn atomic(ctxt: &Ctxt, store: &Lowered<'_>) {
    let Some(extended) =
        store.written.extended.as_ref().filter(|_| store.written.entity == Entity::Subscription)
    else {
        return;
    };
    if let Some(kept) = store.fields[subscription::STATUS].kept()
        && let Some(labels) = kept.labels.as_ref().filter(|labels| !labels.open)
        && !labels.list.iter().any(|label| is_live(&label.meaning))
    {
        ctxt.error(&labels.at, messages::atomic_without_live());
    }
    let subscriber = store.fields[subscription::SUBSCRIBER_ID].kept();
    if let (Some(id), Some(subscriber)) = (store.fields[0].kept(), subscriber)
        && same_name(store.dialect.unwrap_or(Dialect::Postgres), &id.name, &subscriber.name)
        && !matches!(store.options.atomic, Some(Atomic::Lock(..)))
    {
        ctxt.error(&subscriber.at, messages::atomic_of_id());
    }
    let folds = |it: &Kept| it.collation.is_some() || it.sql_type.as_deref().is_some_and(folds_case);
    if subscriber.is_some_and(|it| folds(it) && it.via.is_none()) && store.options.atomic.is_none() {
        ctxt.error(extended, messages::atomic_under_collation());
    }
}

/// Whether a subscriber has one such subscription at most.
pub(super) fn is_live(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Word(word) if status::LIVE.contains(&word.as_str()))
}

/// What identifies a record, or a subscriber that has a live one, is in a unique key: none holds two NULLs for the same.
fn null_in_key(ctxt: &Ctxt, store: &Lowered<'_>) {
    let dialect = store.dialect.unwrap_or(Dialect::Postgres);
    let names = |key: &Columns<'_>, name: &str| key.names.iter().any(|it| same_name(dialect, it, name));
    let is_atomic = store.written.entity == Entity::Subscription && store.written.extended.is_some();
    for (place, field) in store.fields.iter().enumerate() {
        let is_null = |kept: &&Kept| matches!(kept.null, Some(Null::Is(_) | Null::IsField(_)));
        let Some(kept) = field.kept().filter(is_null) else { continue };
        let in_live_key = match &store.options.atomic {
            None => place == subscription::SUBSCRIBER_ID,
            Some(Atomic::Key(key)) => names(key, &kept.name),
            Some(Atomic::Lock(..)) => false,
        };
        if place == 0 || store.options.key.as_ref().is_some_and(|key| names(key, &kept.name)) {
            let name = store.written.entity.fields()[place].name;
            ctxt.error(&kept.at, messages::null_in_key(name));
        } else if is_atomic && in_live_key {
            ctxt.error(&kept.at, messages::null_in_live_key());
        }
    }
}

/// What is locked is what the database frees with the transaction.
fn lock(ctxt: &Ctxt, store: &Lowered<'_>) {
    let Some(Atomic::Lock(_, lock)) = &store.options.atomic else { return };
    match (store.dialect, &lock.row) {
        (Some(Dialect::MySql), None) => ctxt.error(&lock.at, messages::lock_without_row()),
        (Some(Dialect::Sqlite), Some(_)) => ctxt.error(&lock.at, messages::lock_of_row_on_sqlite()),
        (_, Some(_)) if store.fields[subscription::SUBSCRIBER_ID].columns().count() > 1 => {
            ctxt.error(&lock.at, messages::lock_of_several());
        }
        _ => {}
    }
}

/// A view whose triggers write is all that a store sees.
fn instead_of(ctxt: &Ctxt, store: &Lowered<'_>) {
    let options = &store.options;
    let Some(at) = options.instead_of else { return };
    if store.dialect == Some(Dialect::MySql) {
        ctxt.error(at, messages::instead_of_on_mysql());
    }
    let beside = [(options.read_from.is_some(), "read_from"), (options.read_only.is_some(), "read_only")];
    for (_, option) in beside.into_iter().filter(|(is_said, _)| *is_said) {
        ctxt.error(at, messages::instead_of_beside(option));
    }
    if store.written.entity == Entity::Subscription
        && let Some(extended) = &store.written.extended
        && !matches!(options.atomic, Some(Atomic::Lock(..)))
        && !store.written.mapping.table.broken
    {
        ctxt.error(extended, messages::key_of_view());
    }
    if let Some(id) = store.fields[0].kept().filter(|id| id.duty == Duty::Generated) {
        ctxt.error(&id.at, messages::id_of_triggers());
    }
}

/// SQL of the user is one expression: it stands in parentheses of ours, and must not get out of them.
fn own_sql(ctxt: &Ctxt, store: &Lowered<'_>) {
    let table = &store.written.mapping.table;
    let extras = table.insert.iter().chain(&table.write).filter_map(|extra| match &extra.value {
        Source::Sql(sql) => Some(sql),
        _ => None,
    });
    let keys = table.key.iter().chain(table.atomic.iter().filter_map(mapping::Atomic::key));
    let live = store.written.mapping.own(subscription::STATUS).and_then(|own| own.live_sql.as_ref());
    let live = live.filter(|_| store.written.entity == Entity::Subscription);
    let predicates = keys.filter_map(|key| key.predicate.as_ref()).chain(live);
    let cases = cases(store).flat_map(|(_, case)| &case.list).filter_map(|when| when.predicate.as_ref());
    // What is a quote or a comment depends on the database.
    let Some(dialect) = store.dialect else { return };
    extras.chain(predicates).chain(cases).for_each(|sql| expression(ctxt, dialect, sql));
}

fn expression(ctxt: &Ctxt, dialect: Dialect, sql: &LitStr) {
    let message = match fault(&sql.value(), dialect) {
        None if sql.value().trim().is_empty() => messages::empty_sql(),
        None => return,
        Some(Fault::Quote) => messages::open_sql_quote(),
        Some(Fault::Backslash) => messages::sql_backslash(),
        Some(Fault::Parenthesis) => messages::open_sql_parenthesis(),
        Some(Fault::Comment) => messages::sql_comment(),
        Some(Fault::Statement) => messages::sql_statement(),
        Some(Fault::Placeholder) => messages::sql_placeholder(),
    };
    ctxt.error(sql.to_token_stream(), message);
}
