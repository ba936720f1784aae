//! Walks over the tokens of a statement.

use super::lex::{Kind, Token};
use super::names::Name;
use crate::adapter::Dialect;

/// Why a statement can't be read, in words that follow "can't be read:".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault(pub(super) String);

pub(super) type Read<T> = Result<T, Fault>;

/// A place in a list of tokens.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'s, 'a> {
    pub(super) dialect: Dialect,
    tokens: &'s [Token<'a>],
}

impl<'s, 'a> Cursor<'s, 'a> {
    pub(super) fn new(dialect: Dialect, tokens: &'s [Token<'a>]) -> Self {
        Self { dialect, tokens }
    }

    pub(super) fn tokens(&self) -> &'s [Token<'a>] {
        self.tokens
    }

    pub(super) fn is_end(&self) -> bool {
        self.tokens.is_empty()
    }

    pub(super) fn peek(&self) -> Option<&'s Token<'a>> {
        self.tokens.first()
    }

    pub(super) fn line(&self) -> u32 {
        self.peek().map_or(0, |token| token.line)
    }

    pub(super) fn next(&mut self) -> Option<&'s Token<'a>> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }

    /// Whether these words come next.
    pub(super) fn at(&self, words: &[&str]) -> bool {
        self.tokens.len() >= words.len()
            && words.iter().zip(self.tokens).all(|(word, token)| token.is_word(word))
    }

    /// Whether one of these words comes next.
    pub(super) fn at_any(&self, words: &[&str]) -> bool {
        self.peek().is_some_and(|token| words.iter().any(|word| token.is_word(word)))
    }

    pub(super) fn at_sign(&self, sign: &str) -> bool {
        self.peek().is_some_and(|token| token.is_sign(sign))
    }

    /// Passes over these words, if they come next.
    pub(super) fn eat(&mut self, words: &[&str]) -> bool {
        let is_here = self.at(words);
        if is_here {
            self.tokens = &self.tokens[words.len()..];
        }
        is_here
    }

    pub(super) fn eat_any(&mut self, words: &[&str]) -> bool {
        let is_here = self.at_any(words);
        if is_here {
            self.tokens = &self.tokens[1..];
        }
        is_here
    }

    pub(super) fn eat_sign(&mut self, sign: &str) -> bool {
        let is_here = self.at_sign(sign);
        if is_here {
            self.tokens = &self.tokens[1..];
        }
        is_here
    }

    pub(super) fn expect(&mut self, words: &[&str]) -> Read<()> {
        if self.eat(words) { Ok(()) } else { Err(self.fault(&words.join(" ").to_uppercase())) }
    }

    /// That what comes next is not what belongs there.
    pub(super) fn fault(&self, needed: &str) -> Fault {
        match self.peek() {
            Some(token) => {
                let raw: String = token.raw.chars().take(40).collect();
                Fault(format!("{needed} is needed where `{raw}` stands"))
            }
            None => Fault(format!("{needed} is needed at the end")),
        }
    }

    pub(super) fn not_understood(&self) -> Fault {
        match self.peek() {
            Some(token) => {
                let raw: String = token.raw.chars().take(40).collect();
                Fault(format!("`{raw}` is not understood there"))
            }
            None => Fault("it ends too early".into()),
        }
    }

    pub(super) fn at_name(&self) -> bool {
        self.peek().is_some_and(|token| match token.kind {
            Kind::Word | Kind::Name => true,
            // SQLite takes any quotes, MySQL those of texts where it is told so.
            Kind::Text => match self.dialect {
                Dialect::Sqlite => true,
                Dialect::MySql => token.raw.starts_with('"'),
                Dialect::Postgres => false,
            },
            Kind::Number | Kind::Sign => false,
        })
    }

    pub(super) fn name(&mut self) -> Read<String> {
        if !self.at_name() {
            return Err(self.fault("a name"));
        }
        let dialect = self.dialect;
        self.next().map(|token| token.name(dialect)).ok_or_else(|| Fault("a name is needed".into()))
    }

    /// `name` or `schema.name`; of longer ones the last two parts.
    pub(super) fn qualified(&mut self) -> Read<Name> {
        let mut name = Name { schema: None, name: self.name()? };
        while self.eat_sign(".") {
            name = Name { schema: Some(name.name), name: self.name()? };
        }
        Ok(name)
    }

    pub(super) fn text(&mut self) -> Read<String> {
        let dialect = self.dialect;
        match self.peek() {
            Some(token) if token.kind == Kind::Text => {
                self.next();
                Ok(token.text(dialect))
            }
            _ => Err(self.fault("a text")),
        }
    }

    /// What stands in parentheses.
    pub(super) fn group(&mut self) -> Read<Self> {
        let close = self.matching().ok_or_else(|| self.fault("`(`"))?;
        let inner = Self { tokens: &self.tokens[1..close], ..*self };
        self.tokens = &self.tokens[close + 1..];
        Ok(inner)
    }

    /// Where the parenthesis that comes next is closed.
    fn matching(&self) -> Option<usize> {
        self.closed("(", ")")
    }

    fn closed(&self, open: &str, close: &str) -> Option<usize> {
        if !self.at_sign(open) {
            return None;
        }
        let mut depth = 0_usize;
        self.tokens.iter().position(|token| {
            #[cfg(test)]
            super::work::add(1);
            depth += usize::from(token.is_sign(open));
            depth -= usize::from(token.is_sign(close));
            depth == 0
        })
    }

    /// The next token, or all of a group, or of an array: `ARRAY['a', 'b']`.
    pub(super) fn skip(&mut self) {
        let close = self.matching().or_else(|| self.closed("[", "]"));
        let length = close.map_or(1, |close| close + 1);
        #[cfg(test)]
        super::work::add(1);
        self.tokens = self.tokens.get(length..).unwrap_or_default();
    }

    pub(super) fn skip_all(&mut self) {
        self.tokens = &[];
    }

    /// All up to a token, outside of parentheses and brackets, for which this holds.
    pub(super) fn until(&mut self, ends: impl Fn(&Self) -> bool) -> Self {
        let start = self.tokens;
        while !self.is_end() && !ends(self) {
            self.skip();
        }
        Self { tokens: &start[..start.len() - self.tokens.len()], ..*self }
    }

    /// The parts between commas.
    pub(super) fn parts(mut self) -> Vec<Self> {
        let mut parts = Vec::new();
        while !self.is_end() {
            parts.push(self.until(|it| it.at_sign(",")));
            self.eat_sign(",");
        }
        parts
    }

    /// The tokens as text, one blank where there was any.
    pub(super) fn to_text(self) -> String {
        let mut text = String::new();
        let mut end = None;
        for token in self.tokens {
            if end.is_some_and(|end| end != token.start) {
                text.push(' ');
            }
            text.push_str(token.raw);
            end = Some(token.end());
        }
        text
    }

    /// Without the parentheses around all of it.
    pub(super) fn bare(mut self) -> Self {
        while self.matching().is_some_and(|close| close + 1 == self.tokens.len()) {
            self.tokens = &self.tokens[1..self.tokens.len() - 1];
        }
        self
    }
}
