//! Fields of the struct that are the values of columns.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use store_model::adapter::Dialect;
use store_model::contract::Entity;
use syn::Type;

use super::impls::{database, implement_shared};
use super::method::ident;
use crate::lower::{Own, Store};

/// `impl OwnValues<Postgres, Plan> for Plans { fn bind(..) { match number { 0 => .. } } }`, where there are any.
pub(super) fn expand(store: &Store<'_>) -> Option<TokenStream> {
    let (last, others) = store.options.own.split_last()?;
    let database = database(store.dialect);
    let record = record(store.target.entity);
    let bound = |own: &Own<'_>| bound(store.dialect, own);
    let arms = others.iter().zip(0_u8..).map(|(own, number)| {
        let (number, bound) = (Literal::u8_unsuffixed(number), bound(own));
        quote!(#number => #bound,)
    });
    let last = bound(last);
    let items = quote! {
        fn bind(
            &self,
            number: u8,
            arguments: &mut <#database as _store::Database>::Arguments,
        ) -> ::core::result::Result<(), _store::BoxError> {
            match number {
                #(#arms)*
                _ => #last,
            }
        }
    };
    Some(implement_shared(&store.target, &quote!(_store::OwnValues<#database, _store::#record>), &items))
}

/// `.scoped(_store::Own::Plan(self))`
pub(super) fn scoped(store: &Store<'_>) -> Option<TokenStream> {
    let record = record(store.target.entity);
    (!store.options.own.is_empty()).then(|| quote!(.scoped(_store::Own::#record(self))))
}

/// By the field's own type, as it is written, so that one that can't be bound is told there.
fn bound(dialect: Dialect, own: &Own<'_>) -> TokenStream {
    let database = database(dialect);
    let (member, ty): (_, &Type) = (&own.member, own.ty);
    quote!(<#ty as _store::Scope<#database>>::bind(&self.#member, arguments))
}

fn record(entity: Entity) -> proc_macro2::Ident {
    ident(match entity {
        Entity::Plan => "Plan",
        Entity::Subscription => "Subscription",
        Entity::Usage => "UsageRecord",
    })
}
