//! The traits and their methods as data: the expansion and its fallback write the same impls from it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::Lifetime;

/// The traits that keep one record.
pub(crate) struct Traits {
    pub(crate) contract: Contract,
    /// The trait on the side of SQL.
    pub(crate) sql: Sql,
    pub(crate) extension: Option<Extension>,
}

/// A trait that any store can implement.
pub(crate) struct Contract {
    pub(crate) name: &'static str,
    pub(crate) methods: &'static [Method],
}

/// `trait SqlPlanStore { type Database; const PLAN_STORE; fn plan_call(&self); .. }`
pub(crate) struct Sql {
    pub(crate) name: &'static str,
    pub(crate) constant: &'static str,
    pub(crate) call: &'static str,
}

/// What an option adds to a contract.
pub(crate) struct Extension {
    pub(crate) contract: Contract,
    /// Its SQL side, of which every method is provided.
    pub(crate) sql: &'static str,
    /// The method of the contract that finds it.
    pub(crate) finder: &'static str,
}

/// One method of a trait: `fn name(&self, arguments) -> result`.
pub(crate) struct Method {
    name: &'static str,
    arguments: &'static [Argument],
    result: Value,
}

pub(crate) struct Argument {
    name: &'static str,
    value: Value,
    borrowed: bool,
}

/// A type of the traits.
#[derive(Clone, Copy)]
pub(crate) enum Value {
    Unit,
    Str,
    U32,
    I64,
    Time,
    /// One of the types of `store_core`.
    Of(&'static str),
    VecOf(&'static str),
}

pub(super) const fn method(name: &'static str, arguments: &'static [Argument], result: Value) -> Method {
    Method { name, arguments, result }
}

pub(super) const fn record(name: &'static str, of: &'static str) -> Argument {
    Argument { name, value: Value::Of(of), borrowed: true }
}

pub(super) const fn text(name: &'static str) -> Argument {
    Argument { name, value: Value::Str, borrowed: true }
}

pub(super) const fn time(name: &'static str) -> Argument {
    Argument { name, value: Value::Time, borrowed: false }
}

pub(super) const fn count(name: &'static str) -> Argument {
    Argument { name, value: Value::U32, borrowed: false }
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
    /// ```text
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
            where '__store: '__store_future, #(#borrows: '__store_future,)*
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
