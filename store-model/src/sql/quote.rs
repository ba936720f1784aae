//! Names and literals, safe in the text of a statement.

use crate::adapter::{Dialect, Table};

/// A name, quoted letter for letter.
///
/// In the marks of MySQL on SQLite too, which takes an unknown name in the marks of the standard for a text: a missing
/// column would be read as its own name (<https://sqlite.org/quirks.html#dblquote>).
#[must_use]
pub fn quote(dialect: Dialect, name: &str) -> String {
    match dialect {
        Dialect::MySql | Dialect::Sqlite => format!("`{}`", name.replace('`', "``")),
        Dialect::Postgres => format!("\"{}\"", name.replace('"', "\"\"")),
    }
}

/// A table's name with its schema, quoted letter for letter.
#[must_use]
pub fn quote_table(dialect: Dialect, table: &Table<'_>) -> String {
    match table.schema {
        Some(schema) => format!("{}.{}", quote(dialect, schema), quote(dialect, table.name)),
        None => quote(dialect, table.name),
    }
}

/// A type's name; a dot separates its schema.
pub(super) fn quote_type(dialect: Dialect, name: &str) -> String {
    name.split('.').map(|part| quote(dialect, part)).collect::<Vec<_>>().join(".")
}

/// Texts of the contract as a list of literals. They are words without quotes and backslashes.
pub(super) fn literals(words: &[&str]) -> String {
    words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ")
}
