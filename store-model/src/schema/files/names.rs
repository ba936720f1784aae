//! Names, and when two of them mean one thing.

use std::fmt;

use crate::adapter::Dialect;

/// The name of a table, a type or an index, as it was written, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) schema: Option<String>,
    pub(super) name: String,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{schema}.")?;
        }
        f.write_str(&self.name)
    }
}

/// What a name means: one key for each thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// None is the schema that needs no name: `public`, `main`, the database of the connection.
    pub(super) schema: Option<String>,
    pub(super) name: String,
}

/// Postgres tells case apart; the others don't, and where MySQL does, two tables that differ in it alone are nobody's wish.
pub(super) fn fold(dialect: Dialect, name: &str) -> String {
    match dialect {
        Dialect::Postgres => name.to_owned(),
        Dialect::Sqlite => name.to_ascii_lowercase(),
        Dialect::MySql => name.to_lowercase(),
    }
}

/// A schema as part of a key.
pub(super) fn schema(dialect: Dialect, name: &str) -> Option<String> {
    let home = match dialect {
        Dialect::Postgres => "public",
        Dialect::Sqlite => "main",
        Dialect::MySql => "",
    };
    let name = fold(dialect, name);
    (name != home).then_some(name)
}

/// How many letters make the difference between two names.
pub(super) fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], line + 1);
        for (column, &beside) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != beside);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

/// The name of Postgres's own making: the parts in 63 bytes, the longer one cut first.
pub(super) fn made(table: &str, column: &str, label: &str) -> String {
    const LONGEST: usize = 63;
    let (mut table, mut column) = (table, column);
    let between = usize::from(!column.is_empty());
    while table.len() + between + column.len() + 1 + label.len() > LONGEST {
        let longer = if table.len() > column.len() { &mut table } else { &mut column };
        let mut end = longer.len().saturating_sub(1);
        while !longer.is_char_boundary(end) {
            end -= 1;
        }
        *longer = &longer[..end];
    }
    let parts = [table, column, label];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_counted_in_letters() {
        assert_eq!(distance("plans", "plan"), 1);
        assert_eq!(distance("plans", "palns"), 2);
        assert_eq!(distance("", "é"), 1);
    }

    #[test]
    fn made_names_are_cut_as_postgres_does() {
        assert_eq!(made("t", "a", "key"), "t_a_key");
        assert_eq!(made("t", "", "pkey"), "t_pkey");
        let long = made(&"t".repeat(70), "id", "key");
        assert_eq!(long, format!("{}_id_key", "t".repeat(56)));
    }
}
