//! The rules of fields that are kept in another table.

use store_model::adapter::Dialect;

use crate::ctxt::Ctxt;
use crate::lower::{Lowered, Value, same_name};
use crate::mapping::{Null, Scope, Stored};
use crate::messages;

pub(super) fn check(ctxt: &Ctxt, store: &Lowered<'_>) {
    itself(ctxt, store);
    scopes(ctxt, store);
    nulls(ctxt, store);
}

/// MySQL can't look into the table that a statement changes, and no row leads to one of its own kind.
fn itself(ctxt: &Ctxt, store: &Lowered<'_>) {
    let Some(table) = &store.table else { return };
    let dialect = store.dialect.unwrap_or(Dialect::Postgres);
    for via in store.vias() {
        let is_own = same_name(dialect, &via.table.name, &table.name) && via.table.schema == table.schema;
        if is_own {
            ctxt.error(&via.table.literal, messages::via_itself());
        }
    }
}

/// Rows of other stores are not there for this one, in whatever table.
fn scopes(ctxt: &Ctxt, store: &Lowered<'_>) {
    // What is not understood may be a scope.
    if store.written.misread || store.written.mapping.table.broken {
        return;
    }
    let is_null = |value: &Value<'_>| matches!(value, Value::Literal(Stored::Null));
    let scopes: Vec<_> = store.options.scope.iter().filter(|extra| !is_null(&extra.value)).collect();
    let own = scopes.iter().filter(|extra| matches!(extra.value, Value::Own(..))).count();
    for via in store.written.mapping.vias() {
        match &via.scope {
            Scope::Unsaid if !scopes.is_empty() => ctxt.error(&via.at, messages::via_without_scope()),
            Scope::Column(column) if scopes.is_empty() => ctxt.error(column, messages::via_scope_of_none()),
            Scope::Column(column) if own > 1 || own == 0 && scopes.len() > 1 => {
                ctxt.error(column, messages::via_of_scopes());
            }
            _ => {}
        }
    }
}

/// What NULL stands for is asked of the table itself.
fn nulls(ctxt: &Ctxt, store: &Lowered<'_>) {
    let is_elsewhere = |place: usize| store.fields[place].kept().is_some_and(|kept| kept.via.is_some());
    for (place, field) in store.fields.iter().enumerate() {
        let Some(kept) = field.kept() else { continue };
        let Some(Null::IsField(other)) = kept.null else { continue };
        if let Some(place) = [place, other].into_iter().find(|place| is_elsewhere(*place)) {
            ctxt.error(&kept.at, messages::via_of_null(store.written.entity.fields()[place].name));
        }
    }
}
