//! Reads the predicate of an index, as databases print it: which values of one column it allows.
//!
//! `status IN ('active', 'trialing')` has many spellings: Postgres prints `= ANY` of an array with casts, MySQL names a
//! character set before each text. What is not understood stays so: nothing is guessed.

mod implied;
mod words;

use std::collections::BTreeSet;

pub(super) use implied::implies;
pub(super) use words::are_same_words;

/// A value in a text of SQL. True and false are 1 and 0, as all databases but one print them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Literal {
    /// Bytes are as Postgres prints them: `\x00ff`.
    Text(String),
    Integer(i64),
}

impl Literal {
    /// Bytes in hexadecimal digits.
    pub(super) fn bytes(digits: &str) -> Self {
        Self::Text(format!("\\x{}", digits.to_lowercase()))
    }
}

/// A condition on a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// The column has one of these values.
    In {
        column: String,
        values: BTreeSet<Literal>,
    },
    /// The column has another value than this.
    Not {
        column: String,
        value: Literal,
    },
    /// The column has no value.
    Null(String),
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
    /// Whether it is the value without the blanks at its end.
    pub(super) is_trimmed: bool,
}

/// Reads a condition; none if it isn't understood to its end.
pub(super) fn condition(text: &str) -> Option<Condition> {
    understood(text, Parser::any)
}

/// Reads a `CASE` of one branch; none if it isn't understood to its end.
pub(super) fn case(text: &str) -> Option<Case> {
    understood(text, Parser::case)
}

/// A backslash is a letter; or MariaDB has put it before a letter of a text; or MySQL 8 before all quotes of what it prints.
fn understood<T>(text: &str, read: fn(&mut Parser) -> Option<T>) -> Option<T> {
    let unescaped = text.replace("\\'", "'").replace("\\\\", "\\");
    let meanings = [(text, false), (text, true), (&unescaped, false), (&unescaped, true)];
    meanings.into_iter().find_map(|(text, escapes)| {
        let mut parser = Parser::new(text, escapes)?;
        let read = read(&mut parser)?;
        parser.is_at_end().then_some(read)
    })
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
    fn new(text: &str, escapes: bool) -> Option<Self> {
        Some(Self { tokens: tokens(text, escapes)?, at: 0 })
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
        let value_first = self.attempt(|it| {
            let value = it.literal()?;
            it.sign('=')?;
            Some(equals(it.column()?, [value]))
        });
        if value_first.is_some() {
            return value_first;
        }
        let column = self.column()?;
        if self.words(&["is", "not", "null"]).is_some() {
            return Some(Condition::NotNull(column));
        }
        if self.words(&["is", "null"]).is_some() {
            return Some(Condition::Null(column));
        }
        if self.word("in").is_some() {
            let values = self.parenthesised(Self::literals)?;
            return Some(equals(column, values));
        }
        let differs = self.attempt(|it| it.sign('<').and_then(|()| it.sign('>')));
        if differs.or_else(|| self.attempt(|it| it.sign('!').and_then(|()| it.sign('=')))).is_some() {
            return Some(Condition::Not { column, value: self.literal()? });
        }
        self.sign('=')?;
        if self.word("any").is_some() {
            let values = self.parenthesised(Self::array)?;
            return Some(equals(column, values));
        }
        Some(equals(column, [self.literal()?]))
    }

    /// `"table"."column"`, in parentheses and with casts as they come.
    fn column(&mut self) -> Option<String> {
        // Of a CHAR on MySQL, whose blanks at its end are none.
        if let Some(trimmed) = self.attempt(Self::trimmed) {
            return Some(trimmed);
        }
        let plain = self.attempt(|it| {
            let mut name = it.name()?;
            while it.sign('.').is_some() {
                name = it.name()?;
            }
            Some(name)
        });
        let column = plain.or_else(|| self.attempt(|it| it.parenthesised(Self::column)))?;
        // These cut, pad or fold what is compared.
        let changes = ["bpchar", "boolean", "bool"];
        self.casts()?.iter().all(|name| !changes.contains(&name.as_str())).then_some(column)
    }

    fn name(&mut self) -> Option<String> {
        match self.next()? {
            Token::Word(word) if !KEYWORDS.contains(&word.as_str()) && !is_number(&word) => Some(word),
            Token::Name(name) => Some(name),
            _ => None,
        }
    }

    fn literal(&mut self) -> Option<Literal> {
        let plain = self.attempt(Self::plain_literal);
        let literal = plain.or_else(|| self.attempt(|it| it.parenthesised(Self::literal)))?;
        let casts = self.casts()?;
        cast(literal, &casts)
    }

    fn plain_literal(&mut self) -> Option<Literal> {
        match self.next()? {
            Token::Text(text) => Some(Literal::Text(text)),
            Token::Word(word) if is_number(&word) => word.parse().ok().map(Literal::Integer),
            Token::Sign('-') => match self.next()? {
                Token::Word(word) if is_number(&word) => {
                    format!("-{word}").parse().ok().map(Literal::Integer)
                }
                _ => None,
            },
            Token::Word(word) => match (word.as_str(), self.tokens.get(self.at)) {
                ("true", _) => Some(Literal::Integer(1)),
                ("false", _) => Some(Literal::Integer(0)),
                // Postgres writes a text with backslashes so.
                ("e", Some(Token::Text(_))) => {
                    self.text().map(|text| Literal::Text(text.replace("\\\\", "\\")))
                }
                // `X'00ff'`, `0x00ff`
                ("x", Some(Token::Text(_))) => self.text().map(|digits| Literal::bytes(&digits)),
                (word, _) if word.starts_with("0x") => Some(Literal::bytes(&word[2..])),
                // A character set, as MySQL names it before a text.
                (word, Some(Token::Text(_))) if word.starts_with('_') => self.text().map(Literal::Text),
                _ => None,
            },
            _ => None,
        }
    }

    fn text(&mut self) -> Option<String> {
        match self.next()? {
            Token::Text(text) => Some(text),
            _ => None,
        }
    }

    fn literals(&mut self) -> Option<Vec<Literal>> {
        let mut literals = vec![self.literal()?];
        while self.sign(',').is_some() {
            literals.push(self.literal()?);
        }
        Some(literals)
    }

    /// `ARRAY['a', 'b']` or `'{a,b}'`, with casts.
    fn array(&mut self) -> Option<Vec<Literal>> {
        let list = self.attempt(|it| {
            it.word("array")?;
            it.sign('[')?;
            let literals = it.literals()?;
            it.sign(']')?;
            Some(literals)
        });
        let array = list
            .or_else(|| self.attempt(|it| literal_array(&it.text()?)))
            .or_else(|| self.attempt(|it| it.parenthesised(Self::array)))?;
        let casts = self.casts()?;
        array.into_iter().map(|literal| cast(literal, &casts)).collect()
    }

    /// The types of any number of casts: some may change what is compared.
    fn casts(&mut self) -> Option<Vec<String>> {
        let mut casts = Vec::new();
        while self.sign(':').is_some() {
            self.sign(':')?;
            casts.push(self.cast()?);
        }
        Some(casts)
    }

    fn cast(&mut self) -> Option<String> {
        let mut name = self.type_name()?;
        if self.sign('.').is_some() {
            name = self.type_name()?;
        }
        if name == "character" {
            self.word("varying")?;
        }
        // These cut or fold what is compared; so would a length, which is not read either.
        if ["char", "name", "citext"].contains(&name.as_str()) {
            return None;
        }
        if self.sign('[').is_some() {
            self.sign(']')?;
        }
        Some(name)
    }

    fn type_name(&mut self) -> Option<String> {
        match self.next()? {
            Token::Word(name) | Token::Name(name) => Some(name),
            _ => None,
        }
    }

    /// `RTRIM(..)` of a column.
    fn trimmed(&mut self) -> Option<String> {
        self.word("rtrim")?;
        self.parenthesised(Self::column)
    }

    fn case(&mut self) -> Option<Case> {
        if let Some(inner) = self.attempt(|it| it.parenthesised(Self::case)) {
            return Some(inner);
        }
        if let Some(case) = self.attempt(Self::only_if) {
            return Some(case);
        }
        self.words(&["case", "when"])?;
        let condition = self.any()?;
        self.word("then")?;
        let (column, is_trimmed) = self.chosen()?;
        let _ = self.words(&["else", "null"]);
        self.word("end")?;
        Some(Case { condition, column, is_trimmed })
    }

    /// `IF(.., column, NULL)` of MySQL says the same.
    fn only_if(&mut self) -> Option<Case> {
        self.word("if")?;
        self.parenthesised(|it| {
            let condition = it.any()?;
            it.sign(',')?;
            let (column, is_trimmed) = it.chosen()?;
            it.sign(',')?;
            it.word("null")?;
            Some(Case { condition, column, is_trimmed })
        })
    }

    /// A column, and whether it is trimmed.
    fn chosen(&mut self) -> Option<(String, bool)> {
        match self.attempt(Self::trimmed) {
            Some(column) => Some((column, true)),
            None => Some((self.column()?, false)),
        }
    }
}

/// Words that are no names unless they are quoted.
const KEYWORDS: [&str; 13] =
    ["and", "any", "array", "case", "else", "end", "in", "is", "not", "null", "or", "then", "when"];

fn equals(column: String, values: impl IntoIterator<Item = Literal>) -> Condition {
    Condition::In { column, values: values.into_iter().collect() }
}

/// Postgres prints a number below zero, or in an array, as a text with the type of a number.
fn cast(literal: Literal, types: &[String]) -> Option<Literal> {
    const NUMBERS: [&str; 4] = ["smallint", "integer", "bigint", "numeric"];
    let is_number = types.iter().any(|name| NUMBERS.contains(&name.as_str()));
    match literal {
        Literal::Text(text) if is_number => text.parse().ok().map(Literal::Integer),
        other => Some(other),
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `{active,trialing}`; elements in quotes are not words of the contract.
fn literal_array(text: &str) -> Option<Vec<Literal>> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let is_plain = !inner.contains(['"', '\\', '{']);
    is_plain.then(|| inner.split(',').map(|word| Literal::Text(word.trim().to_owned())).collect())
}

fn tokens(text: &str, escapes: bool) -> Option<Vec<Token>> {
    let mut rest = text;
    let mut tokens = Vec::new();
    while let Some(first) = rest.trim_start().chars().next() {
        rest = rest.trim_start();
        let (token, length) = match first {
            '\'' => quoted(rest, '\'', escapes).map(|(text, length)| (Token::Text(text), length))?,
            '"' | '`' => quoted(rest, first, false).map(|(name, length)| (Token::Name(name), length))?,
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

/// What stands between quotes, of which a doubled one is a letter, and how long it is with them; and so may be what
/// follows a backslash.
fn quoted(text: &str, quote: char, escapes: bool) -> Option<(String, usize)> {
    let mut inner = String::new();
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if escapes && letter == '\\' {
            inner.push(letters.next()?.1);
        } else if letter != quote {
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
        equals(column.into(), ["active", "trialing"].map(word))
    }

    fn word(text: &str) -> Literal {
        Literal::Text(text.into())
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
            "(status = ANY (ARRAY['active'::bpchar, 'trialing'::bpchar]))",
        ] {
            assert_eq!(words(text), live("status"), "{text}");
        }
    }

    #[test]
    fn numbers_and_truth_have_spellings_too() {
        let numbers = |numbers: [i64; 2]| equals("state".into(), numbers.map(Literal::Integer));
        for text in [
            "state IN (-1, 3)",
            "`state` in (3,-1)",
            "(state = ANY (ARRAY['-1'::integer, 3]))",
            "(state = ANY (ARRAY[(-1)::bigint, (3)::bigint]))",
            "((state)::integer = ANY ('{-1,3}'::integer[]))",
            "(state = ANY ('{-1,3}'::smallint[]))",
        ] {
            assert_eq!(words(text), numbers([-1, 3]), "{text}");
        }
        for text in ["(state = true)", "state = TRUE", "(`state` = 1)", "(1 = `state`)"] {
            assert_eq!(words(text), equals("state".into(), [Literal::Integer(1)]), "{text}");
        }
        assert_eq!(words("(`state` = 0)"), words("(state = false)"));
    }

    #[test]
    fn null_and_what_is_not_a_value_are_told() {
        let Condition::Any(parts) = words("((status = 'on'::text) OR (status IS NULL))") else {
            panic!("no OR");
        };
        assert_eq!(parts, [equals("status".into(), [word("on")]), Condition::Null("status".into())]);
        for text in ["(pid <> ''::text)", "`pid` <> ''", "pid != ''"] {
            assert_eq!(words(text), Condition::Not { column: "pid".into(), value: word("") }, "{text}");
        }
        assert_eq!(words(r"a = E'\\\\b'"), equals("a".into(), [word(r"\\b")]));
    }

    #[test]
    fn and_and_or_are_kept() {
        let Condition::Any(parts) = words("((status = 'active'::text) OR ('trialing'::text = status))")
        else {
            panic!("no OR");
        };
        assert_eq!(parts[1], equals("status".into(), [word("trialing")]));
        let Condition::All(parts) = words("(status IN ('active','trialing') AND (sid IS NOT NULL))") else {
            panic!("no AND");
        };
        assert_eq!(parts, [live("status"), Condition::NotNull("sid".into())]);
    }

    #[test]
    fn what_is_not_understood_is_not_guessed() {
        for text in [
            "",
            "status::bpchar = 'active'",
            "status::boolean = true",
            "status = 1.5",
            "status = '1.5'::numeric",
            "1 = 1",
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
    fn spellings_of_bytes_are_one() {
        for text in ["id <> X'00ff'", "`id` <> x'00FF'", "`id` <> 0x00ff", "(id <> '\\x00ff'::bytea)"] {
            let expected = Condition::Not { column: "id".into(), value: Literal::bytes("00FF") };
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn quotes_within_quotes_are_letters() {
        assert_eq!(words("\"a\"\"b\" = 'it''s'"), equals("a\"b".into(), [word("it's")]));
        for text in [r#"`a` in ('it\'s','b\\c')"#, r#"(`a` in (_utf8mb4\'it\\\'s\',_utf8mb4\'b\\\\c\'))"#] {
            assert_eq!(words(text), equals("a".into(), ["it's", r"b\c"].map(word)), "{text}");
        }
        assert_eq!(words(r"a = 'b\'"), equals("a".into(), [word(r"b\")]));
    }

    #[test]
    fn a_case_names_a_column() {
        for text in [
            "case when `status` in ('active','trialing') then `sid` end",
            "(CASE WHEN (\"status\" IN ('active', 'trialing')) THEN \"sid\" ELSE NULL END)",
            "if(`status` in ('active','trialing'),`sid`,NULL)",
        ] {
            let expected = Case { condition: live("status"), column: "sid".into(), is_trimmed: false };
            assert_eq!(case(text), Some(expected), "{text}");
        }
        let trimmed = case("case when `status` = 'active' then rtrim(`sid`) end").unwrap();
        assert!(trimmed.is_trimmed && trimmed.column == "sid");
        assert_eq!(case("case when `status` = 'active' then lower(`sid`) end"), None);
        assert_eq!(case("case when `status` = 'active' then `sid` else 'x' end"), None);
        assert_eq!(case("if(`status` = 'active', `sid`, 'x')"), None);
    }
}
