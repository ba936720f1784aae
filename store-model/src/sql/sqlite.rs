//! What SQLite does its own way.

use super::ddl::{Index, script};
use super::quote::{quote, quote_table};
use super::writer::column;
use crate::adapter::{Adapter, Dialect, Table};

pub(super) use super::upsert::writes;

pub(super) fn ddl(adapter: &Adapter<'_>) -> String {
    script(adapter, index)
}

/// An index is in the schema of its table, and SQLite wants that said of the index, not of the table.
pub(super) fn index(adapter: &Adapter<'_>, index: &Index) -> String {
    let covers = index.covers.map(|place| format!(", {}", column(adapter, place)));
    format!(
        "CREATE {} IF NOT EXISTS {} ON {} ({}{}){}",
        index.kind(),
        quote_table(Dialect::Sqlite, &Table { schema: adapter.table.schema, name: &index.name }),
        quote(Dialect::Sqlite, adapter.table.name),
        index.columns(),
        covers.unwrap_or_default(),
        index.predicate(),
    )
}
