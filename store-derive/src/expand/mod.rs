//! What is written: the adapter and its texts as one `static`, and impls that hand it, with the pool, to `store_core`.
//!
//! Nothing here can fail: every store that comes this far is complete.

mod adapter;
mod codec;
mod column;
mod impls;
mod method;
mod options;
mod own;
mod plan;
mod subscription;
mod usage;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use store_model::contract::Entity;
use syn::spanned::Spanned;

pub(crate) use impls::{Bodies, impls};
pub(crate) use method::{Method, Traits};

use crate::lower::{Store, Target};
use impls::{database, implement};
use method::ident;

pub(crate) fn expand(store: &Store<'_>) -> TokenStream {
    let codecs = codec::expand(store);
    let adapter = adapter::expand(store);
    let own = own::expand(store);
    let impls = impls(&store.target, store.extended(), Some(store.dialect), &Live(store));
    wrap(&store.target, &quote!(#codecs #adapter #own #impls))
}

/// A file that the expansion was made from: the compiler makes it anew when the file changes. In a function that nobody calls
/// its text takes no room in what is built.
pub(crate) fn watch(file: &str) -> TokenStream {
    quote!(
        const _: () = {
            fn _watched() {
                let _ = ::core::include_bytes!(#file);
            }
        };
    )
}

/// The traits of a record, as data.
fn traits(entity: Entity) -> &'static Traits {
    match entity {
        Entity::Plan => plan::TRAITS,
        Entity::Subscription => subscription::TRAITS,
        Entity::Usage => usage::TRAITS,
    }
}

/// A scope of its own, in which `_store` is `store_core`'s side of the expansion. A deprecated struct is told where it
/// is used, and this is none of its uses.
pub(crate) fn wrap(target: &Target<'_>, items: &TokenStream) -> TokenStream {
    let path = target.crate_path;
    let private = Ident::new("__private", path.span());
    let alone = alone(target);
    quote! {
        #[doc(hidden)]
        #[allow(deprecated)]
        const _: () = {
            use #path::#private as _store;
            #items
            #alone
        };
    }
}

/// A derive sees no other, so each that has no section of its own leaves a mark, and the compiler refuses the second.
fn alone(target: &Target<'_>) -> Option<TokenStream> {
    target.alone.then(|| implement(target, &quote!(_store::SeveralDerivesNeedSections), &TokenStream::new()))
}

/// The bodies of a store without mistakes.
struct Live<'a>(&'a Store<'a>);

impl Bodies for Live<'_> {
    fn store(&self) -> TokenStream {
        quote!(&__STORE)
    }

    /// The pool by the field's own type, as it is written, so that a wrong one is told once and there.
    fn call(&self) -> TokenStream {
        let database = database(self.0.dialect);
        let (member, ty) = (&self.0.pool.member, self.0.pool.ty);
        let scoped = own::scoped(self.0);
        quote!(_store::Call::new(<#ty as _store::PoolOf<#database>>::pool(&self.#member), &__PREPARED) #scoped)
    }

    /// `<_store::Sqlite as _store::Backend>::get_plan(_store::SqlPlanStore::plan_call(self), id)`
    fn method(&self, traits: &Traits, method: &Method) -> TokenStream {
        let database = database(self.0.dialect);
        let (sql, call) = (ident(traits.sql.name), ident(traits.sql.call));
        let (name, arguments) = (method.name(), method.arguments());
        quote!(<#database as _store::Backend>::#name(_store::#sql::#call(self), #(#arguments),*))
    }
}
