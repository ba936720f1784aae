//! Impls for a struct with mistakes, so that whoever uses it is not told of missing traits as well. They never run.

use proc_macro2::TokenStream;
use quote::quote;
use store_model::adapter::Dialect;

use crate::expand::{self, Bodies, Method, Traits};
use crate::lower::Target;

pub(crate) fn expand(target: &Target<'_>, extended: bool, dialect: Option<Dialect>) -> TokenStream {
    expand::wrap(target, &expand::impls(target, extended, dialect, &Dead))
}

/// Bodies of any type.
struct Dead;

impl Bodies for Dead {
    fn store(&self) -> TokenStream {
        quote!(::core::unreachable!())
    }

    fn call(&self) -> TokenStream {
        quote!(::core::unreachable!())
    }

    fn method(&self, _: &Traits, _: &Method) -> TokenStream {
        quote!(::core::unreachable!())
    }
}
