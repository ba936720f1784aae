//! `UsageStore`, and with `reportable` its extension.

use proc_macro2::TokenStream;
use quote::quote;

use super::{contract, hand_over, sql_side};
use crate::lower::Store;
use crate::method;

pub(super) fn expand(store: &Store<'_>) -> TokenStream {
    let side = sql_side(store, "SqlUsageStore", "USAGE_STORE", "usage_call");
    let methods = methods(store, method::USAGE);
    let as_reportable = store.extended.then(as_reportable);
    let usage = contract(store, "UsageStore", &quote!(#methods #as_reportable));
    let extension = store.extended.then(|| extension(store));
    quote!(#side #usage #extension)
}

fn as_reportable() -> TokenStream {
    quote! {
        fn as_reportable(&self) -> ::core::option::Option<&dyn _store::ReportableUsageStore> {
            ::core::option::Option::Some(self)
        }
    }
}

fn extension(store: &Store<'_>) -> TokenStream {
    let reportable = contract(store, "ReportableUsageStore", &methods(store, method::REPORTABLE));
    let side = contract(store, "SqlReportableUsageStore", &TokenStream::new());
    quote!(#reportable #side)
}

fn methods(store: &Store<'_>, methods: &[method::Method]) -> TokenStream {
    hand_over(store, methods, "SqlUsageStore", "usage_call")
}
