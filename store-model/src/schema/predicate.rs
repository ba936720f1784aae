//! Reads the predicate of an index, as databases print it: which words of one column it allows.
//!
//! `status IN ('active', 'trialing')` has many spellings: Postgres prints `= ANY` of an array with casts, MySQL names a
//! character set before each text. What is not understood stays so: nothing is guessed.

use std::collections::BTreeSet;

/// A condition on a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// The column has one of these texts.
    In {
        column: String,
        words: BTreeSet<String>,
    },
    /// The column has a value.
    NotNull(String),
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

/// `CASE WHEN condition THEN column END`: the column where the condition holds, NULL where not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Case {
    pub(super) condition: Condition,
    pub(super) column: String,
}

/// Reads a condition; none if it isn't understood to its end.
pub(super) fn condition(text: &str) -> Option<Condition> {
    let mut parser = Parser::new(text)?;
    let condition = parser.any()?;
    parser.is_at_end().then_some(condition)
}

/// Reads a `CASE` of one branch; none if it isn't understood to its end.
pub(super) fn case(text: &str) -> Option<Case> {
    let mut parser = Parser::new(text)?;
    let case = parser.case()?;
    parser.is_at_end().then_some(case)
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A bare word, in lower case.
    Word(String),
    /// A name in quotes.
    Name(String),
    Text(String),
    Sign(char),
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn new(text: &str) -> Option<Self> {
        Some(Self { tokens: tokens(text)?, at: 0 })
    }

    fn is_at_end(&self) -> bool {
        self.at == self.tokens.len()
    }

    /// Tries one reading; where it fails, the next one starts at the same place.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let done = read(self);
        if done.is_none() {
            self.at = start;
        }
        done
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned()?;
        self.at += 1;
        Some(token)
    }

    fn take(&mut self, token: &Token) -> Option<()> {
        let is_next = self.tokens.get(self.at) == Some(token);
        self.at += usize::from(is_next);
        is_next.then_some(())
    }

    fn sign(&mut self, sign: char) -> Option<()> {
        self.take(&Token::Sign(sign))
    }

    fn word(&mut self, word: &str) -> Option<()> {
        self.take(&Token::Word(word.to_owned()))
    }

    fn words(&mut self, words: &[&str]) -> Option<()> {
        self.attempt(|it| words.iter().try_for_each(|word| it.word(word)))
    }

    fn any(&mut self) -> Option<Condition> {
        self.joined("or", Self::all, Condition::Any)
    }

    fn all(&mut self) -> Option<Condition> {
        self.joined("and", Self::one, Condition::All)
    }

    fn joined(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Option<Condition>,
        join: fn(Vec<Condition>) -> Condition,
    ) -> Option<Condition> {
        let mut parts = vec![part(self)?];
        while self.word(word).is_some() {
            parts.push(part(self)?);
        }
        Some(if parts.len() == 1 { parts.swap_remove(0) } else { join(parts) })
    }

    fn one(&mut self) -> Option<Condition> {
        self.attempt(Self::comparison).or_else(|| self.attempt(|it| it.parenthesised(Self::any)))
    }

    fn parenthesised<T>(&mut self, inner: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.sign('(')?;
        let inner = inner(self)?;
        self.sign(')')?;
        Some(inner)
    }

    fn comparison(&mut self) -> Option<Condition> {
        let text_first = self.attempt(|it| {
            let word = it.text()?;
            it.sign('=')?;
            Some(equals(it.column()?, [word]))
        });
        if text_first.is_some() {
            return text_first;
        }
        let column = self.column()?;
        if self.words(&["is", "not", "null"]).is_some() {
            return Some(Condition::NotNull(column));
        }
        if self.word("in").is_some() {
            let words = self.parenthesised(Self::texts)?;
            return Some(equals(column, words));
        }
        self.sign('=')?;
        if self.word("any").is_some() {
            let words = self.parenthesised(Self::array)?;
            return Some(equals(column, words));
        }
        Some(equals(column, [self.text()?]))
    }

    /// `"table"."column"`, in parentheses and with casts as they come.
    fn column(&mut self) -> Option<String> {
        let plain = self.attempt(|it| {
            let mut name = it.name()?;
            while it.sign('.').is_some() {
                name = it.name()?;
            }
            Some(name)
        });
        let column = plain.or_else(|| self.attempt(|it| it.parenthesised(Self::column)))?;
        self.casts()?;
        Some(column)
    }

    fn name(&mut self) -> Option<String> {
        match self.next()? {
            Token::Word(word) if !KEYWORDS.contains(&word.as_str()) => Some(word),
            Token::Name(name) => Some(name),
            _ => None,
        }
    }

    fn text(&mut self) -> Option<String> {
        let plain = self.attempt(|it| match it.next()? {
            Token::Text(text) => Some(text),
            // A character set, as MySQL names it before a text.
            Token::Word(word) if word.starts_with('_') => match it.next()? {
                Token::Text(text) => Some(text),
                _ => None,
            },
            _ => None,
        });
        let text = plain.or_else(|| self.attempt(|it| it.parenthesised(Self::text)))?;
        self.casts()?;
        Some(text)
    }

    fn texts(&mut self) -> Option<Vec<String>> {
        let mut texts = vec![self.text()?];
        while self.sign(',').is_some() {
            texts.push(self.text()?);
        }
        Some(texts)
    }

    /// `ARRAY['a', 'b']` or `'{a,b}'`, with casts.
    fn array(&mut self) -> Option<Vec<String>> {
        let list = self.attempt(|it| {
            it.word("array")?;
            it.sign('[')?;
            let texts = it.texts()?;
            it.sign(']')?;
            Some(texts)
        });
        let array = list
            .or_else(|| self.attempt(|it| literal_array(&it.text()?)))
            .or_else(|| self.attempt(|it| it.parenthesised(Self::array)))?;
        self.casts()?;
        Some(array)
    }

    /// Any number of casts to the types of texts: others may change what is compared.
    fn casts(&mut self) -> Option<()> {
        while self.sign(':').is_some() {
            self.sign(':')?;
            self.cast()?;
        }
        Some(())
    }

    fn cast(&mut self) -> Option<()> {
        let mut name = self.type_name()?;
        if self.sign('.').is_some() {
            name = self.type_name()?;
        }
        if name == "character" {
            self.word("varying")?;
        }
        // These cut, pad or fold what is compared; so would a length, which is not read either.
        if ["char", "bpchar", "name", "citext"].contains(&name.as_str()) {
            return None;
        }
        if self.sign('[').is_some() {
            self.sign(']')?;
        }
        Some(())
    }

    fn type_name(&mut self) -> Option<String> {
        match self.next()? {
            Token::Word(name) | Token::Name(name) => Some(name),
            _ => None,
        }
    }

    fn case(&mut self) -> Option<Case> {
        if let Some(inner) = self.attempt(|it| it.parenthesised(Self::case)) {
            return Some(inner);
        }
        self.words(&["case", "when"])?;
        let condition = self.any()?;
        self.word("then")?;
        let column = self.column()?;
        let _ = self.words(&["else", "null"]);
        self.word("end")?;
        Some(Case { condition, column })
    }
}

/// Words that are no names unless they are quoted.
const KEYWORDS: [&str; 13] =
    ["and", "any", "array", "case", "else", "end", "in", "is", "not", "null", "or", "then", "when"];

fn equals(column: String, words: impl IntoIterator<Item = String>) -> Condition {
    Condition::In { column, words: words.into_iter().collect() }
}

/// `{active,trialing}`; elements in quotes are not words of the contract.
fn literal_array(text: &str) -> Option<Vec<String>> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let is_plain = !inner.contains(['"', '\\', '{']);
    is_plain.then(|| inner.split(',').map(|word| word.trim().to_owned()).collect())
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    // MySQL 8 prints generated columns with the quotes of texts escaped.
    let text = text.replace("\\'", "'");
    let mut rest = text.as_str();
    let mut tokens = Vec::new();
    while let Some(first) = rest.trim_start().chars().next() {
        rest = rest.trim_start();
        let (token, length) = match first {
            '\'' => quoted(rest, '\'').map(|(text, length)| (Token::Text(text), length))?,
            '"' | '`' => quoted(rest, first).map(|(name, length)| (Token::Name(name), length))?,
            // SQLite takes `[name]`; elsewhere it is `ARRAY['a']` or `text[]`.
            '[' if tokens.last() != Some(&Token::Word("array".into())) && !rest.starts_with("[]") => {
                let end = rest.find(']')?;
                (Token::Name(rest[1..end].to_owned()), end + 1)
            }
            _ if is_letter(first) => {
                let length = rest.find(|letter| !is_letter(letter)).unwrap_or(rest.len());
                (Token::Word(rest[..length].to_lowercase()), length)
            }
            _ => (Token::Sign(first), first.len_utf8()),
        };
        tokens.push(token);
        rest = &rest[length..];
    }
    Some(tokens)
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// What stands between quotes, of which a doubled one is a letter, and how long it is with them.
fn quoted(text: &str, quote: char) -> Option<(String, usize)> {
    let mut inner = String::new();
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter != quote {
            inner.push(letter);
        } else if letters.next_if(|(_, next)| *next == quote).is_some() {
            inner.push(quote);
        } else {
            return Some((inner, at + quote.len_utf8()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live(column: &str) -> Condition {
        equals(column.into(), ["active", "trialing"].map(String::from))
    }

    fn words(text: &str) -> Condition {
        condition(text).unwrap_or_else(|| panic!("not understood: {text}"))
    }

    #[test]
    fn spellings_of_a_list_are_one() {
        for text in [
            "status IN ('active', 'trialing')",
            "\"status\" in ('trialing','active')",
            "`status` in ('active','trialing')",
            "(`status` in (_utf8mb4\\'active\\',_utf8mb4\\'trialing\\'))",
            "((status)::text = ANY ((ARRAY['active'::character varying, 'trialing'::character varying])::text[]))",
            "(status = ANY (ARRAY['active'::text, 'trialing'::text]))",
            "(status = ANY ('{active,trialing}'::text[]))",
            "status = ANY (ARRAY['active'::billing.\"State\", 'trialing'::billing.\"State\"])",
            "subscriptions.status IN (('active'), 'trialing')",
            "[status] in ('active', 'trialing')",
        ] {
            assert_eq!(words(text), live("status"), "{text}");
        }
    }

    #[test]
    fn and_and_or_are_kept() {
        let Condition::Any(parts) = words("((status = 'active'::text) OR ('trialing'::text = status))")
        else {
            panic!("no OR");
        };
        assert_eq!(parts[1], equals("status".into(), ["trialing".to_owned()]));
        let Condition::All(parts) = words("(status IN ('active','trialing') AND (sid IS NOT NULL))") else {
            panic!("no AND");
        };
        assert_eq!(parts, [live("status"), Condition::NotNull("sid".into())]);
    }

    #[test]
    fn what_is_not_understood_is_not_guessed() {
        for text in [
            "",
            "status <> 'canceled'",
            "status ~ '^(active|trialing)$'",
            "lower(status) = 'active'",
            "NOT (status = 'active')",
            "status = 'active' COLLATE nocase",
            "status IN ('active', 'trialing') AND deleted",
            "status IN ('active', 'trialing'",
            "status = 'active' status",
            "status::varchar(1) = 'active'",
            "status::\"char\" = 'a'",
            "status::citext = 'active'",
            "status = 'active'::character",
            "status = 'unclosed",
            "status = ANY ('{\"a,b\"}'::text[])",
        ] {
            assert_eq!(condition(text), None, "{text}");
        }
    }

    #[test]
    fn quotes_within_quotes_are_letters() {
        assert_eq!(words("\"a\"\"b\" = 'it''s'"), equals("a\"b".into(), ["it's".to_owned()]));
    }

    #[test]
    fn a_case_names_a_column() {
        for text in [
            "case when `status` in ('active','trialing') then `sid` end",
            "(CASE WHEN (\"status\" IN ('active', 'trialing')) THEN \"sid\" ELSE NULL END)",
        ] {
            let expected = Case { condition: live("status"), column: "sid".into() };
            assert_eq!(case(text), Some(expected), "{text}");
        }
        assert_eq!(case("case when `status` = 'active' then lower(`sid`) end"), None);
        assert_eq!(case("case when `status` = 'active' then `sid` else 'x' end"), None);
    }
}
