//! The rules that need more than one option.

use store_model::adapter::Dialect;

use crate::ctxt::Ctxt;
use crate::lower::Lowered;
use crate::messages;

/// Whether `store-core` is built with a database; its features are passed on to this crate.
pub(crate) type IsBuilt = fn(Dialect) -> bool;

pub(crate) fn check(ctxt: &Ctxt, store: &Lowered<'_>, is_built: IsBuilt) {
    check_feature(ctxt, store, is_built);
    check_name_length(ctxt, store);
}

/// Without the feature nothing of what the expansion names exists.
fn check_feature(ctxt: &Ctxt, store: &Lowered<'_>, is_built: IsBuilt) {
    let Some(dialect) = store.dialect.filter(|&dialect| !is_built(dialect)) else {
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
    for name in table.schema.iter().chain([&table.name]) {
        match dialect {
            Dialect::Postgres if name.len() > 63 => {
                ctxt.error(&table.literal, messages::long_name_postgres(&name.len().to_string()));
            }
            Dialect::MySql if name.chars().count() > 64 => {
                ctxt.error(&table.literal, messages::long_name_mysql(&name.chars().count().to_string()));
            }
            _ => {}
        }
    }
}
