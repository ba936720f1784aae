//! What Postgres does its own way.

use super::ddl::{Index, script};
use super::query::{column, table};
use super::quote::quote;
use crate::adapter::{Adapter, Dialect};
use crate::contract::Kind;
use crate::form::Form;

pub(super) use super::upsert::writes;

pub(super) fn ddl(adapter: &Adapter<'_>) -> String {
    script(adapter, column_type, index)
}

/// Text is byte-wise, whatever the locale of the database, so that an index serves the order of lists.
pub(super) fn column_type(form: Form, _: Kind) -> String {
    match form {
        Form::Text => "TEXT COLLATE \"C\"",
        Form::Integer => "BIGINT",
        Form::Boolean => "BOOLEAN",
        Form::Time => "TIMESTAMPTZ",
        Form::Json => "JSONB",
    }
    .into()
}

pub(super) fn index(adapter: &Adapter<'_>, index: &Index) -> String {
    let include = index.covers.map(|place| format!(" INCLUDE ({})", column(adapter, place)));
    format!(
        "CREATE {} IF NOT EXISTS {} ON {} ({}){}{}",
        index.kind(),
        quote(Dialect::Postgres, &index.name),
        table(adapter),
        index.columns(adapter),
        include.unwrap_or_default(),
        index.predicate(),
    )
}
