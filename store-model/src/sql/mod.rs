//! Adapter in, SQL and DDL text out.
//!
//! What is alike everywhere is in `reads`, `changes` and `ddl`; what a database does its own way is in the file of its name.

mod argument;
mod assign;
mod blank;
mod changes;
mod compare;
mod ddl;
mod decided;
mod document;
mod extra;
mod form;
mod lock;
mod made;
mod mysql;
mod null;
mod postgres;
mod quote;
mod reads;
mod rows;
mod spelling;
mod sqlite;
mod stored;
mod total;
mod tuple;
mod upsert;
mod via;
mod within;
mod writer;

use crate::adapter::{Adapter, Bind, Dialect, Operation, Part};

pub use argument::cast_to;
pub use blank::{Piece, pieces, shown};
pub use compare::folds_case;
pub(crate) use compare::is_text;
pub use ddl::{live_key, provider_key};
pub(crate) use extra::beside;
pub use form::plain_type;
pub(crate) use mysql::{BYTES, last_in_key, made_column_of};
pub(crate) use quote::{literal, parts};
pub use quote::{quote, quote_table};
pub use rows::asks_for_taken;
pub(crate) use rows::{beside_key, identity, live_rows, live_rows_of, names, scope_columns};
pub(crate) use stored::{live_values, stored};
pub use total::counts_unread;
pub(crate) use tuple::can_be_left_out;
pub use via::SEVERAL;
pub(crate) use within::{place, printed, steps_of};
pub use writer::provider_place;

/// A statement as it is made; an adapter holds it as a [`Statement`](crate::adapter::Statement).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// What it does.
    pub operation: Operation,
    /// Its text.
    pub sql: String,
    /// What is bound to its placeholders.
    pub binds: Vec<Bind>,
    /// The one status that it is for, where its text depends on which.
    pub status: Option<String>,
    /// The columns that it leaves as they are, by what binds them: it is for records whose labels say nothing of these.
    pub without: Vec<Bind>,
    name: String,
}

impl Query {
    /// What it does, in words that are unique in its adapter.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Every statement that an adapter needs, each once.
#[must_use]
pub fn statements(adapter: &Adapter<'_>) -> Vec<Query> {
    let mut queries = match adapter.dialect {
        _ if adapter.options().read_only => Vec::new(),
        Dialect::Sqlite => sqlite::writes(adapter),
        Dialect::Postgres => postgres::writes(adapter),
        Dialect::MySql => mysql::writes(adapter),
    };
    queries.extend(lock::lock(adapter));
    queries.extend(via::links(adapter).filter(|_| !adapter.options().read_only));
    queries.extend(decided::ask(adapter));
    queries.extend(reads::documents(adapter));
    queries.extend(reads::reads(adapter));
    queries
}

/// The tables, keys and indexes that an adapter needs, as a script that changes nothing where they are there.
#[must_use]
pub fn ddl(adapter: &Adapter<'_>) -> String {
    if adapter.options().instead_of {
        return ddl::OF_VIEW.into();
    }
    match adapter.dialect {
        Dialect::Sqlite => sqlite::ddl(adapter),
        Dialect::Postgres => postgres::ddl(adapter),
        Dialect::MySql => mysql::ddl(adapter),
    }
}

/// The type of a column of a field.
pub(crate) fn column_type(adapter: &Adapter<'_>, part: Part<'_>) -> String {
    column_type_of(adapter.dialect, part.column, adapter.entity.fields()[part.place].kind)
}

/// The same of a column that is none of the adapter's own.
pub(crate) use form::column_type as column_type_of;

/// The statement that adds one of the adapter's own indexes to a table, and says so where another has its name.
pub(crate) fn index_ddl(adapter: &Adapter<'_>, name: &str) -> Option<String> {
    let index = ddl::indexes(adapter).into_iter().find(|index| index.name == name)?;
    let ddl = match adapter.dialect {
        Dialect::Sqlite => sqlite::index(adapter, &index),
        Dialect::Postgres => postgres::index(adapter, &index),
        Dialect::MySql => format!(
            "ALTER TABLE {} ADD {}",
            quote_table(adapter.dialect, &adapter.table),
            mysql::key(adapter, &index)
        ),
    };
    Some(ddl.replacen("IF NOT EXISTS ", "", 1))
}
