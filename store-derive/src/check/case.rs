//! The rules of fields that other columns decide.

use store_model::adapter::{Dialect, Duty};
use store_model::contract::{Entity, subscription};

use super::names::{asks_the_clock, names};
use super::table::is_live;
use crate::ctxt::Ctxt;
use crate::lower::{Lowered, same_name};
use crate::mapping::Case;
use crate::messages;

pub(super) fn check(ctxt: &Ctxt, store: &Lowered<'_>) {
    let Some(dialect) = store.dialect else { return };
    for (place, case) in cases(store) {
        live_key(ctxt, store, dialect, place, case);
        unwritten(ctxt, store, dialect, case);
    }
}

/// The fields that are a case, by place.
pub(super) fn cases<'a>(store: &Lowered<'a>) -> impl Iterator<Item = (usize, &'a Case)> {
    let written = store.written;
    let places = 0..written.entity.fields().len();
    places.filter_map(move |place| Some((place, written.mapping.own(place)?.case.as_ref()?)))
}

/// What `atomic` rests on can be said in an index: some rows are live, and time alone changes none of them.
fn live_key(ctxt: &Ctxt, store: &Lowered<'_>, dialect: Dialect, place: usize, case: &Case) {
    let is_status = store.written.entity == Entity::Subscription && place == subscription::STATUS;
    if !is_status || store.written.extended.is_none() {
        return;
    }
    if !case.list.iter().any(|when| is_live(&when.meaning)) {
        ctxt.error(&case.at, messages::case_without_live());
    }
    if store.options.atomic.is_some() {
        return;
    }
    let predicates = case.list.iter().filter_map(|when| when.predicate.as_ref());
    for sql in predicates.filter(|sql| asks_the_clock(&sql.value(), dialect)) {
        ctxt.error(sql, messages::clock_in_key());
    }
}

/// A save asks the predicates of what it is about to write. Only names of the contract and of the annotation are known for
/// columns; of others the database tells.
fn unwritten(ctxt: &Ctxt, store: &Lowered<'_>, dialect: Dialect, case: &Case) {
    if store.options.read_only.is_some() {
        return;
    }
    let options = &store.options;
    let extras = options.scope.iter().chain(&options.insert).chain(&options.write).map(|it| it.name.as_str());
    let is_kept = |written: bool| {
        let fields = store
            .fields
            .iter()
            .filter(move |field| written == field.kept().is_none_or(|kept| kept.duty == Duty::Written));
        fields.flat_map(|field| field.columns().map(|(name, _)| name))
    };
    let is_one_of = |name: &str, is_bare: bool, mut known: Box<dyn Iterator<Item = &str> + '_>| {
        known.any(|known| same_name(dialect, known, name) || is_bare && known.eq_ignore_ascii_case(name))
    };
    // `interval` begins a literal.
    let fields =
        store.written.entity.fields().iter().map(|field| field.name).filter(|name| *name != "interval");
    for sql in case.list.iter().filter_map(|when| when.predicate.as_ref()) {
        for (name, is_bare) in names(&sql.value(), dialect) {
            let is_written = is_one_of(&name, is_bare, Box::new(extras.clone().chain(is_kept(true))));
            if !is_written && is_one_of(&name, is_bare, Box::new(fields.clone().chain(is_kept(false)))) {
                ctxt.error(sql, messages::case_of_unwritten(&name));
                break;
            }
        }
    }
}
