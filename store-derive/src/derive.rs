//! One derive from beginning to end.

use proc_macro2::TokenStream;
use store_model::contract::Entity;
use syn::DeriveInput;

use crate::check::{self, IsBuilt};
use crate::ctxt::Ctxt;
use crate::{attr, expand, fallback, lower, schema};

pub(crate) fn derive(entity: Entity, input: &DeriveInput, is_built: IsBuilt) -> TokenStream {
    let ctxt = Ctxt::new();
    let written = attr::read(&ctxt, entity, input);
    let store = lower::lower(&ctxt, &written);
    check::check(&ctxt, &store, is_built);
    let dialect = store.dialect.filter(|dialect| is_built(dialect.word()));
    let extended = written.extended.is_some() || written.misread;
    let fallback = store.target().map(|target| fallback::expand(&target, extended, dialect));
    let store = store.complete();
    check::check_live_key(&ctxt, store.as_ref());
    let files = schema::check(&ctxt, store.as_ref(), written.schema.as_ref());
    match ctxt.finish(store) {
        Ok(store) => {
            #[cfg(feature = "__held")]
            schema::hold(&store);
            let mut expansion = expand::expand(&store);
            expansion.extend(files.iter().map(|file| expand::watch(file)));
            expansion
        }
        Err(mistakes) => {
            let mistakes = mistakes.iter().map(syn::Error::to_compile_error);
            mistakes.chain(fallback).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(input: &str) -> String {
        let parsed = syn::parse_str(input).unwrap();
        derive(Entity::Subscription, &parsed, |_| true).to_string()
    }

    #[test]
    fn every_shape_is_told_of() {
        for shape in ["struct S;", "struct S();", "struct S {}", "enum S {}", "union S { pool: SqlitePool }"]
        {
            let written = told(&format!("#[store(table = \"subscriptions\")] {shape}"));
            assert!(
                written.contains("compile_error")
                    && written.contains("impl _store :: SubscriptionStore for S")
            );
        }
        for pool in [
            "fn()",
            "!",
            "(A, B)",
            "[A]",
            "*const A",
            "dyn A",
            "Pool<>",
            "Pool<'a, 1>",
            "Arc<>",
            "<A as B>::C",
            "m!()",
        ] {
            let written = told(&format!("#[store(table = \"subscriptions\")] struct S {{ pool: {pool} }}"));
            assert!(written.contains("compile_error"), "{pool}");
        }
    }

    #[test]
    fn raw_identifiers_are_the_words_that_they_spell() {
        let written = told("#[store(r#table = \"subscriptions\", r#atomic)] struct S { pool: SqlitePool }");
        assert!(!written.contains("compile_error"), "{written}");
    }
}
