//! What is said of the table itself, as the expansion writes it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use store_model::adapter::{Atomic, Extra, Key, Options, SoftDelete, Source, Table};

use super::adapter::expand_table;
use super::column::{described, stored};

/// `_store::Place::Table(&_store::Options { key: .., ..*_store::Options::NONE })`: only what is said.
pub(super) fn expand(options: &Options<'_>) -> TokenStream {
    let none = Options::NONE;
    let read_from = options.read_from.as_ref().map(read_from);
    let read_only = options.read_only.then(|| quote!(read_only: true,));
    let instead_of = options.instead_of.then(|| quote!(instead_of: true,));
    let scope = extras(options.scope, quote!(scope));
    let key = options.key.as_ref().map(|it| {
        let key = key(it);
        quote!(key: ::core::option::Option::Some(#key),)
    });
    let insert = extras(options.insert, quote!(insert));
    let write = extras(options.write, quote!(write));
    let soft_delete = options.soft_delete.as_ref().map(soft_delete);
    let atomic = (options.atomic != none.atomic).then(|| atomic(&options.atomic));
    let dropped = (!options.dropped.is_empty()).then(|| {
        let places = options.dropped.iter().map(|place| Literal::u8_unsuffixed(*place));
        quote!(dropped: &[#(#places),*],)
    });
    quote! {
        _store::Place::Table(&_store::Options {
            #read_from #read_only #instead_of #scope #key #insert #write #soft_delete #atomic #dropped
            ..*_store::Options::NONE
        })
    }
}

fn read_from(table: &Table<'_>) -> TokenStream {
    let table = expand_table(table);
    quote!(read_from: ::core::option::Option::Some(#table),)
}

fn extras(extras: &[Extra<'_>], name: TokenStream) -> Option<TokenStream> {
    let list = extras.iter().map(extra);
    (!extras.is_empty()).then(|| quote!(#name: &[#(#list),*],))
}

fn extra(extra: &Extra<'_>) -> TokenStream {
    let column = described(&extra.column);
    let value = match extra.value {
        Source::Literal(value) => {
            let value = stored(value);
            quote!(Literal(#value))
        }
        Source::Own(number) => {
            let number = Literal::u8_unsuffixed(number);
            quote!(Own(#number))
        }
        Source::Opaque(number) => {
            let number = Literal::u8_unsuffixed(number);
            quote!(Opaque(#number))
        }
        Source::Field(place) => {
            let place = Literal::u8_unsuffixed(place);
            quote!(Field(#place))
        }
        Source::Sql(sql) => quote!(Sql(#sql)),
    };
    quote!(_store::Extra { column: #column, value: _store::Source::#value })
}

fn key(key: &Key<'_>) -> TokenStream {
    let columns = key.columns;
    let predicate = optional(key.predicate.map(|text| quote!(#text)));
    quote!(_store::Key { columns: &[#(#columns),*], predicate: #predicate })
}

fn soft_delete(mark: &SoftDelete<'_>) -> TokenStream {
    let column = described(&mark.column);
    let (live, deleted) = (optional(mark.live.map(stored)), optional(mark.deleted.map(stored)));
    quote! {
        soft_delete: ::core::option::Option::Some(_store::SoftDelete {
            column: #column, live: #live, deleted: #deleted,
        }),
    }
}

fn atomic(atomic: &Atomic<'_>) -> TokenStream {
    match atomic {
        Atomic::LiveKey => quote!(atomic: _store::Atomic::LiveKey,),
        Atomic::Key(it) => {
            let key = key(it);
            quote!(atomic: _store::Atomic::Key(#key),)
        }
        Atomic::Lock(row) => {
            let row = optional(row.map(|row| {
                let (table, column) = (expand_table(&row.table), row.column);
                quote!(_store::Locked { table: #table, column: #column })
            }));
            quote!(atomic: _store::Atomic::Lock(#row),)
        }
    }
}

fn optional(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}
