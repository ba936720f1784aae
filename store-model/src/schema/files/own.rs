//! The DDL of an adapter, held against the adapter.

use super::{Lookup, Source, read};
use crate::adapter::Adapter;
use crate::schema::{Finding, check};
use crate::sql;

/// What the check says of the table that the DDL of an adapter makes: nothing, or one of the two is mistaken.
///
/// That of a view is made by hand, and so is nothing to check. The types of a codec's columns must be known.
#[must_use]
pub fn own(adapter: &Adapter<'_>) -> Vec<Finding> {
    if adapter.options().instead_of {
        return Vec::new();
    }
    let schema = read(adapter.dialect, &[Source { path: "ddl.sql".into(), text: sql::ddl(adapter) }]);
    let table = match schema.table(adapter.table.schema, adapter.table.name) {
        Lookup::Found(table) => Some(table),
        _ => None,
    };
    check(adapter, table)
}
