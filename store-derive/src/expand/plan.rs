//! `PlanStore`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{contract, hand_over, sql_side};
use crate::lower::Store;
use crate::method;

pub(super) fn expand(store: &Store<'_>) -> TokenStream {
    let side = sql_side(store, "SqlPlanStore", "PLAN_STORE", "plan_call");
    let plans = contract(store, "PlanStore", &methods(store, method::PLAN));
    quote!(#side #plans)
}

fn methods(store: &Store<'_>, methods: &[method::Method]) -> TokenStream {
    hand_over(store, methods, "SqlPlanStore", "plan_call")
}
