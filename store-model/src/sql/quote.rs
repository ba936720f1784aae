//! Names and literals, safe in the text of a statement.

use crate::adapter::{Dialect, Stored, Table};

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

/// A type's name; a dot separates its schema, unless it stands between the marks of the standard.
pub(super) fn quote_type(dialect: Dialect, name: &str) -> String {
    parts(name).iter().map(|part| quote(dialect, part)).collect::<Vec<_>>().join(".")
}

/// The parts of a name.
pub(crate) fn parts(name: &str) -> Vec<String> {
    let (mut parts, mut part, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => part.push('"'),
            '"' => is_quoted = !is_quoted,
            '.' if !is_quoted => parts.push(std::mem::take(&mut part)),
            _ => part.push(letter),
        }
    }
    parts.push(part);
    parts
}

/// A value of an annotation as a literal.
///
/// A backslash is a letter in the text of a standard literal, and an escape in that of MySQL or of an old Postgres,
/// depending on their settings; so such a text is written in a way that no setting changes.
pub(crate) fn literal(dialect: Dialect, value: Stored<'_>) -> String {
    match (dialect, value) {
        (_, Stored::Null) => "NULL".into(),
        (_, Stored::Integer(number)) => number.to_string(),
        (Dialect::Postgres, Stored::Boolean(truth)) => if truth { "TRUE" } else { "FALSE" }.into(),
        (_, Stored::Boolean(truth)) => if truth { "1" } else { "0" }.into(),
        (Dialect::Postgres, Stored::Text(text)) if text.contains('\\') => {
            format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
        }
        (Dialect::MySql, Stored::Text(text)) if text.contains('\\') => {
            let bytes: String = text.bytes().map(|byte| format!("{byte:02X}")).collect();
            format!("_utf8mb4 X'{bytes}'")
        }
        (_, Stored::Text(text)) => format!("'{}'", text.replace('\'', "''")),
        (_, Stored::Tuple(_)) => panic!("a tuple is compared part by part"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_what_they_say_under_every_setting() {
        let text = Stored::Text("it's");
        for dialect in Dialect::ALL {
            assert_eq!(literal(dialect, text), "'it''s'");
            assert_eq!(literal(dialect, Stored::Integer(-1)), "-1");
            assert_eq!(literal(dialect, Stored::Null), "NULL");
        }
        let path = Stored::Text("A\\'B");
        assert_eq!(literal(Dialect::Sqlite, path), "'A\\''B'");
        assert_eq!(literal(Dialect::Postgres, path), "E'A\\\\''B'");
        assert_eq!(literal(Dialect::MySql, path), "_utf8mb4 X'415C2742'");
        assert_eq!(literal(Dialect::Postgres, Stored::Boolean(true)), "TRUE");
        assert_eq!(literal(Dialect::MySql, Stored::Boolean(false)), "0");
    }

    #[test]
    fn a_dot_in_marks_is_a_part_of_the_name() {
        let quoted = |name| quote_type(Dialect::Postgres, name);
        assert_eq!(quoted("status"), r#""status""#);
        assert_eq!(quoted("billing.Status"), r#""billing"."Status""#);
        assert_eq!(quoted(r#""my.schema"."a""b""#), r#""my.schema"."a""b""#);
    }
}
