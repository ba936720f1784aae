//! Derives for the store traits.

mod attr;
mod check;
mod ctxt;
mod derive;
mod expand;
mod fallback;
mod lower;
mod mapping;
mod messages;
#[cfg(test)]
mod snapshot;
mod symbol;
mod syntax;

use proc_macro::TokenStream;
use store_model::adapter::Dialect;
use store_model::contract::Entity;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct a store of plans.
#[proc_macro_derive(PlanStore, attributes(store))]
pub fn derive_plan_store(input: TokenStream) -> TokenStream {
    derive(Entity::Plan, input)
}

/// Makes a struct a store of subscriptions.
#[proc_macro_derive(SubscriptionStore, attributes(store))]
pub fn derive_subscription_store(input: TokenStream) -> TokenStream {
    derive(Entity::Subscription, input)
}

/// Makes a struct a store of usage.
#[proc_macro_derive(UsageStore, attributes(store))]
pub fn derive_usage_store(input: TokenStream) -> TokenStream {
    derive(Entity::Usage, input)
}

fn derive(entity: Entity, input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive::derive(entity, &input, is_built).into()
}

/// Whether `store-core` has that database: its features are passed on to this crate.
fn is_built(dialect: Dialect) -> bool {
    match dialect {
        Dialect::Sqlite => cfg!(feature = "sqlite"),
        Dialect::Postgres => cfg!(feature = "postgres"),
        Dialect::MySql => cfg!(feature = "mysql"),
    }
}
