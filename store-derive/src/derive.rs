//! One derive from beginning to end.

use proc_macro2::TokenStream;
use store_model::contract::Entity;
use syn::DeriveInput;

use crate::check::{self, IsBuilt};
use crate::ctxt::Ctxt;
use crate::{attr, expand, fallback, lower};

pub(crate) fn derive(entity: Entity, input: &DeriveInput, is_built: IsBuilt) -> TokenStream {
    let ctxt = Ctxt::new();
    let written = attr::read(&ctxt, entity, input);
    let store = lower::lower(&ctxt, &written);
    check::check(&ctxt, &store, is_built);
    let dialect = store.dialect.filter(|&dialect| is_built(dialect));
    let fallback = store.target().map(|target| fallback::expand(&target, written.extended, dialect));
    match ctxt.finish(store.complete()) {
        Ok(store) => expand::expand(&store),
        Err(mistakes) => {
            let mistakes = mistakes.iter().map(syn::Error::to_compile_error);
            mistakes.chain(fallback).collect()
        }
    }
}
