//! What is written: the adapter and its texts as one `static`, and impls that hand it, with the pool, to `store_core`.
//!
//! Nothing here can fail: every store that comes this far is complete.

mod adapter;
mod plan;
mod subscription;
mod usage;

use proc_macro2::TokenStream;
use quote::quote;
use store_model::adapter::Dialect;
use store_model::contract::Entity;

use crate::lower::{Store, Target};
use crate::method::{Method, ident};

pub(crate) fn expand(store: &Store<'_>) -> TokenStream {
    let adapter = adapter::expand(store);
    let impls = match store.target.entity {
        Entity::Plan => plan::expand(store),
        Entity::Subscription => subscription::expand(store),
        Entity::Usage => usage::expand(store),
    };
    wrap(&store.target, &quote!(#adapter #impls))
}

/// A scope of its own, in which `_store` is `store_core`'s side of the expansion.
pub(crate) fn wrap(target: &Target<'_>, items: &TokenStream) -> TokenStream {
    let path = target.crate_path;
    let alone = alone(target);
    quote! {
        #[doc(hidden)]
        const _: () = {
            use #path::__private as _store;
            #alone
            #items
        };
    }
}

/// A derive sees no other, so each that has no section of its own leaves a mark, and the compiler refuses the second.
fn alone(target: &Target<'_>) -> Option<TokenStream> {
    target.alone.then(|| {
        implement(
            target,
            &quote!(_store::SeveralDerivesNeedSections),
            &TokenStream::new(),
        )
    })
}

/// `impl trait for struct { body }`
pub(crate) fn implement(target: &Target<'_>, path: &TokenStream, body: &TokenStream) -> TokenStream {
    let ident = target.ident;
    let (params, arguments, conditions) = target.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #params #path for #ident #arguments #conditions { #body }
    }
}

/// The same for a trait that stores may only have if threads can share them, which the compiler can't see of a
/// parameter.
pub(crate) fn implement_shared(target: &Target<'_>, path: &TokenStream, body: &TokenStream) -> TokenStream {
    let mut generics = target.generics.clone();
    if generics.type_params().next().is_some() {
        let shared = syn::parse_quote!(Self: ::core::marker::Send + ::core::marker::Sync);
        generics.make_where_clause().predicates.push(shared);
    }
    implement(
        &Target {
            generics: &generics,
            ..*target
        },
        path,
        body,
    )
}

/// The type of the database.
pub(crate) fn database(dialect: Dialect) -> TokenStream {
    match dialect {
        Dialect::Sqlite => quote!(_store::Sqlite),
        Dialect::Postgres => quote!(_store::Postgres),
        Dialect::MySql => quote!(_store::MySql),
    }
}

/// The trait of `store_core` of that name, for the struct.
fn contract(store: &Store<'_>, name: &str, body: &TokenStream) -> TokenStream {
    let name = ident(name);
    implement_shared(&store.target, &quote!(_store::#name), body)
}

/// What the SQL-side traits are made from: `type Database`, `const PLAN_STORE`, `fn plan_call`.
fn sql_side(store: &Store<'_>, name: &str, constant: &str, call: &str) -> TokenStream {
    let database = database(store.dialect);
    let (constant, call) = (ident(constant), ident(call));
    let (member, ty) = (&store.pool.member, store.pool.ty);
    // The field's own type, as it is written, so that a wrong one is told once and there.
    let body = quote! {
        type Database = #database;
        const #constant: &'static _store::Store = &__STORE;
        fn #call(&self) -> _store::Call<'_, #database> {
            _store::Call::new(<#ty as _store::PoolOf<#database>>::pool(&self.#member), &__STORE)
        }
    };
    contract(store, name, &body)
}

/// Methods that hand themselves over to the database's own.
fn hand_over(store: &Store<'_>, methods: &[Method], side: &str, call: &str) -> TokenStream {
    let database = database(store.dialect);
    let (side, call) = (ident(side), ident(call));
    let methods = methods.iter().map(|method| {
        let (signature, name, arguments) = (method.signature(), method.name(), method.arguments());
        quote! {
            #signature {
                <#database as _store::Backend>::#name(_store::#side::#call(self), #(#arguments),*)
            }
        }
    });
    quote!(#(#methods)*)
}
