//! The impls of one store. A struct with mistakes gets the same ones, with other bodies.

use proc_macro2::TokenStream;
use quote::quote;
use store_model::adapter::Dialect;
use store_model::contract::Entity;

use super::method::{Contract, Extension, Method, Sql, Traits, ident};
use super::traits;
use crate::lower::Target;

/// What stands in the impls.
pub(crate) trait Bodies {
    /// The store as data.
    fn store(&self) -> TokenStream;
    /// The store and its pool.
    fn call(&self) -> TokenStream;
    /// A method of a contract.
    fn method(&self, traits: &Traits, method: &Method) -> TokenStream;
}

/// Every impl of a store; those on the side of SQL only for a known database.
pub(crate) fn impls(
    target: &Target<'_>,
    extended: bool,
    dialect: Option<Dialect>,
    bodies: &impl Bodies,
) -> TokenStream {
    let traits = traits(target.entity);
    let extension = traits.extension.as_ref().filter(|_| extended);
    let sql = dialect.map(|dialect| sql(target, &traits.sql, dialect, bodies));
    let contract = contract(target, traits, &traits.contract, extension, bodies);
    let extension = extension.map(|it| self::extension(target, traits, it, dialect, bodies));
    quote!(#sql #contract #extension)
}

/// `impl SqlPlanStore for Plans { type Database = ..; const PLAN_STORE = ..; fn plan_call(&self) .. }`
fn sql(target: &Target<'_>, sql: &Sql, dialect: Dialect, bodies: &impl Bodies) -> TokenStream {
    let database = database(dialect);
    let (name, constant, call) = (ident(sql.name), ident(sql.constant), ident(sql.call));
    let (store, body) = (bodies.store(), bodies.call());
    let items = quote! {
        type Database = #database;
        const #constant: &'static _store::Store = #store;
        fn #call(&self) -> _store::Call<'_, #database> { #body }
    };
    let sql = implement_shared(target, &quote!(_store::#name), &items);
    let made = made(target);
    quote!(#sql #made)
}

/// `impl MakesIds<Plan> for Plans {}`, where the database makes the ids.
fn made(target: &Target<'_>) -> Option<TokenStream> {
    let record = match target.entity {
        Entity::Plan => "Plan",
        Entity::Subscription => "Subscription",
        // Its ids are the caller's.
        Entity::Usage => return None,
    };
    let record = ident(record);
    let path = quote!(_store::MakesIds<_store::#record>);
    target.makes_ids.then(|| implement(target, &path, &TokenStream::new()))
}

/// `impl PlanStore for Plans { fn save_plan .. }`
fn contract(
    target: &Target<'_>,
    traits: &Traits,
    contract: &Contract,
    extension: Option<&Extension>,
    bodies: &impl Bodies,
) -> TokenStream {
    let name = ident(contract.name);
    let methods = contract.methods.iter().map(|method| {
        let (signature, body) = (method.signature(), bodies.method(traits, method));
        quote!(#signature { #body })
    });
    let finder = extension.map(finder);
    implement_shared(target, &quote!(_store::#name), &quote!(#(#methods)* #finder))
}

/// `fn as_atomic(&self) -> Option<&dyn AtomicSubscriptionStore> { Some(self) }`
fn finder(extension: &Extension) -> TokenStream {
    let (name, finder) = (ident(extension.contract.name), ident(extension.finder));
    quote! {
        fn #finder(&self) -> ::core::option::Option<&dyn _store::#name> {
            ::core::option::Option::Some(self)
        }
    }
}

fn extension(
    target: &Target<'_>,
    traits: &Traits,
    extension: &Extension,
    dialect: Option<Dialect>,
    bodies: &impl Bodies,
) -> TokenStream {
    let contract = contract(target, traits, &extension.contract, None, bodies);
    let sql = ident(extension.sql);
    let sql = dialect.map(|_| implement_shared(target, &quote!(_store::#sql), &TokenStream::new()));
    quote!(#contract #sql)
}

/// The type of the database.
pub(super) fn database(dialect: Dialect) -> TokenStream {
    match dialect {
        Dialect::Sqlite => quote!(_store::Sqlite),
        Dialect::Postgres => quote!(_store::Postgres),
        Dialect::MySql => quote!(_store::MySql),
    }
}

/// `impl trait for struct { items }`
pub(super) fn implement(target: &Target<'_>, path: &TokenStream, items: &TokenStream) -> TokenStream {
    let ident = target.ident;
    let (params, arguments, conditions) = target.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #params #path for #ident #arguments #conditions { #items }
    }
}

/// The same for a trait of which threads share the stores. Of a type parameter that must be said; of any other struct
/// the compiler sees it, and saying it would make it prove that again for each method, at many times the cost.
pub(super) fn implement_shared(target: &Target<'_>, path: &TokenStream, items: &TokenStream) -> TokenStream {
    let mut generics = target.generics.clone();
    if generics.type_params().next().is_some() {
        let shared = syn::parse_quote!(Self: ::core::marker::Send + ::core::marker::Sync);
        generics.make_where_clause().predicates.push(shared);
    }
    implement(&Target { generics: &generics, ..*target }, path, items)
}
