//! `SubscriptionStore`, and with `atomic` its extension.

use proc_macro2::TokenStream;
use quote::quote;

use super::{contract, hand_over, sql_side};
use crate::lower::Store;
use crate::method;

pub(super) fn expand(store: &Store<'_>) -> TokenStream {
    let side = sql_side(
        store,
        "SqlSubscriptionStore",
        "SUBSCRIPTION_STORE",
        "subscription_call",
    );
    let methods = methods(store, method::SUBSCRIPTION);
    let as_atomic = store.extended.then(as_atomic);
    let subscriptions = contract(store, "SubscriptionStore", &quote!(#methods #as_atomic));
    let extension = store.extended.then(|| extension(store));
    quote!(#side #subscriptions #extension)
}

fn as_atomic() -> TokenStream {
    quote! {
        fn as_atomic(&self) -> ::core::option::Option<&dyn _store::AtomicSubscriptionStore> {
            ::core::option::Option::Some(self)
        }
    }
}

fn extension(store: &Store<'_>) -> TokenStream {
    let atomic = contract(store, "AtomicSubscriptionStore", &methods(store, method::ATOMIC));
    let side = contract(store, "SqlAtomicSubscriptionStore", &TokenStream::new());
    quote!(#atomic #side)
}

fn methods(store: &Store<'_>, methods: &[method::Method]) -> TokenStream {
    hand_over(store, methods, "SqlSubscriptionStore", "subscription_call")
}
