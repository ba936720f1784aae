//! What Postgres does its own way.

use super::ddl::{Index, script};
use super::quote::quote;
use super::writer::{column, table};
use crate::adapter::{Adapter, Dialect};

pub(super) use super::upsert::writes;

pub(super) fn ddl(adapter: &Adapter<'_>) -> String {
    script(adapter, index)
}

pub(super) fn index(adapter: &Adapter<'_>, index: &Index) -> String {
    let include = index.covers.map(|place| format!(" INCLUDE ({})", column(adapter, place)));
    format!(
        "CREATE {} IF NOT EXISTS {} ON {} ({}){}{}",
        index.kind(),
        quote(Dialect::Postgres, &index.name),
        table(adapter),
        index.columns(),
        include.unwrap_or_default(),
        index.predicate(),
    )
}
