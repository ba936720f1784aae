//! Derives for the store traits: an annotated struct becomes a complete SQL adapter.
//!
//! They are used through `store-core`, which hands them on under the names of the traits. What was written (`attr`) is read
//! into what is meant (`lower`), held against the rules (`check`), and written as an adapter and impls (`expand`), or, with
//! mistakes, as every message and impls that never run (`fallback`).

mod attr;
mod check;
mod ctxt;
mod derive;
mod expand;
mod fallback;
mod lower;
mod mapping;
#[cfg_attr(not(feature = "schema"), allow(dead_code, reason = "some are told with it"))]
mod messages;
#[cfg(test)]
mod reading;
mod schema;
#[cfg(test)]
mod snapshot;
#[cfg(test)]
mod soup;
mod symbol;
mod syntax;

use proc_macro::TokenStream;
use store_model::contract::Entity;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct a store of plans in one table: `PlanStore`, and on the side of SQL `SqlPlanStore`, with the statements,
/// the DDL and the same operations in a caller's transaction.
///
/// ```
/// # mod app {
/// use store_core::PlanStore;
/// use store_core::sqlx::SqlitePool;
///
/// #[derive(PlanStore)]
/// #[store(table = "plans")]
/// struct Plans {
///     pool: SqlitePool,
/// }
/// # }
/// ```
#[doc = include_str!("reference.md")]
#[proc_macro_derive(PlanStore, attributes(store))]
pub fn derive_plan_store(input: TokenStream) -> TokenStream {
    derive(Entity::Plan, input)
}

/// Makes a struct a store of subscriptions in one table: `SubscriptionStore`, with `atomic` also
/// `AtomicSubscriptionStore`, and on the side of SQL `SqlSubscriptionStore`, with the statements, the DDL and the same
/// operations in a caller's transaction.
///
/// ```
/// # mod app {
/// use store_core::SubscriptionStore;
/// use store_core::sqlx::SqlitePool;
///
/// #[derive(SubscriptionStore)]
/// #[store(table = "subscriptions", atomic)]
/// struct Subscriptions {
///     pool: SqlitePool,
/// }
/// # }
/// ```
#[doc = include_str!("reference.md")]
#[proc_macro_derive(SubscriptionStore, attributes(store))]
pub fn derive_subscription_store(input: TokenStream) -> TokenStream {
    derive(Entity::Subscription, input)
}

/// Makes a struct a store of usage in one table: `UsageStore`, with `reportable` also `ReportableUsageStore`, and on the
/// side of SQL `SqlUsageStore`, with the statements, the DDL and the same operations in a caller's transaction.
///
/// ```
/// # mod app {
/// use store_core::UsageStore;
/// use store_core::sqlx::SqlitePool;
///
/// #[derive(UsageStore)]
/// #[store(table = "usage_records", reportable)]
/// struct Usage {
///     pool: SqlitePool,
/// }
/// # }
/// ```
#[doc = include_str!("reference.md")]
#[proc_macro_derive(UsageStore, attributes(store))]
pub fn derive_usage_store(input: TokenStream) -> TokenStream {
    derive(Entity::Usage, input)
}

fn derive(entity: Entity, input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive::derive(entity, &input, is_built).into()
}

/// Whether `store-core` is built with a feature: its features are passed on to this crate.
fn is_built(feature: &str) -> bool {
    let built = [
        ("sqlite", cfg!(feature = "sqlite")),
        ("postgres", cfg!(feature = "postgres")),
        ("mysql", cfg!(feature = "mysql")),
        (symbol::SCHEMA, cfg!(feature = "schema")),
    ];
    built.contains(&(feature, true))
}
