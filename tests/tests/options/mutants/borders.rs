//! Whose rows the others in a table are: what their stores are told apart by.

use store_core::__private::{Adapter, Extra, Key, Options, SoftDelete, Source, Stored};
use store_tests::harness::full;

use crate::options::adapters::literal;

/// A column that tells the rows of a store from others, and whose rows the others are.
pub(crate) struct Border {
    pub(crate) column: &'static str,
    pub(crate) theirs: Options<'static>,
    /// Others who differ in a column that is no part of the key, too.
    pub(crate) far: Option<Options<'static>>,
    /// Whether an id of theirs is taken.
    pub(crate) ids_are_shared: bool,
}

/// What others differ in: one column of the scope, or the mark of what is deleted.
pub(crate) fn borders(adapter: &Adapter<'static>) -> Vec<Border> {
    let options = adapter.options();
    let identity = identity(adapter);
    let others = |scope: Vec<Extra<'static>>| Options {
        scope: scope.leak(),
        soft_delete: None,
        key: Some(Key { columns: identity, predicate: None }),
        ..*options
    };
    let border = |column: &'static str, scope: Vec<Extra<'static>>| {
        let ids_are_shared = !identity.contains(&column);
        let is_null = |extra: &Extra<'_>| extra.value == Source::Literal(Stored::Null);
        let far = scope.iter().position(is_null).filter(|_| !ids_are_shared).map(|index| {
            let mut scope = scope.clone();
            scope[index] = literal(scope[index].column.name, another(scope[index].value));
            others(scope)
        });
        Border { column, theirs: others(scope), far, ids_are_shared }
    };
    let mut borders = Vec::new();
    // A literal in the key is there as the tenant is.
    let is_like_another = |extra: &Extra<'_>| match extra.value {
        Source::Own(_) | Source::Literal(Stored::Null) => false,
        _ => options.scope.iter().any(|other| matches!(other.value, Source::Own(_))),
    };
    for (index, extra) in options.scope.iter().enumerate() {
        if is_like_another(extra) && !full() {
            continue;
        }
        let mut scope = options.scope.to_vec();
        scope[index] = literal(extra.column.name, another(extra.value));
        scope.extend(options.soft_delete.and_then(|mark| Some(literal(mark.column.name, mark.live?))));
        borders.push(border(extra.column.name, scope));
    }
    if let Some(SoftDelete { column, deleted, .. }) = options.soft_delete {
        let deleted = deleted.unwrap_or(Stored::Text("2024-02-29 12:00:00.000000"));
        let mut scope = options.scope.to_vec();
        scope.push(literal(column.name, deleted));
        borders.push(border(column.name, scope));
    }
    borders
}

/// The columns of the key by which a record is known.
fn identity(adapter: &Adapter<'static>) -> &'static [&'static str] {
    let options = adapter.options();
    if let Some(key) = options.key {
        return key.columns;
    }
    if adapter.makes_ids() {
        return &["id"];
    }
    let is_null = |extra: &&Extra<'_>| extra.value == Source::Literal(Stored::Null);
    let mut columns: Vec<_> =
        options.scope.iter().filter(|extra| !is_null(extra)).map(|extra| extra.column.name).collect();
    columns.push("id");
    columns.leak()
}

/// The tenant that others are.
pub(crate) const THEIRS: &str = "abel";

/// A value that is first in every order, so that what takes the first of several rows takes theirs.
fn another(value: Source<'static>) -> Stored<'static> {
    match value {
        Source::Own(_) => Stored::Text(THEIRS),
        Source::Literal(Stored::Integer(number)) => Stored::Integer(number - 1),
        Source::Literal(Stored::Text(_)) => Stored::Text("App\\Another's"),
        Source::Literal(Stored::Boolean(boolean)) => Stored::Boolean(!boolean),
        _ => Stored::Text("another"),
    }
}
