//! A table of a database, as far as the rules look at it.

use crate::adapter::Dialect;

/// A table or a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Which of the two.
    pub relation: Relation,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its indexes, those behind keys among them.
    pub indexes: Vec<Index>,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Rows of its own, keys and indexes.
    Table,
    /// A query: its keys are those of tables that are not known.
    View,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type, as the database writes it.
    pub type_name: String,
    /// Whether it takes NULL.
    pub nullable: bool,
    /// Whether a row that doesn't name it gets a value: a default, an identity, a sequence.
    pub has_default: bool,
    /// The expression, where the database alone writes it.
    pub generated: Option<String>,
    /// How its texts compare, where it keeps text and that is known.
    pub collation: Option<Collation>,
}

/// How texts compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collation {
    /// Its name.
    pub name: String,
    /// Which texts it holds equal.
    pub equality: Equality,
}

/// Which texts a collation holds equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Equality {
    /// None but those of the same bytes.
    Bytes,
    /// Those that differ in spaces at the end.
    Padded,
    /// Those that differ in case, accents or other marks.
    Folded,
}

impl Collation {
    /// A collation of MySQL, MariaDB or SQLite, whose names tell which texts are equal. Postgres keeps that in its catalog.
    ///
    /// ```
    /// use store_model::schema::{Collation, Equality};
    ///
    /// assert_eq!(Collation::named("utf8mb4_bin").equality, Equality::Padded);
    /// assert_eq!(Collation::named("utf8mb4_nopad_bin").equality, Equality::Bytes);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Self {
        let lower = name.to_ascii_lowercase();
        let equality = match lower.as_str() {
            "binary" => Equality::Bytes,
            "rtrim" => Equality::Padded,
            _ if lower.ends_with("_nopad_bin") || lower.ends_with("_0900_bin") => Equality::Bytes,
            _ if lower.ends_with("_bin") => Equality::Padded,
            _ => Equality::Folded,
        };
        Self { name: name.to_owned(), equality }
    }
}

/// An index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// Whether it keeps two rows from having the same values.
    pub unique: bool,
    /// Whether it belongs to a constraint of the table, with which it comes and goes.
    pub constraint: bool,
    /// Why a store can't rely on it, if it can't.
    pub fault: Option<&'static str>,
    /// Whether it takes two NULLs for the same.
    pub nulls_equal: bool,
    /// What it compares, in order; without columns that are only read from it.
    pub parts: Vec<Part>,
    /// The rows that are in it, where not all are.
    pub predicate: Option<String>,
}

/// What an index compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A whole column.
    Column {
        /// Its name.
        name: String,
        /// How texts compare in the index, where that is known.
        collation: Option<Collation>,
    },
    /// The beginning of a column, or an expression.
    Expression(String),
}

/// Whether two names mean one column. In quotes, as statements write them, Postgres tells case apart.
pub(super) fn same_name(dialect: Dialect, one: &str, other: &str) -> bool {
    match dialect {
        Dialect::Postgres => one == other,
        Dialect::Sqlite => one.eq_ignore_ascii_case(other),
        Dialect::MySql => one.to_lowercase() == other.to_lowercase(),
    }
}

impl Table {
    /// The column of a name.
    pub(super) fn column(&self, dialect: Dialect, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| same_name(dialect, &column.name, name))
    }
}

impl Index {
    /// Whether it compares exactly one column, whole.
    pub(super) fn is_on(&self, dialect: Dialect, column: &str) -> bool {
        matches!(self.parts.as_slice(), [Part::Column { name, .. }] if same_name(dialect, name, column))
    }
}
