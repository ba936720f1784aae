//! The methods of the traits as data: the expansion and its fallback write the same signatures from it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::Lifetime;

/// One method of a trait: `fn name(&self, arguments) -> result`.
pub(crate) struct Method {
    name: &'static str,
    arguments: &'static [Argument],
    result: Value,
}

struct Argument {
    name: &'static str,
    value: Value,
    borrowed: bool,
}

/// A type of the traits.
#[derive(Clone, Copy)]
enum Value {
    Unit,
    Str,
    U32,
    I64,
    Time,
    /// One of the types of `store_core`.
    Of(&'static str),
    VecOf(&'static str),
}

pub(crate) const PLAN: &[Method] = &[
    method("save_plan", &[record("plan", "Plan")], Value::Unit),
    method("get_plan", &[text("id")], Value::Of("Plan")),
    method(
        "list_plans",
        &[record("filter", "PlanFilter")],
        Value::VecOf("Plan"),
    ),
    method("delete_plan", &[text("id")], Value::Unit),
];

pub(crate) const SUBSCRIPTION: &[Method] = &[
    method(
        "save_subscription",
        &[record("subscription", "Subscription")],
        Value::Unit,
    ),
    method("get_subscription", &[text("id")], Value::Of("Subscription")),
    method(
        "get_subscription_by_provider_id",
        &[text("provider_id")],
        Value::Of("Subscription"),
    ),
    method(
        "get_active_subscription",
        &[text("subscriber_id")],
        Value::Of("Subscription"),
    ),
    method(
        "list_subscriptions",
        &[record("filter", "SubscriptionFilter")],
        Value::VecOf("Subscription"),
    ),
    method("delete_subscription", &[text("id")], Value::Unit),
];

pub(crate) const ATOMIC: &[Method] = &[method(
    "create_subscription_if_not_active",
    &[record("subscription", "Subscription")],
    Value::Unit,
)];

pub(crate) const USAGE: &[Method] = &[
    method(
        "save_usage_record",
        &[record("record", "UsageRecord")],
        Value::Unit,
    ),
    method(
        "sum_usage",
        &[text("subscription_id"), text("metric"), time("from"), time("to")],
        Value::I64,
    ),
    method(
        "list_usage_records",
        &[text("subscription_id"), time("from"), time("to")],
        Value::VecOf("UsageRecord"),
    ),
];

pub(crate) const REPORTABLE: &[Method] = &[
    method(
        "list_unreported_usage",
        &[plain("limit", Value::U32)],
        Value::VecOf("UsageRecord"),
    ),
    method(
        "mark_usage_reported",
        &[text("id"), time("reported_at")],
        Value::Unit,
    ),
];

const fn method(name: &'static str, arguments: &'static [Argument], result: Value) -> Method {
    Method {
        name,
        arguments,
        result,
    }
}

const fn record(name: &'static str, of: &'static str) -> Argument {
    Argument {
        name,
        value: Value::Of(of),
        borrowed: true,
    }
}

const fn text(name: &'static str) -> Argument {
    Argument {
        name,
        value: Value::Str,
        borrowed: true,
    }
}

const fn time(name: &'static str) -> Argument {
    plain(name, Value::Time)
}

const fn plain(name: &'static str, value: Value) -> Argument {
    Argument {
        name,
        value,
        borrowed: false,
    }
}

impl Method {
    pub(crate) fn name(&self) -> Ident {
        ident(self.name)
    }

    /// The names of the arguments, in their order.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = Ident> {
        self.arguments.iter().map(Argument::ident)
    }

    /// The signature, as `#[async_trait]` makes it of the trait's:
    ///
    /// ```ignore
    /// fn get_plan<'__store, '__store_0, '__store_future>(&'__store self, __store_id: &'__store_0 str)
    ///     -> _store::BoxFuture<'__store_future, _store::Plan>
    /// where '__store: '__store_future, '__store_0: '__store_future, Self: '__store_future
    /// ```
    pub(crate) fn signature(&self) -> TokenStream {
        let name = self.name();
        let result = self.result.ty();
        let mut borrows = Vec::new();
        let mut arguments = Vec::new();
        for argument in self.arguments {
            let (name, ty) = (argument.ident(), argument.value.ty());
            if argument.borrowed {
                let lifetime = Lifetime::new(&format!("'__store_{}", borrows.len()), Span::call_site());
                arguments.push(quote!(#name: &#lifetime #ty));
                borrows.push(lifetime);
            } else {
                arguments.push(quote!(#name: #ty));
            }
        }
        quote! {
            fn #name<'__store, #(#borrows,)* '__store_future>(
                &'__store self, #(#arguments),*
            ) -> _store::BoxFuture<'__store_future, #result>
            where '__store: '__store_future, #(#borrows: '__store_future,)* Self: '__store_future
        }
    }
}

impl Argument {
    /// No name that a user's constant may have: a pattern would mean that constant.
    fn ident(&self) -> Ident {
        format_ident!("__store_{}", self.name)
    }
}

impl Value {
    fn ty(self) -> TokenStream {
        match self {
            Self::Unit => quote!(()),
            Self::Str => quote!(str),
            Self::U32 => quote!(u32),
            Self::I64 => quote!(i64),
            Self::Time => quote!(_store::DateTime<_store::Utc>),
            Self::Of(name) => {
                let name = ident(name);
                quote!(_store::#name)
            }
            Self::VecOf(name) => {
                let name = ident(name);
                quote!(::std::vec::Vec<_store::#name>)
            }
        }
    }
}

pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
