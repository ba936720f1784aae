//! The rules that need more than one option.

mod case;
mod mark;
mod names;
mod sql;
mod table;
mod via;

use store_model::adapter::Dialect;
use store_model::contract::{Entity, usage};
use store_model::schema::leaves_out_live;

use crate::ctxt::Ctxt;
use crate::lower::{Atomic, Lowered, Store};
use crate::mapping::{Null, Place};
use crate::{messages, symbol};

/// Whether `store-core` is built with a feature; its features are passed on to this crate.
pub(crate) type IsBuilt = fn(&str) -> bool;

pub(crate) fn check(ctxt: &Ctxt, store: &Lowered<'_>, is_built: IsBuilt) {
    check_feature(ctxt, store, is_built);
    check_name_length(ctxt, store);
    check_reportable(ctxt, store);
    check_nulls(ctxt, store);
    table::check(ctxt, store);
    mark::check(ctxt, store);
    via::check(ctxt, store);
    case::check(ctxt, store);
}

/// A key that was declared holds every row that is live.
pub(crate) fn check_live_key(ctxt: &Ctxt, store: Option<&Store<'_>>) {
    let Some(store) = store.filter(|_| ctxt.is_clean()) else { return };
    let declared = store.options.atomic.as_ref().and_then(|it| it.key()?.written.predicate.as_ref());
    let Some(predicate) = declared else { return };
    if store.described().with(leaves_out_live) {
        ctxt.error(predicate, messages::key_leaves_out_live());
    }
}

/// What is reported is what has a time of its report.
fn check_reportable(ctxt: &Ctxt, store: &Lowered<'_>) {
    let Some((key, Place::Absent)) = store.written.mapping.written(usage::PROVIDER_REPORTED_AT) else {
        return;
    };
    if store.written.entity == Entity::Usage && store.written.extended.is_some() {
        ctxt.error(key, messages::reportable_but_absent());
    }
}

/// Fields that NULL stands for end in one that says a value, or that must be something.
fn check_nulls(ctxt: &Ctxt, store: &Lowered<'_>) {
    let next = |place: usize| match store.fields[place].kept()?.null {
        Some(Null::IsField(other)) => Some(other),
        _ => None,
    };
    for (place, field) in store.fields.iter().enumerate() {
        let coded =
            next(place).filter(|&other| store.fields[other].kept().is_some_and(|it| it.codec.is_some()));
        if let Some(other) = coded {
            let at = field.kept().map(|kept| &kept.at);
            ctxt.error(at, messages::null_is_coded(store.written.entity.fields()[other].name));
        }
        let round: Vec<_> =
            std::iter::successors(next(place), |&place| next(place)).take(store.fields.len()).collect();
        // Told of the first of those that go round.
        if round.contains(&place) && round.iter().all(|&other| place <= other) {
            let at = field.kept().map(|kept| &kept.at);
            ctxt.error(at, messages::null_of_itself(store.written.entity.fields()[place].name));
        }
    }
}

/// Without the feature nothing of what the expansion names exists.
fn check_feature(ctxt: &Ctxt, store: &Lowered<'_>, is_built: IsBuilt) {
    if let Some(path) = store.written.schema.as_ref().filter(|_| !is_built(symbol::SCHEMA)) {
        ctxt.error(path, messages::feature_off(symbol::SCHEMA));
    }
    let Some(dialect) = store.dialect.filter(|dialect| !is_built(dialect.word())) else {
        return;
    };
    let message = messages::feature_off(dialect.word());
    match (&store.written.database, &store.pool) {
        (Some(database), _) => ctxt.error(&database.item, message),
        (None, Some(pool)) => ctxt.error(pool.ty, message),
        (None, None) => ctxt.error(&store.written.input.ident, message),
    }
}

/// Postgres cuts a longer name in silence, so that two tables could be one; MySQL refuses it when it is too late.
fn check_name_length(ctxt: &Ctxt, store: &Lowered<'_>) {
    let (Some(dialect), Some(table)) = (store.dialect, &store.table) else {
        return;
    };
    let table = table.schema.iter().chain([&table.name]).map(|name| (name.clone(), &table.literal));
    let locked = match &store.options.atomic {
        Some(Atomic::Lock(row, _)) => row.as_ref().map(|row| &row.table),
        _ => None,
    };
    let others = store.options.read_from.iter().chain(locked).chain(store.vias().map(|via| &via.table));
    let others = others.flat_map(|other| {
        other.schema.iter().chain([&other.name]).map(|name| (name.clone(), &other.literal))
    });
    let columns = store.written.mapping.columns().map(|literal| (literal.value(), literal));
    for (name, literal) in table.chain(others).chain(columns) {
        match dialect {
            Dialect::Postgres if name.len() > 63 => {
                ctxt.error(literal, messages::long_name_postgres(&name.len().to_string()));
            }
            Dialect::MySql if name.chars().count() > 64 => {
                ctxt.error(literal, messages::long_name_mysql(&name.chars().count().to_string()));
            }
            _ => {}
        }
    }
}
