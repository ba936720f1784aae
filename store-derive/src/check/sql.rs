//! Whether SQL of the user is one expression that ends where it ends.

use store_model::adapter::Dialect;

/// Why it doesn't.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unclosed {
    /// A quote has no end.
    Quote,
    /// A parenthesis has no other.
    Parenthesis,
    /// It has a comment, which could hide what follows.
    Comment,
    /// It has a `;`, or a NUL.
    Statement,
}

/// The first thing by which an expression would get out of its place.
pub(super) fn unclosed(sql: &str, dialect: Dialect) -> Option<Unclosed> {
    let mut depth = 0_usize;
    let mut rest = sql;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        rest = match letter {
            '\'' | '"' | '`' => match quoted(after, letter, dialect) {
                Some(after) => after,
                None => return Some(Unclosed::Quote),
            },
            '$' if dialect == Dialect::Postgres => match dollar(after) {
                Dollar::Quoted(after) => after,
                Dollar::Open => return Some(Unclosed::Quote),
                Dollar::None => after,
            },
            '[' if dialect == Dialect::Sqlite => match after.split_once(']') {
                Some((_, after)) => after,
                None => return Some(Unclosed::Quote),
            },
            '(' => {
                depth += 1;
                after
            }
            ')' if depth == 0 => return Some(Unclosed::Parenthesis),
            ')' => {
                depth -= 1;
                after
            }
            '-' if after.starts_with('-') => return Some(Unclosed::Comment),
            '/' if after.starts_with('*') => return Some(Unclosed::Comment),
            '#' if dialect == Dialect::MySql => return Some(Unclosed::Comment),
            ';' | '\0' => return Some(Unclosed::Statement),
            _ => after,
        };
    }
    (depth > 0).then_some(Unclosed::Parenthesis)
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
        ] {
            assert_eq!(unclosed(sql, Dialect::Postgres), None, "{sql}");
        }
    }

    #[test]
    fn what_gets_out_is_told() {
        for (sql, found) in [
            ("'", Unclosed::Quote),
            ("'a\\'", Unclosed::Quote),
            ("$a$ b", Unclosed::Quote),
            ("(a", Unclosed::Parenthesis),
            ("a) or (b", Unclosed::Parenthesis),
            ("a -- b", Unclosed::Comment),
            ("a /* b */", Unclosed::Comment),
            ("a; drop table b", Unclosed::Statement),
            ("a\0", Unclosed::Statement),
        ] {
            assert_eq!(unclosed(sql, Dialect::Postgres), Some(found), "{sql}");
        }
        assert_eq!(unclosed("a # b", Dialect::MySql), Some(Unclosed::Comment));
        assert_eq!(unclosed("[a", Dialect::Sqlite), Some(Unclosed::Quote));
    }
}
