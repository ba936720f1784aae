//! Expressions of checks: the list of values that one allows, and the columns that it names.

use super::cursor::Cursor;
use super::lex::{Kind, Lexer, Token};
use super::names::fold;
use crate::adapter::Dialect;
use crate::schema::confined::{self, Allowed};
use crate::schema::predicate::condition;
use crate::sql::quote;

fn tokens(dialect: Dialect, text: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer::new(dialect, text, 1);
    std::iter::from_fn(|| lexer.next()).collect()
}

/// The lists that an expression confines columns to.
pub(super) fn allowed(dialect: Dialect, expression: &str) -> Vec<Allowed> {
    let tokens = tokens(dialect, expression);
    let text = with_texts(Cursor::new(dialect, &tokens).bare());
    condition(&text).map(|condition| confined::allowed(&condition)).unwrap_or_default()
}

/// The expression with numbers as texts, of which a list may have any.
fn with_texts(part: Cursor<'_, '_>) -> String {
    let mut text = String::new();
    let mut end = None;
    for token in part.tokens() {
        if end != Some(token.start) {
            text.push(' ');
        }
        match token.kind {
            Kind::Number => text.push_str(&format!("'{}'", token.raw)),
            Kind::Text => text.push_str(&format!("'{}'", token.text(part.dialect).replace('\'', "''"))),
            Kind::Word | Kind::Name | Kind::Sign => text.push_str(token.raw),
        }
        end = Some(token.end());
    }
    text
}

fn is_name(dialect: Dialect, token: &Token<'_>, folded: &str) -> bool {
    matches!(token.kind, Kind::Word | Kind::Name) && fold(dialect, &token.name(dialect)) == folded
}

/// Whether an expression names a column.
pub(super) fn mentions(dialect: Dialect, text: &str, column: &str) -> bool {
    let column = fold(dialect, column);
    tokens(dialect, text).iter().any(|token| is_name(dialect, token, &column))
}

/// The expression with another name for a column.
pub(super) fn renamed(dialect: Dialect, text: &str, old: &str, new: &str) -> String {
    let old = fold(dialect, old);
    let mut renamed = String::new();
    let mut end = 0;
    for token in tokens(dialect, text).iter().filter(|token| is_name(dialect, token, &old)) {
        renamed.push_str(&text[end..token.start]);
        renamed.push_str(&quote(dialect, new));
        end = token.end();
    }
    renamed + &text[end..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_in_their_spellings() {
        for (dialect, text, values) in [
            (Dialect::Postgres, "status IN ('a', 'b')", ["a", "b"]),
            (
                Dialect::Postgres,
                "((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
                ["a", "b"],
            ),
            (Dialect::Postgres, "status = E'a' OR status = 'b'", ["a", "b"]),
            (Dialect::Sqlite, "status IS NULL OR status IN ('a', 'b')", ["a", "b"]),
            (Dialect::Sqlite, "((status IN ('b', 'a')) OR (status IS NULL))", ["a", "b"]),
            (Dialect::Sqlite, "status IN (0,1)", ["0", "1"]),
            (Dialect::MySql, "`status` in (_utf8mb4'a',\"b\")", ["a", "b"]),
            (Dialect::Postgres, "status IS NOT NULL AND status IN ('a', 'b')", ["a", "b"]),
        ] {
            let expected = vec![("status".to_owned(), values.map(str::to_owned).to_vec())];
            assert_eq!(allowed(dialect, text), expected, "{text}");
        }
        for text in [
            "status <> 'a'",
            "status IN ('a') OR amount > 0",
            "length(status) = 3",
            "status IN ('a') OR x = 'b'",
        ] {
            assert_eq!(allowed(Dialect::Postgres, text), [], "{text}");
        }
    }

    #[test]
    fn names_change_and_texts_do_not() {
        let text = "status = 'status' AND \"status\" <> x.status";
        let renamed = renamed(Dialect::Postgres, text, "status", "State");
        assert_eq!(renamed, "\"State\" = 'status' AND \"State\" <> x.\"State\"");
        assert!(mentions(Dialect::Sqlite, "STATUS = 1", "status"));
        assert!(!mentions(Dialect::Postgres, "\"STATUS\" = 'status'", "status"));
    }
}
