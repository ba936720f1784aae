//! `static __STORE`: the adapter, its statements and its DDL; `static __PREPARED`, which calls run on.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use store_model::adapter::{
    Adapter, Bind, Constant, Dialect, FROM, LIMIT, NOW, Place, TO, Table, part, part_of,
};
use store_model::contract::Entity;
use store_model::sql::{self, Query};

use super::codec;
use super::column::{case, expand_column, keys};
use super::method::ident;
use super::options;
use crate::lower::Store;

pub(super) fn expand(store: &Store<'_>) -> TokenStream {
    store.described().with(|adapter| {
        let data = expand_adapter(adapter);
        let statements =
            sql::statements(adapter).into_iter().map(|query| expand_statement(adapter.dialect, query));
        let ddl = codec::text(adapter.dialect, &sql::ddl(adapter));
        quote! {
            static __STORE: _store::Store = _store::Store {
                adapter: #data,
                statements: &[#(#statements),*],
                ddl: #ddl,
            };
            static __PREPARED: _store::Prepared = _store::Prepared::new(&__STORE);
        }
    })
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
    let table = expand_table(&adapter.table);
    let fields = adapter.fields.iter().map(expand_place);
    let extended = adapter.extended;
    quote! {
        _store::Adapter {
            entity: _store::Entity::#entity,
            dialect: _store::Dialect::#dialect,
            table: #table,
            fields: &[#(#fields),*],
            extended: #extended,
        }
    }
}

pub(super) fn expand_table(table: &Table<'_>) -> TokenStream {
    let schema = match table.schema {
        Some(schema) => quote!(::core::option::Option::Some(#schema)),
        None => quote!(::core::option::Option::None),
    };
    let name = table.name;
    quote!(_store::Table { schema: #schema, name: #name })
}

fn expand_place(place: &Place<'_>) -> TokenStream {
    match place {
        Place::Column(column) => expand_column(column),
        Place::Within(other) => {
            let other = Literal::u8_unsuffixed(*other);
            quote!(_store::Place::Within(#other))
        }
        Place::Case(list) => case(list),
        Place::Keys(list) => keys(list),
        Place::Always(constant) => {
            let constant = expand_constant(*constant);
            quote!(_store::Place::Always(_store::Constant::#constant))
        }
        Place::Absent => quote!(_store::Place::Absent),
        Place::Table(options) => options::expand(options),
    }
}

pub(super) fn expand_constant(constant: Constant<'_>) -> TokenStream {
    match constant {
        Constant::Text(text) => quote!(Text(#text)),
        Constant::Integer(number) => {
            let number = Literal::i64_unsuffixed(number);
            quote!(Integer(#number))
        }
        Constant::Boolean(boolean) => quote!(Boolean(#boolean)),
        Constant::Time(micros) => {
            let micros = Literal::i64_unsuffixed(micros);
            quote!(Time(#micros))
        }
        Constant::Empty => quote!(Empty),
    }
}

/// `_store::Statement::new(_store::Operation::Get, "SELECT ..", &[0])`
fn expand_statement(dialect: Dialect, query: Query) -> TokenStream {
    let operation = ident(&format!("{:?}", query.operation));
    let for_status = query.status.as_ref().map(|status| {
        let name = query.name();
        quote!(.for_status(#status, #name))
    });
    let leaving = (!query.without.is_empty()).then(|| {
        let (name, without) = (query.name(), query.without.iter().copied().map(expand_bind));
        quote!(.leaving(&[#(#without),*], #name))
    });
    let sql = codec::text(dialect, &query.sql);
    let binds = query.binds.iter().copied().map(expand_bind);
    quote!(_store::Statement::new(_store::Operation::#operation, #sql, &[#(#binds),*]) #for_status #leaving)
}

fn expand_bind(bind: Bind) -> TokenStream {
    match bind {
        FROM => quote!(_store::FROM),
        TO => quote!(_store::TO),
        LIMIT => quote!(_store::LIMIT),
        NOW => quote!(_store::NOW),
        bind => match (Literal::u16_unsuffixed(bind % part(0, 1)), part_of(bind)) {
            (place, 0) => place.into_token_stream(),
            (place, number) => {
                let number = Literal::usize_unsuffixed(number);
                quote!(_store::part(#place, #number))
            }
        },
    }
}
