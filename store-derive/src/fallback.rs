//! Impls for a struct with mistakes, so that whoever uses it is not told of missing traits as well. They never run.

use proc_macro2::TokenStream;
use quote::quote;
use store_model::contract::Entity;

use crate::expand;
use crate::lower::Target;
use crate::method::{self, Method, ident};

pub(crate) fn expand(target: &Target<'_>, extended: bool) -> TokenStream {
    let (methods, extension) = match target.entity {
        Entity::Plan => (method::PLAN, None),
        Entity::Subscription => (
            method::SUBSCRIPTION,
            Some(("AtomicSubscriptionStore", method::ATOMIC)),
        ),
        Entity::Usage => (method::USAGE, Some(("ReportableUsageStore", method::REPORTABLE))),
    };
    let store = implement(target, crate::symbol::derive(target.entity), methods);
    let extension = extension
        .filter(|_| extended)
        .map(|(name, methods)| implement(target, name, methods));
    expand::wrap(target, &quote!(#store #extension))
}

fn implement(target: &Target<'_>, name: &str, methods: &[Method]) -> TokenStream {
    let name = ident(name);
    let methods = methods.iter().map(|method| {
        let signature = method.signature();
        quote!(#signature { ::core::unreachable!() })
    });
    expand::implement_shared(target, &quote!(_store::#name), &quote!(#(#methods)*))
}
