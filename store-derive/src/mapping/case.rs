//! `case(..)`: a field that other columns decide, as it was written.

use proc_macro2::TokenStream;
use quote::ToTokens;
use store_model::contract::{Field, Kind};
use syn::LitStr;

use super::labels::{Meaning, meaning};
use crate::ctxt::Ctxt;
use crate::messages;
use crate::syntax::{Item, Shape};

/// When the field has a value.
#[derive(Clone)]
pub(crate) struct When {
    pub(crate) meaning: Meaning,
    /// None for what is left.
    pub(crate) predicate: Option<LitStr>,
}

/// The values in the order in which their predicates are asked.
#[derive(Clone)]
pub(crate) struct Case {
    /// The option.
    pub(crate) at: TokenStream,
    pub(crate) list: Vec<When>,
}

/// `case(canceled = "canceled_at IS NOT NULL", expired = "ends_at <= now()", active)`
pub(crate) fn read(ctxt: &Ctxt, field: Field, item: &Item) -> Option<Case> {
    if field.name != "status" && field.kind != Kind::Boolean {
        ctxt.error(&item.key, messages::no_case(field.name));
        return None;
    }
    let Some(written) = item.list().filter(|list| !list.items.is_empty()) else {
        ctxt.error(item, messages::not_a_case());
        return None;
    };
    // Each is read, so that all mistakes are told.
    let list: Vec<_> = written.items.iter().map(|item| when(ctxt, field, item)).collect();
    let list: Vec<_> = list.into_iter().collect::<Option<_>>()?;
    let (last, others) = list.split_last()?;
    if last.predicate.is_some() || others.iter().any(|when| when.predicate.is_none()) {
        ctxt.error(&item.key, messages::case_without_rest());
    }
    Some(Case { at: item.key.to_token_stream(), list })
}

fn when(ctxt: &Ctxt, field: Field, item: &Item) -> Option<When> {
    let meaning = meaning(field, item).map_err(|message| ctxt.error(&item.key, message)).ok()?;
    let predicate = match &item.shape {
        Shape::Word => None,
        Shape::Is(value) if value.text().is_some() => value.text().cloned(),
        _ => {
            ctxt.error(item, messages::not_a_case());
            return None;
        }
    };
    Some(When { meaning, predicate })
}
