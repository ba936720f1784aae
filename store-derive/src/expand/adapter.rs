//! `static __STORE`: the adapter, its statements and its DDL.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use store_model::adapter::{Adapter, Bind, Column, Dialect, FROM, LIMIT, TO};
use store_model::contract::Entity;
use store_model::form::Form;
use store_model::sql::{self, Query};

use super::method::ident;
use crate::lower::{self, Store};

pub(super) fn expand(store: &Store<'_>) -> TokenStream {
    let columns = lower::columns(store.target.entity);
    let adapter = Adapter {
        entity: store.target.entity,
        dialect: store.dialect,
        table: store.table.as_table(),
        columns: &columns,
        extended: store.extended,
    };
    let data = expand_adapter(&adapter);
    let statements = sql::statements(&adapter).into_iter().map(expand_statement);
    let ddl = sql::ddl(&adapter);
    quote! {
        static __STORE: _store::Store = _store::Store {
            adapter: #data,
            statements: &[#(#statements),*],
            ddl: #ddl,
        };
    }
}

fn expand_adapter(adapter: &Adapter<'_>) -> TokenStream {
    let entity = match adapter.entity {
        Entity::Plan => quote!(Plan),
        Entity::Subscription => quote!(Subscription),
        Entity::Usage => quote!(Usage),
    };
    let dialect = match adapter.dialect {
        Dialect::Sqlite => quote!(Sqlite),
        Dialect::Postgres => quote!(Postgres),
        Dialect::MySql => quote!(MySql),
    };
    let schema = match adapter.table.schema {
        Some(schema) => quote!(::core::option::Option::Some(#schema)),
        None => quote!(::core::option::Option::None),
    };
    let name = adapter.table.name;
    let columns = adapter.columns.iter().map(expand_column);
    let extended = adapter.extended;
    quote! {
        _store::Adapter {
            entity: _store::Entity::#entity,
            dialect: _store::Dialect::#dialect,
            table: _store::Table { schema: #schema, name: #name },
            columns: &[#(#columns),*],
            extended: #extended,
        }
    }
}

/// `_store::text("id")`
fn expand_column(column: &Column<'_>) -> TokenStream {
    let form = match column.form {
        Form::Text => quote!(text),
        Form::Integer => quote!(integer),
        Form::Boolean => quote!(boolean),
        Form::Time => quote!(time),
        Form::Json => quote!(json),
    };
    let name = column.name;
    quote!(_store::#form(#name))
}

/// `_store::Statement::new(_store::Operation::Get, "SELECT ..", &[0])`
fn expand_statement(query: Query) -> TokenStream {
    let operation = ident(&format!("{:?}", query.operation));
    let sql = query.sql;
    let binds = query.binds.into_iter().map(expand_bind);
    quote!(_store::Statement::new(_store::Operation::#operation, #sql, &[#(#binds),*]))
}

fn expand_bind(bind: Bind) -> TokenStream {
    match bind {
        FROM => quote!(_store::FROM),
        TO => quote!(_store::TO),
        LIMIT => quote!(_store::LIMIT),
        place => Literal::u8_unsuffixed(place).into_token_stream(),
    }
}
