//! Whether SQL of the user is one expression that ends where it ends.

use store_model::adapter::Dialect;

/// Why it is not.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A quote has no end.
    Quote,
    /// A parenthesis has no other.
    Parenthesis,
    /// It has a comment, which could hide what follows.
    Comment,
    /// It has a `;`, or a NUL.
    Statement,
    /// It has a placeholder, which would take the value of another.
    Placeholder,
}

/// The first thing by which an expression would get out of its place.
pub(super) fn fault(sql: &str, dialect: Dialect) -> Option<Fault> {
    let mut depth = 0_usize;
    let mut rest = sql;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        rest = match letter {
            '\'' | '"' | '`' => match quoted(after, letter, dialect) {
                Some(after) => after,
                None => return Some(Fault::Quote),
            },
            '$' if dialect == Dialect::Postgres => match dollar(after) {
                Dollar::Quoted(after) => after,
                Dollar::Open => return Some(Fault::Quote),
                Dollar::None if after.starts_with(|first: char| first.is_ascii_digit()) => {
                    return Some(Fault::Placeholder);
                }
                Dollar::None => after,
            },
            '[' if dialect == Dialect::Sqlite => match after.split_once(']') {
                Some((_, after)) => after,
                None => return Some(Fault::Quote),
            },
            '(' => {
                depth += 1;
                after
            }
            ')' if depth == 0 => return Some(Fault::Parenthesis),
            ')' => {
                depth -= 1;
                after
            }
            '-' if after.starts_with('-') => return Some(Fault::Comment),
            '/' if after.starts_with('*') => return Some(Fault::Comment),
            '#' if dialect == Dialect::MySql => return Some(Fault::Comment),
            ';' | '\0' => return Some(Fault::Statement),
            _ if is_placeholder(letter, after, dialect) => return Some(Fault::Placeholder),
            _ => after,
        };
    }
    (depth > 0).then_some(Fault::Parenthesis)
}

/// `?`; on SQLite also `:name` and its like. Those of Postgres begin like a quote.
fn is_placeholder(letter: char, after: &str, dialect: Dialect) -> bool {
    let is_named = || after.starts_with(|first: char| first.is_alphanumeric() || first == '_');
    match (letter, dialect) {
        ('?', Dialect::MySql | Dialect::Sqlite) => true,
        (':' | '@' | '$', Dialect::Sqlite) => is_named(),
        _ => false,
    }
}

/// What follows a quoted text. A quote within is doubled; on MySQL, and in an `E''` of Postgres, it may follow a backslash,
/// so a text with a backslash before a quote is taken for open: where it is none, it can be written with a doubled one.
fn quoted(text: &str, quote: char, dialect: Dialect) -> Option<&str> {
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '\\' if quote != '`' && dialect != Dialect::Sqlite => escaped = !escaped,
            _ if letter == quote && escaped => return None,
            _ if letter == quote => return Some(&text[at + 1..]),
            _ => escaped = false,
        }
    }
    None
}

enum Dollar<'a> {
    None,
    Quoted(&'a str),
    Open,
}

/// `$tag$ .. $tag$`
fn dollar(text: &str) -> Dollar<'_> {
    let Some((tag, after)) = text.split_once('$') else { return Dollar::None };
    let is_tag = tag.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
        && !tag.starts_with(|first: char| first.is_ascii_digit());
    if !is_tag {
        return Dollar::None;
    }
    match after.split_once(&format!("${tag}$")) {
        Some((_, after)) => Dollar::Quoted(after),
        None => Dollar::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_stay_in_their_place() {
        for sql in [
            "now()",
            "status = 'active'",
            "'it''s; -- (fine'",
            "\"a;b\" = $$;--$$",
            "a->>'b' = $t$ ' $t$",
            "((a) or (b))",
            "a - -b",
            "a ? 'b' and c::text @> d",
        ] {
            assert_eq!(fault(sql, Dialect::Postgres), None, "{sql}");
        }
    }

    #[test]
    fn what_gets_out_is_told() {
        for (sql, found) in [
            ("'", Fault::Quote),
            ("'a\\'", Fault::Quote),
            ("$a$ b", Fault::Quote),
            ("(a", Fault::Parenthesis),
            ("a) or (b", Fault::Parenthesis),
            ("a -- b", Fault::Comment),
            ("a /* b */", Fault::Comment),
            ("a; drop table b", Fault::Statement),
            ("a\0", Fault::Statement),
            ("a = $1", Fault::Placeholder),
        ] {
            assert_eq!(fault(sql, Dialect::Postgres), Some(found), "{sql}");
        }
        assert_eq!(fault("a # b", Dialect::MySql), Some(Fault::Comment));
        assert_eq!(fault("[a", Dialect::Sqlite), Some(Fault::Quote));
        for (sql, dialect) in
            [("a = ?", Dialect::MySql), ("a = ?1", Dialect::Sqlite), ("a = :b", Dialect::Sqlite)]
        {
            assert_eq!(fault(sql, dialect), Some(Fault::Placeholder), "{sql}");
        }
    }
}
