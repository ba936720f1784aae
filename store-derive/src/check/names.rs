//! What SQL of the user speaks of, as far as that is seen without a parser: names, and whether it asks the clock.

use store_model::adapter::Dialect;

use super::sql::{dollar, quoted};

/// One piece of an expression that is sound.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// A bare word, in lower case, and what follows it.
    Word(String, Next),
    /// A name in quotes.
    Name(String),
    Text(String),
}

/// What follows a word.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    /// A parenthesis that holds something.
    Call,
    /// An empty one.
    EmptyCall,
    /// A dot: the word is that of a table.
    Dot,
    Other,
}

/// The functions and values of these databases that tell the time.
const CLOCK: &[&str] = &[
    "now",
    "current_timestamp",
    "current_date",
    "current_time",
    "localtimestamp",
    "localtime",
    "clock_timestamp",
    "statement_timestamp",
    "transaction_timestamp",
    "timeofday",
    "utc_timestamp",
    "utc_date",
    "utc_time",
    "sysdate",
    "curdate",
    "curtime",
    "unix_timestamp",
];

/// What SQLite takes for the time of the call where no other is said.
const CLOCK_OF_SQLITE: &[&str] = &["date", "time", "datetime", "julianday", "unixepoch"];

/// Whether an expression asks the clock.
pub(super) fn asks_the_clock(sql: &str, dialect: Dialect) -> bool {
    pieces(sql, dialect).iter().any(|piece| match piece {
        Piece::Word(word, next) => {
            CLOCK.contains(&word.as_str())
                || *next == Next::EmptyCall && CLOCK_OF_SQLITE.contains(&word.as_str())
        }
        Piece::Text(text) => {
            let text = text.trim().to_lowercase();
            matches!(text.as_str(), "now" | "today" | "tomorrow" | "yesterday")
        }
        Piece::Name(_) => false,
    })
}

/// The names that may be those of columns; bare ones in lower case, beside their having been bare.
pub(super) fn names(sql: &str, dialect: Dialect) -> Vec<(String, bool)> {
    let name = |piece| match piece {
        Piece::Word(word, Next::Other) => Some((word, true)),
        Piece::Name(name) => Some((name, false)),
        _ => None,
    };
    pieces(sql, dialect).into_iter().filter_map(name).collect()
}

fn pieces(sql: &str, dialect: Dialect) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = sql;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        let is_of_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
        rest = match letter {
            '\'' | '"' | '`' => {
                let mut end = quoted(after, letter, dialect).unwrap_or_default();
                // A quote within is doubled.
                while let Some(more) = end.strip_prefix(letter) {
                    end = quoted(more, letter, dialect).unwrap_or_default();
                }
                let text = after[..after.len() - end.len()].strip_suffix(letter).unwrap_or_default();
                let text = text.replace(&format!("{letter}{letter}"), &letter.to_string());
                let is_text = letter == '\'' || letter == '"' && dialect == Dialect::MySql;
                pieces.push(if is_text { Piece::Text(text) } else { Piece::Name(text) });
                end
            }
            '[' if dialect == Dialect::Sqlite => {
                let (name, end) = after.split_once(']').unwrap_or((after, ""));
                pieces.push(Piece::Name(name.to_owned()));
                end
            }
            '$' if dialect == Dialect::Postgres => dollar(after, dialect).unwrap_or(after),
            _ if letter.is_alphabetic() || letter == '_' => {
                let end = rest.find(|letter| !is_of_word(letter)).unwrap_or(rest.len());
                let (word, end) = rest.split_at(end);
                pieces.push(Piece::Word(word.to_lowercase(), next(end)));
                end
            }
            // A number, to the end of what could be its unit.
            _ if letter.is_alphanumeric() => rest.trim_start_matches(is_of_word),
            _ => after,
        };
    }
    pieces
}

fn next(text: &str) -> Next {
    let text = text.trim_start();
    match text.strip_prefix('(') {
        Some(inner) if inner.trim_start().starts_with(')') => Next::EmptyCall,
        Some(_) => Next::Call,
        None if text.starts_with('.') => Next::Dot,
        None => Next::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_known_by_its_words() {
        for (sql, dialect) in [
            ("ends_at <= now()", Dialect::Postgres),
            ("ends_at < CURRENT_TIMESTAMP", Dialect::Sqlite),
            ("ends_at < 'now'::timestamptz", Dialect::Postgres),
            ("ends_at < UTC_TIMESTAMP(6)", Dialect::MySql),
            ("ends_at < datetime('now')", Dialect::Sqlite),
            ("ends_at < datetime( )", Dialect::Sqlite),
        ] {
            assert!(asks_the_clock(sql, dialect), "{sql}");
        }
        for (sql, dialect) in [
            ("canceled_at IS NOT NULL", Dialect::Postgres),
            ("state = 'not now'", Dialect::Sqlite),
            ("\"now\" = 1", Dialect::Postgres),
            ("datetime(ends_at) > '2000'", Dialect::Sqlite),
            ("note = $$ now() $$", Dialect::Postgres),
            ("known = 1 AND nowhere = 2", Dialect::MySql),
        ] {
            assert!(!asks_the_clock(sql, dialect), "{sql}");
        }
    }

    #[test]
    fn names_are_what_is_no_text_and_no_call() {
        let sql = "Ends_At < lower(t.\"Other \"\"one\") AND x1 = 'text' || 12e5";
        let names = names(sql, Dialect::Postgres);
        let names: Vec<_> = names.iter().map(|(name, is_bare)| (name.as_str(), *is_bare)).collect();
        assert_eq!(names, [("ends_at", true), ("Other \"one", false), ("and", true), ("x1", true)]);
    }
}
