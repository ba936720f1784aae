//! What is wrong with a table, at the token to change, and what to write instead.

use proc_macro2::TokenStream;
use quote::ToTokens;
use store_model::adapter::Dialect;
use store_model::contract::Kind;
use store_model::schema::files::{Lookup, Schema};
use store_model::schema::{
    Column, Finding, Origin, Table, check, check_locked, check_read, elsewhere, locked,
};
use store_model::sql;
use syn::LitStr;

use super::fitting;
use crate::ctxt::Ctxt;
use crate::lower::{Atomic, Store, TableName, Value, same_name};
use crate::mapping::{can_be_absent, can_be_always, example};
use crate::{messages, symbol};

/// Tells all that is wrong.
pub(super) fn tell(ctxt: &Ctxt, store: &Store<'_>, path: &LitStr, schema: &Schema) {
    let own = made(ctxt, &store.table, path, schema);
    if let Some(table) = own {
        findings(ctxt, store, table);
    }
    store.described().with(|adapter| {
        for (other, via) in elsewhere(adapter).iter().zip(store.vias()) {
            let Some(table) = made(ctxt, &via.table, path, schema) else { continue };
            for finding in other.check(adapter.dialect, Some(table)) {
                let told = finding.told("column").unwrap_or_default();
                let at = via.columns.iter().find(|it| it.value() == told);
                ctxt.error(
                    at.unwrap_or(&via.table.literal),
                    format!("{finding}{}", shown(origin(store, table, &finding))),
                );
            }
            if let Some(own) = own
                && let Some(finding) = other.check_own(adapter, own, table)
            {
                ctxt.error(at(store, &finding), format!("{finding}{}", shown(origin(store, own, &finding))));
            }
        }
    });
    if let Some(view) = &store.options.read_from
        && is_told(view, schema)
        && let Some(table) = made(ctxt, view, path, schema)
    {
        for finding in store.described().with(|adapter| check_read(adapter, Some(table))) {
            let column = finding.told("column").and_then(|column| at_column(store, column));
            let at = column.unwrap_or_else(|| view.literal.to_token_stream());
            ctxt.error(at, format!("{finding}{}", shown(origin(store, table, &finding))));
        }
    }
    if let Some(Atomic::Lock(Some(row), lock)) = &store.options.atomic
        && let Some(table) = made(ctxt, &row.table, path, schema)
    {
        let findings = store.described().with(|adapter| {
            locked(adapter).map(|row| check_locked(adapter.dialect, &row, Some(table))).unwrap_or_default()
        });
        for finding in findings {
            ctxt.error(&lock.at, format!("{finding}{}", shown(origin(store, table, &finding))));
        }
    }
}

/// Whether what a view shows is known: its query may be any.
fn is_told(view: &TableName, schema: &Schema) -> bool {
    !matches!(schema.table(view.schema.as_deref(), &view.name), Lookup::Unreadable { .. })
}

/// A table that the files make; where they don't, that is told.
fn made<'s>(ctxt: &Ctxt, named: &TableName, path: &LitStr, schema: &'s Schema) -> Option<&'s Table> {
    let name = named.literal.value();
    let (at, message) = match schema.table(named.schema.as_deref(), &named.name) {
        Lookup::Found(table) => return Some(table),
        Lookup::Missing { nearest: Some(near) } => {
            (&named.literal, messages::table_not_made_near(&name, near))
        }
        Lookup::Missing { nearest: None } => (&named.literal, messages::table_not_made(&name)),
        Lookup::Unreadable { file, line, beginning, reason } => {
            (path, messages::unread_statement(&name, beginning, reason, &format!("{file}:{line}")))
        }
    };
    ctxt.error(at, message);
    None
}

fn findings(ctxt: &Ctxt, store: &Store<'_>, table: &Table) {
    let findings = store.described().with(|adapter| check(adapter, Some(table)));
    for finding in &findings {
        let place = shown(origin(store, table, finding));
        // Of a codec's columns the types are known when the crate is compiled, which is later.
        ctxt.error(at(store, finding), sql::shown(&told(store, table, finding, &place)));
    }
}

/// A place in the files, after what is told of it.
fn shown(origin: Option<&Origin>) -> String {
    origin.map(|it| format!(" ({}:{})", it.file, it.line)).unwrap_or_default()
}

/// The token to change.
fn at(store: &Store<'_>, finding: &Finding) -> TokenStream {
    let table = store.table.literal.to_token_stream();
    if finding.kind().starts_with("LiveKey") {
        return store.extension.cloned().unwrap_or(table);
    }
    if finding.kind().starts_with("ProviderKey") {
        let kept = store.fields.get(1).and_then(|field| field.kept());
        return kept.map_or(table, |kept| kept.at.clone());
    }
    let column = finding.told("column");
    column.and_then(|column| at_column(store, column)).unwrap_or(table)
}

/// Where a column is written.
fn at_column(store: &Store<'_>, name: &str) -> Option<TokenStream> {
    let is_it = |other: &str| same_name(store.dialect, other, name);
    let mut kept = store.fields.iter().filter_map(|field| field.kept());
    let field = kept.find(|kept| is_it(&kept.name)).map(|kept| kept.at.clone());
    let options = &store.options;
    let mut extras = options.scope.iter().chain(&options.insert).chain(&options.write);
    field.or_else(|| extras.find(|extra| is_it(&extra.name)).map(|extra| extra.at.to_token_stream()))
}

/// Where the statement stands that it is about.
fn origin<'a>(store: &Store<'_>, table: &'a Table, finding: &Finding) -> Option<&'a Origin> {
    let is = |name: &str, told: &str| finding.told(told).is_some_and(|it| same_name(store.dialect, it, name));
    let column = table.columns.iter().find(|column| is(&column.name, "column"));
    let key = table.indexes.iter().find(|index| is(&index.name, "key"));
    let first = || table.columns.iter().find_map(|column| column.origin.as_ref());
    let known = column.and_then(|it| it.origin.as_ref()).or_else(|| key.and_then(|it| it.origin.as_ref()));
    known.or_else(first)
}

/// A finding, what else can be written than other SQL, and the place in the files.
fn told(store: &Store<'_>, table: &Table, finding: &Finding, place: &str) -> String {
    let told = |name| finding.told(name).unwrap_or_default();
    let (text, field) = (finding.to_string(), told("field"));
    match finding.kind() {
        "ColumnMissing" => missing(store, table, finding, place),
        "ColumnUnwritten" => messages::column_to_write(&text, told("column"), place),
        "ColumnNullable" if kind(store, field).is_some_and(Kind::is_optional) => {
            messages::null_is_none(&text, field, place)
        }
        // No key holds two NULLs for the same.
        "ColumnNullable" if field == "id" => messages::null_of_no_row(&text, field, place),
        "ColumnNullable" => messages::null_to_say(&text, field, meaning(store, field), place),
        "ColumnNeverNull" if kind(store, field).is_some_and(Kind::is_optional) => {
            messages::never_none(&text, field, place)
        }
        "LabelMissing" if has_labels(told("of")) => messages::labels_to_say(&text, told("of"), place),
        "LabelUnread" => messages::labels_to_say(&text, field, place),
        "ColumnType" | "ColumnNarrow" | "ColumnCoarse" => {
            if let Some((field, name)) = named_type(store, table, told("column")) {
                return messages::type_to_say(&text, field, &name, place);
            }
            match form(store, finding) {
                Some((field, form)) => messages::form_to_say(&text, field, &form, place),
                None => text + place,
            }
        }
        "OptionColumnType" => match own_type(store, told("column"), told("found")) {
            Some(own) => messages::own_type_to_say(&text, own, place),
            None => text + place,
        },
        "ColumnCollation" => match folding_type(store, table, told("column")) {
            Some((field, name)) => messages::type_to_say(&text, field, &name, place),
            None if store.dialect == Dialect::Postgres => text + place,
            None => messages::collation_to_say(&text, told("collation"), place),
        },
        "ProviderKeyMissing" => messages::repeats_to_say(&text, place),
        "LiveKeyMissing" if store.options.atomic.is_none() => {
            let lock = match store.dialect {
                Dialect::MySql => "atomic(lock(table = \"..\", column = \"..\"))",
                Dialect::Postgres | Dialect::Sqlite => "atomic(lock)",
            };
            messages::lock_to_take(&text, lock, place)
        }
        _ => text + place,
    }
}

/// What NULL may stand for in a field, as an example.
fn meaning(store: &Store<'_>, field: &str) -> &'static str {
    match (field, kind(store, field)) {
        ("current_period_start" | "updated_at", _) => "created_at",
        ("current_period_end", _) => "\"9999-12-31T23:59:59Z\"",
        ("interval_count", _) => "1",
        (_, Some(Kind::Time)) => "\"1970-01-01T00:00:00Z\"",
        (_, Some(Kind::Integer | Kind::Count)) => "0",
        (_, Some(Kind::List)) => "[]",
        (_, Some(Kind::Numbers | Kind::Texts)) => "{}",
        ("description", _) => "\"\"",
        _ => "..",
    }
}

/// The type that a field of the struct would have, where it is a number in a column of numbers.
fn own_type(store: &Store<'_>, column: &str, found: &str) -> Option<&'static str> {
    let options = &store.options;
    let mut extras = options.scope.iter().chain(&options.insert).chain(&options.write);
    let extra = extras.find(|extra| same_name(store.dialect, &extra.name, column))?;
    matches!(extra.value, Value::Own(..)).then(|| fitting::integer(found)).flatten()
}

/// The field of a column of another type, and the form that it has there.
fn form(store: &Store<'_>, finding: &Finding) -> Option<(&'static str, String)> {
    let told = |name| finding.told(name).unwrap_or_default();
    let field = store.target.entity.fields()[place(store, told("column"))?];
    Some((field.name, fitting::form(store.dialect, field, told("found"), told("needed"))?))
}

fn has_labels(field: &str) -> bool {
    ["status", "interval", "active"].contains(&field)
}

fn kind(store: &Store<'_>, field: &str) -> Option<Kind> {
    store.target.entity.fields().iter().find(|it| it.name == field).map(|field| field.kind)
}

/// The field of a column, and the enum or domain that it is of.
fn named_type(store: &Store<'_>, table: &Table, column: &str) -> Option<(&'static str, String)> {
    let name = found(store, table, column)?.named_type.clone()?;
    Some((store.target.entity.fields()[place(store, column)?].name, name))
}

/// The same of a type that holds texts equal, where it can be said: no index is to hold subscribers so.
fn folding_type(store: &Store<'_>, table: &Table, column: &str) -> Option<(&'static str, String)> {
    let name = Some(&found(store, table, column)?.type_name).filter(|name| sql::folds_case(name))?;
    let place = place(store, column)?;
    let kept = store.fields[place].kept().filter(|kept| kept.sql_type.is_none())?;
    let is_of_index = store.extension.is_some() && store.options.atomic.is_none();
    let is_subscriber = store.target.entity.fields()[place].name == "subscriber_id" && kept.via.is_none();
    (!(is_of_index && is_subscriber)).then(|| (store.target.entity.fields()[place].name, name.clone()))
}

fn found<'t>(store: &Store<'_>, table: &'t Table, column: &str) -> Option<&'t Column> {
    table.columns.iter().find(|it| same_name(store.dialect, &it.name, column))
}

/// The field of a column, by its place.
fn place(store: &Store<'_>, column: &str) -> Option<usize> {
    let is_it = |other: &str| same_name(store.dialect, other, column);
    store.fields.iter().position(|field| field.kept().is_some_and(|kept| is_it(&kept.name)))
}

fn missing(store: &Store<'_>, table: &Table, finding: &Finding, rest: &str) -> String {
    let told = |name| finding.told(name).unwrap_or_default();
    let (text, field) = (finding.to_string(), told("field"));
    let free = table.columns.iter().map(|column| column.name.as_str());
    let free = free.filter(|name| at_column(store, name).is_none());
    let named = match symbol::nearest(told("column"), free) {
        Some(near) => messages::column_near(&text, near, field, ""),
        None => messages::column_elsewhere(&text, field, ""),
    };
    let entity = store.target.entity;
    let Some(place) = entity.fields().iter().position(|it| it.name == field) else { return named + rest };
    let known = entity.fields()[place];
    if can_be_absent(entity, place, known.kind) {
        messages::column_absent(&named, field, rest)
    } else if can_be_always(entity, place, known.kind) {
        messages::column_constant(&named, field, example(known), rest)
    } else {
        named + rest
    }
}
