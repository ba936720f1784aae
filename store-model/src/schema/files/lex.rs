//! Text to tokens, each with its place. Comments are left out; what MySQL executes of them is not.

use crate::adapter::Dialect;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A bare word.
    Word,
    /// A name in quotes.
    Name,
    /// A text in quotes or between dollars.
    Text,
    Number,
    /// One letter that is none of these.
    Sign,
}

/// A piece of SQL as it stands in its file, quotes included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) raw: &'a str,
    pub(super) start: usize,
    pub(super) line: u32,
}

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.raw.len()
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.raw.eq_ignore_ascii_case(word)
    }

    pub(super) fn is_sign(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.raw == sign
    }

    /// A name as the database keeps it: Postgres folds what is not in quotes.
    pub(super) fn name(&self, dialect: Dialect) -> String {
        match self.kind {
            Kind::Word if dialect == Dialect::Postgres => self.raw.to_lowercase(),
            Kind::Name | Kind::Text => self.text(dialect),
            Kind::Word | Kind::Number | Kind::Sign => self.raw.to_owned(),
        }
    }

    /// What stands between the quotes.
    pub(super) fn text(&self, dialect: Dialect) -> String {
        if let Some(body) = dollar_body(self.raw) {
            return body.to_owned();
        }
        let (raw, escaped) = match self.raw.strip_prefix(['e', 'E']) {
            Some(raw) => (raw, true),
            None => (self.raw, dialect == Dialect::MySql && self.kind == Kind::Text),
        };
        let mut letters = raw.chars();
        let Some(quote) = letters.next() else {
            return String::new();
        };
        let quote = if quote == '[' { ']' } else { quote };
        let body = letters.as_str();
        unescape(body.strip_suffix(quote).unwrap_or(body), quote, escaped)
    }
}

fn unescape(body: &str, quote: char, escaped: bool) -> String {
    let mut text = String::with_capacity(body.len());
    let mut letters = body.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if escaped => text.extend(letters.next().map(|letter| match letter {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            })),
            _ if letter == quote => {
                letters.next_if_eq(&quote);
                text.push(letter);
            }
            _ => text.push(letter),
        }
    }
    text
}

/// What stands between `$tag$` and `$tag$`.
fn dollar_body(raw: &str) -> Option<&str> {
    let tag = raw.strip_prefix('$')?.find('$')? + 2;
    let body = &raw[tag..];
    Some(body.strip_suffix(&raw[..tag]).unwrap_or(body))
}

/// Walks over a text.
pub(super) struct Lexer<'a> {
    dialect: Dialect,
    text: &'a str,
    at: usize,
    line: u32,
    /// What ends a statement in place of `;`, as `DELIMITER` said: no word goes on over it.
    pub(super) delimiter: Option<&'a str>,
    /// Whether the inside of an executable comment is being read.
    executes: bool,
    /// What was opened and not closed before the end of the text.
    pub(super) unclosed: Option<&'static str>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(dialect: Dialect, text: &'a str, line: u32) -> Self {
        Self { dialect, text, at: 0, line, delimiter: None, executes: false, unclosed: None }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn line(&self) -> u32 {
        self.line
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Passes over a number of bytes, which end between letters.
    pub(super) fn advance(&mut self, length: usize) {
        let end = (self.at + length).min(self.text.len());
        #[cfg(test)]
        super::work::add(length);
        let lines = self.text.as_bytes()[self.at..end].iter().filter(|&&byte| byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.at = end;
    }

    /// Passes over the rest of the line, and says what it was.
    pub(super) fn take_line(&mut self) -> &'a str {
        let rest = self.rest();
        let length = rest.find('\n').unwrap_or(rest.len());
        self.advance(length + 1);
        &rest[..length]
    }

    /// Passes over blanks and comments.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start_matches(is_blank).len();
            self.advance(blank);
            if !self.skip_comment() {
                return;
            }
        }
    }

    fn skip_comment(&mut self) -> bool {
        let rest = self.rest();
        let is_mysql = self.dialect == Dialect::MySql;
        match rest.as_bytes() {
            // `-->` is no comment to MySQL, but what drizzle writes between its statements.
            [b'-', b'-', after @ ..]
                if !is_mysql || after.first().is_none_or(|it| it.is_ascii_whitespace() || *it == b'>') =>
            {
                let line = self.take_line();
                self.skip_undo(line);
            }
            [b'#', ..] if is_mysql => _ = self.take_line(),
            // A line for the client.
            [b'\\', ..] if self.dialect != Dialect::Sqlite => _ = self.take_line(),
            [b'/', b'*', b'!', ..] if is_mysql => self.enter(3),
            [b'/', b'*', b'M', b'!', ..] if is_mysql => self.enter(4),
            [b'*', b'/', ..] if self.executes => {
                self.executes = false;
                self.advance(2);
            }
            [b'/', b'*', ..] => self.skip_long_comment(),
            _ => return false,
        }
        true
    }

    /// Into an executable comment, whose content counts.
    fn enter(&mut self, mark: usize) {
        self.executes = true;
        let rest = &self.rest()[mark..];
        let version = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        self.advance(mark + version);
    }

    /// Those of Postgres nest.
    fn skip_long_comment(&mut self) {
        let bytes = self.rest().as_bytes();
        let (mut depth, mut at) = (1_usize, 2);
        while depth > 0 && at < bytes.len() {
            match &bytes[at..] {
                [b'*', b'/', ..] => {
                    depth -= 1;
                    at += 2;
                }
                [b'/', b'*', ..] if self.dialect == Dialect::Postgres => {
                    depth += 1;
                    at += 2;
                }
                _ => at += 1,
            }
        }
        if depth > 0 {
            self.unclosed = Some("a comment that has no end");
        }
        self.advance(at);
    }

    /// The way back, where a file holds both and marks them, as goose, sql-migrate and dbmate do.
    fn skip_undo(&mut self, comment: &str) {
        if mark(comment) != Some("down") {
            return;
        }
        while !self.rest().is_empty() && mark(self.take_line()) != Some("up") {}
    }

    /// The next token; none at the end of the text.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        self.skip_blanks();
        let rest = self.rest();
        let first = rest.chars().next()?;
        let (kind, length) = match first {
            '\'' => (Kind::Text, self.quoted(rest, 0, '\'', self.dialect == Dialect::MySql)),
            '"' if self.dialect == Dialect::MySql => (Kind::Text, self.quoted(rest, 0, '"', true)),
            '"' => (Kind::Name, self.quoted(rest, 0, '"', false)),
            '`' if self.dialect != Dialect::Postgres => (Kind::Name, self.quoted(rest, 0, '`', false)),
            '[' if self.dialect == Dialect::Sqlite => (Kind::Name, self.quoted(rest, 0, ']', false)),
            'e' | 'E' if self.dialect == Dialect::Postgres && rest.as_bytes().get(1) == Some(&b'\'') => {
                (Kind::Text, self.quoted(rest, 1, '\'', true))
            }
            '$' if self.dialect == Dialect::Postgres => self.dollars(rest),
            _ if first.is_ascii_digit() => self.number(rest),
            _ if is_letter(first) => (Kind::Word, self.word(rest)),
            _ => (Kind::Sign, first.len_utf8()),
        };
        let token = Token { kind, raw: &rest[..length], start: self.at, line: self.line };
        self.advance(length);
        Some(token)
    }

    fn word(&self, rest: &str) -> usize {
        let length = length_while(rest, is_letter);
        self.delimiter.and_then(|it| rest[..length].find(it)).unwrap_or(length)
    }

    /// The length of what begins with a quote, after a prefix, and ends with one that is neither doubled nor escaped.
    fn quoted(&mut self, rest: &str, prefix: usize, quote: char, escapes: bool) -> usize {
        let bytes = rest.as_bytes();
        let quote = u8::try_from(quote).unwrap_or(b'\'');
        let mut at = prefix + 1;
        while at < bytes.len() {
            if escapes && bytes[at] == b'\\' {
                at += 2;
            } else if bytes[at] != quote {
                at += 1;
            } else if bytes.get(at + 1) == Some(&quote) {
                at += 2;
            } else {
                return at + 1;
            }
        }
        self.unclosed = Some("a quote that has no end");
        rest.len()
    }

    /// `$tag$ .. $tag$`, or the sign alone.
    fn dollars(&mut self, rest: &str) -> (Kind, usize) {
        let tag = 1 + length_while(&rest[1..], |letter| is_letter(letter) && letter != '$');
        let is_tag = rest[tag..].starts_with('$') && !rest[1..].starts_with(|it: char| it.is_ascii_digit());
        if !is_tag {
            return (Kind::Sign, 1);
        }
        let tag = tag + 1;
        let Some(end) = rest[tag..].find(&rest[..tag]) else {
            self.unclosed = Some("a dollar quote that has no end");
            return (Kind::Text, rest.len());
        };
        (Kind::Text, tag + end + tag)
    }

    /// In MySQL a name may begin with a digit.
    fn number(&self, rest: &str) -> (Kind, usize) {
        let length = length_while(rest, |letter| is_letter(letter) || letter == '.');
        let raw = &rest[..length];
        let is_number = raw.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'_'))
            || raw.starts_with("0x")
            || self.dialect != Dialect::MySql;
        (if is_number { Kind::Number } else { Kind::Word }, length)
    }
}

/// Which of two ways a comment of a migration tool begins.
fn mark(comment: &str) -> Option<&'static str> {
    let words = comment.trim_start().strip_prefix("--")?.trim().to_ascii_lowercase();
    let rest = ["migrate:", "+goose ", "+migrate "].iter().find_map(|tool| words.strip_prefix(tool))?;
    ["down", "up"].into_iter().find(|way| rest.split_whitespace().next() == Some(way))
}

fn length_while(text: &str, keeps: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !keeps(letter)).unwrap_or(text.len())
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{feff}' || letter == '\0'
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$' || !letter.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raws(dialect: Dialect, text: &str) -> Vec<String> {
        let mut lexer = Lexer::new(dialect, text, 1);
        std::iter::from_fn(|| lexer.next()).map(|token| token.raw.to_owned()).collect()
    }

    #[test]
    fn each_database_has_its_quotes() {
        assert_eq!(
            raws(Dialect::Postgres, r#"E'a\'b' "c""d" $x$ ' $y$ $x$ $1 f$2"#),
            ["E'a\\'b'", "\"c\"\"d\"", "$x$ ' $y$ $x$", "$", "1", "f$2"]
        );
        assert_eq!(raws(Dialect::Postgres, r"'a\' b"), [r"'a\'", "b"]);
        assert_eq!(raws(Dialect::MySql, r"'a\' b' `c d` 2fa"), [r"'a\' b'", "`c d`", "2fa"]);
        assert_eq!(raws(Dialect::Sqlite, "[a b] `c` 'it''s'"), ["[a b]", "`c`", "'it''s'"]);
    }

    #[test]
    fn comments_are_left_out_and_what_mysql_executes_is_not() {
        assert_eq!(raws(Dialect::Postgres, "a -- b\n/* c /* d */ e */ f"), ["a", "f"]);
        assert_eq!(raws(Dialect::Sqlite, "a /* c /* d */ e"), ["a", "e"]);
        assert_eq!(
            raws(Dialect::MySql, "a /*!50100 b */ c /*M! d */ # e\n/* f */ g--1"),
            ["a", "b", "c", "d", "g", "-", "-", "1"]
        );
        assert_eq!(raws(Dialect::MySql, "a;--> statement-breakpoint\nb"), ["a", ";", "b"]);
        assert_eq!(raws(Dialect::MySql, "/*M!999999\\- enable the sandbox mode */\na"), ["a"]);
        assert_eq!(raws(Dialect::Postgres, "\\restrict x'y\na"), ["a"]);
    }

    #[test]
    fn lines_are_counted_through_everything() {
        let mut lexer = Lexer::new(Dialect::Postgres, "a\n'b\nc' $$\n$$ /*\n*/ d\r\n  e", 1);
        let lines: Vec<_> = std::iter::from_fn(|| lexer.next()).map(|token| token.line).collect();
        assert_eq!(lines, [1, 2, 3, 5, 6]);
    }

    #[test]
    fn texts_lose_their_quotes() {
        for (dialect, raw, expected) in [
            (Dialect::Postgres, "'it''s'", "it's"),
            (Dialect::Postgres, r"E'a\tb\'c'", "a\tb'c"),
            (Dialect::Postgres, "$t$a$b$t$", "a$b"),
            (Dialect::MySql, r"'a\\b'", r"a\b"),
            (Dialect::MySql, "\"a\"", "a"),
            (Dialect::Sqlite, "[a b]", "a b"),
        ] {
            let token = Lexer::new(dialect, raw, 1).next().expect("one token");
            assert_eq!(token.text(dialect), expected, "{raw}");
        }
    }

    #[test]
    fn the_way_back_is_left_out() {
        let text = "a\n-- +goose Down\nb\n-- +goose Up\nc\n--migrate:down\nd";
        assert_eq!(raws(Dialect::Postgres, text), ["a", "c"]);
    }
}
