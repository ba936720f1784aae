//! Whether SQL of the user is one expression that ends where it ends.
//!
//! What is a quote, a comment or a placeholder depends on the database, and on some also on the settings of the session.
//! So an expression is read as every session may read it: what one may read otherwise is refused.

use store_model::adapter::Dialect;

/// Why it is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A quote has no end.
    Quote,
    /// A quote ends or not, as the session reads the backslash before it.
    Backslash,
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
    match outermost(sql, dialect) {
        Ok(0) => None,
        Ok(_) => Some(Fault::Parenthesis),
        Err(fault) => Some(fault),
    }
}

/// How many parentheses are left open.
fn outermost(sql: &str, dialect: Dialect) -> Result<usize, Fault> {
    let mut depth = 0_usize;
    let mut rest = sql;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        rest = match letter {
            _ if is_in_word(letter) => word(rest)?,
            '\'' | '"' | '`' => quoted(after, letter, dialect)?,
            '[' if dialect == Dialect::Sqlite => after.split_once(']').ok_or(Fault::Quote)?.1,
            '$' => dollar(after, dialect)?,
            '(' => {
                depth += 1;
                after
            }
            ')' => {
                depth = depth.checked_sub(1).ok_or(Fault::Parenthesis)?;
                after
            }
            '-' if after.starts_with('-') => return Err(Fault::Comment),
            '/' if after.starts_with('*') => return Err(Fault::Comment),
            '#' if dialect == Dialect::MySql => return Err(Fault::Comment),
            ';' | '\0' => return Err(Fault::Statement),
            '?' if dialect != Dialect::Postgres => return Err(Fault::Placeholder),
            ':' | '@' | '#' if dialect == Dialect::Sqlite => return Err(Fault::Placeholder),
            _ => after,
        };
    }
    Ok(depth)
}

/// What names, words and numbers are made of; of letters beyond ASCII no database tells which are letters.
fn is_in_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || !letter.is_ascii()
}

/// What follows a word. A `$` within it begins nothing, but after a number it may.
fn word(text: &str) -> Result<&str, Fault> {
    let after = text.trim_start_matches(|letter| is_in_word(letter) || letter == '$');
    let word = &text[..text.len() - after.len()];
    if word.starts_with(|first: char| first.is_ascii_digit()) && word.contains('$') {
        return Err(Fault::Quote);
    }
    Ok(after)
}

/// What follows a quoted text. A quote within is doubled; on MySQL, and in an `E''` of Postgres, it may follow a backslash,
/// which other sessions take for a letter.
pub(super) fn quoted(text: &str, quote: char, dialect: Dialect) -> Result<&str, Fault> {
    let mut is_escaped = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '\0' => return Err(Fault::Statement),
            '\\' if quote != '`' && dialect != Dialect::Sqlite => is_escaped = !is_escaped,
            _ if letter == quote && is_escaped => return Err(Fault::Backslash),
            _ if letter == quote => return Ok(&text[at + 1..]),
            _ => is_escaped = false,
        }
    }
    Err(Fault::Quote)
}

/// What follows a `$`, which begins a quoted text on Postgres, `$tag$ .. $tag$`, a placeholder there and on SQLite, and on
/// MySQL one or a name, by its version.
pub(super) fn dollar(text: &str, dialect: Dialect) -> Result<&str, Fault> {
    match dialect {
        Dialect::MySql => return Err(Fault::Quote),
        Dialect::Sqlite => return Err(Fault::Placeholder),
        Dialect::Postgres => {}
    }
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        return Err(Fault::Placeholder);
    }
    let after = text.trim_start_matches(is_in_word);
    let Some(inside) = after.strip_prefix('$') else { return Ok(text) };
    let tag = &text[..text.len() - after.len()];
    let (inside, after) = inside.split_once(&format!("${tag}$")).ok_or(Fault::Quote)?;
    if inside.contains('\0') { Err(Fault::Statement) } else { Ok(after) }
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
            "'C:\\\\'",
            "\"a;b\" = $$;--$$",
            "a->>'b' = $t$ ' $t$",
            "a$b = c$1",
            "((a) or (b))",
            "a - -b",
            "a ? 'b' and c::text @> d",
        ] {
            assert_eq!(fault(sql, Dialect::Postgres), None, "{sql}");
        }
        for sql in ["a$b", "[it's; (fine]", "'\\'", "x'00'"] {
            assert_eq!(fault(sql, Dialect::Sqlite), None, "{sql}");
        }
        for sql in ["@@session.time_zone", "`a;`", "'it''s'", "a$b"] {
            assert_eq!(fault(sql, Dialect::MySql), None, "{sql}");
        }
    }

    #[test]
    fn what_gets_out_is_told() {
        use Dialect::{MySql, Postgres, Sqlite};
        for (sql, dialect, found) in [
            ("'", Postgres, Fault::Quote),
            ("'a\\'", Postgres, Fault::Backslash),
            ("\"a\\\"b\"", MySql, Fault::Backslash),
            ("$a$ b", Postgres, Fault::Quote),
            ("$a$ b $A$", Postgres, Fault::Quote),
            ("(a", Postgres, Fault::Parenthesis),
            ("a) or (b", Postgres, Fault::Parenthesis),
            ("a -- b", Postgres, Fault::Comment),
            ("a /* b */", Postgres, Fault::Comment),
            ("/*/**/", Postgres, Fault::Comment),
            ("a # b", MySql, Fault::Comment),
            ("/*!50000 a */", MySql, Fault::Comment),
            ("a; drop table b", Postgres, Fault::Statement),
            ("a\0", Postgres, Fault::Statement),
            ("'a\0'", Sqlite, Fault::Statement),
            ("$$\0$$", Postgres, Fault::Statement),
            ("a = $1", Postgres, Fault::Placeholder),
            ("a = ?", MySql, Fault::Placeholder),
            ("a = ?1", Sqlite, Fault::Placeholder),
            ("a = :b", Sqlite, Fault::Placeholder),
            ("a = $b::c(d)", Sqlite, Fault::Placeholder),
            ("[a", Sqlite, Fault::Quote),
            // To the database a name, and then a statement; only the first looks like a quote.
            ("a$b$ ; drop table c $b$", Postgres, Fault::Statement),
            ("$→$ ' $→$ ; drop table c --'", Postgres, Fault::Statement),
            ("1$a$ ' $a$ ; drop table c --'", Postgres, Fault::Quote),
            ("$$ ' $$ ; drop table c --'", MySql, Fault::Quote),
        ] {
            assert_eq!(fault(sql, dialect), Some(found), "{sql}");
        }
    }

    /// How a session reads SQL, letter by letter, as its manual says.
    #[derive(Clone, Copy)]
    struct Session {
        dialect: Dialect,
        /// Whether a backslash escapes in `'..'`, and in `".."`.
        escapes: [bool; 2],
        /// Whether a number can be followed by a quoted text at once, and whether `$$` begins one.
        dollars: [bool; 2],
    }

    const SESSIONS: &[Session] = &[
        // standard_conforming_strings on and off; versions before and since 15
        Session { dialect: Dialect::Postgres, escapes: [false, false], dollars: [true, true] },
        Session { dialect: Dialect::Postgres, escapes: [true, false], dollars: [true, true] },
        Session { dialect: Dialect::Postgres, escapes: [false, false], dollars: [false, true] },
        // NO_BACKSLASH_ESCAPES and ANSI_QUOTES; versions before and since 8.0.32
        Session { dialect: Dialect::MySql, escapes: [true, true], dollars: [false, false] },
        Session { dialect: Dialect::MySql, escapes: [true, false], dollars: [false, true] },
        Session { dialect: Dialect::MySql, escapes: [false, false], dollars: [false, false] },
        Session { dialect: Dialect::Sqlite, escapes: [false, false], dollars: [false, false] },
    ];

    impl Session {
        /// Whether what follows the text is read as if the text were not there, and nothing in it ends or binds anything.
        fn keeps(self, text: &[char]) -> bool {
            let (mut at, mut depth) = (0, 0_i32);
            while let Some(&letter) = text.get(at) {
                let next = text.get(at + 1).copied();
                let skipped = match letter {
                    '\'' | '"' | '`' => self.string(text, at, letter),
                    'E' if next == Some('\'') && self.dialect == Dialect::Postgres => {
                        Self { escapes: [true; 2], ..self }.string(text, at + 1, '\'')
                    }
                    '[' if self.dialect == Dialect::Sqlite => find(text, at + 1, &[']']),
                    '-' if next == Some('-') => None,
                    '/' if next == Some('*') => None,
                    '#' if self.dialect == Dialect::MySql => None,
                    ';' => None,
                    '?' if self.dialect != Dialect::Postgres => None,
                    ':' if self.dialect == Dialect::Sqlite && next.is_some_and(is_in_word) => None,
                    '$' => self.dollar(text, at),
                    _ if is_in_word(letter) => Some(self.word(text, at)),
                    _ => Some(at + 1),
                };
                depth += i32::from(letter == '(') - i32::from(letter == ')');
                at = match skipped {
                    Some(after) if depth >= 0 => after,
                    _ => return false,
                };
            }
            depth == 0
        }

        fn string(self, text: &[char], begin: usize, quote: char) -> Option<usize> {
            let escapes = match quote {
                '\'' => self.escapes[0],
                '"' => self.escapes[1],
                _ => false,
            };
            let mut at = begin + 1;
            loop {
                match *text.get(at)? {
                    '\\' if escapes => at += 2,
                    letter if letter == quote && text.get(at + 1) == Some(&quote) => at += 2,
                    letter if letter == quote => return Some(at + 1),
                    _ => at += 1,
                }
            }
        }

        fn dollar(self, text: &[char], at: usize) -> Option<usize> {
            let end = text[at + 1..].iter().position(|letter| !is_in_word(*letter)).map(|end| at + 1 + end);
            let is_tag =
                end.is_some_and(|end| text[end] == '$') && !text[at + 1].is_ascii_digit() && self.dollars[1];
            match end {
                Some(end) if is_tag => find(text, end + 1, &text[at..=end]),
                _ if self.dialect == Dialect::MySql => Some(self.word(text, at)),
                _ if text.get(at + 1).is_some_and(|next| next.is_ascii_digit()) => None,
                _ if self.dialect == Dialect::Sqlite => None,
                _ => Some(at + 1),
            }
        }

        /// A number ends before a `$` where one may follow it; a name has them in it.
        fn word(self, text: &[char], begin: usize) -> usize {
            let is_number = text[begin].is_ascii_digit();
            let ends = |letter: &char| {
                let is_in_number = letter.is_ascii_digit() || !self.dollars[0] && is_in_word(*letter);
                if is_number { !is_in_number } else { !is_in_word(*letter) && *letter != '$' }
            };
            text[begin + 1..].iter().position(ends).map_or(text.len(), |end| begin + 1 + end)
        }
    }

    /// Where a part of the text ends, from a place on.
    fn find(text: &[char], from: usize, part: &[char]) -> Option<usize> {
        text[from..].windows(part.len()).position(|it| it == part).map(|at| from + at + part.len())
    }

    /// Texts of parts that a quote, a comment or a statement could be made of.
    #[test]
    fn what_is_accepted_stays_in_its_place_in_every_session() {
        const PARTS: &[&str] = &[
            "'", "\"", "`", "\\", "$", "$a$", "a", "1", "E", "é", "(", ")", "--", "/*", "#", ";", "?", ":",
            "[", "]", "\n",
        ];
        // The generator of Knuth's MMIX.
        let mut state = 1_u64;
        let mut below = |limit: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % limit
        };
        let mut accepted = 0_u32;
        for dialect in Dialect::ALL {
            let sessions = || SESSIONS.iter().filter(|session| session.dialect == dialect);
            for _ in 0..100_000 {
                let length = 1 + below(8);
                let text: String = (0..length).map(|_| PARTS[below(PARTS.len())]).collect();
                if fault(&text, dialect).is_some() {
                    continue;
                }
                accepted += 1;
                let letters: Vec<_> = text.chars().collect();
                assert!(sessions().all(|session| session.keeps(&letters)), "{text:?} on {dialect:?}");
            }
        }
        assert!(accepted > 20_000, "{accepted} of them say little");
    }
}
