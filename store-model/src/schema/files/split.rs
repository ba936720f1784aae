//! A file to statements, each with its line: told apart as the clients of the databases do.

use super::lex::{Kind, Lexer, Token};
use crate::adapter::Dialect;

/// One statement; of those that define nothing only the beginning.
pub(super) struct Statement<'a> {
    pub(super) tokens: Vec<Token<'a>>,
    pub(super) text: &'a str,
    pub(super) line: u32,
    /// Why it can't be read, whatever it says.
    pub(super) fault: Option<&'static str>,
}

/// Deeper parentheses than anyone writes.
const DEEPEST: usize = 64;
/// Tokens that are kept of a statement that defines nothing.
const BEGINNING: usize = 24;
/// The first words of statements that are kept whole.
const DEFINING: [&str; 8] = ["create", "alter", "drop", "rename", "do", "set", "prepare", "call"];
/// Objects whose definition holds statements of its own.
const ROUTINES: [&str; 5] = ["trigger", "procedure", "function", "event", "package"];
/// Objects whose definition doesn't.
const PLAIN: [&str; 9] =
    ["table", "index", "view", "type", "domain", "schema", "database", "sequence", "extension"];

/// The statements of a text, in order.
pub(super) struct Statements<'a> {
    dialect: Dialect,
    text: &'a str,
    lexer: Lexer<'a>,
}

impl<'a> Statements<'a> {
    /// Of a text that begins at a line of its file.
    pub(super) fn new(dialect: Dialect, text: &'a str, line: u32) -> Self {
        Self { dialect, text, lexer: Lexer::new(dialect, text, line) }
    }

    /// Passes over lines that are for the client.
    fn skip_client(&mut self) {
        loop {
            self.lexer.skip_blanks();
            let rest = self.lexer.rest();
            let is_client = match self.dialect {
                Dialect::Sqlite => rest.starts_with('.'),
                Dialect::MySql => {
                    let word = rest.get(..9).is_some_and(|word| word.eq_ignore_ascii_case("delimiter"));
                    word && rest[9..].starts_with([' ', '\t'])
                }
                Dialect::Postgres => false,
            };
            if !is_client {
                return;
            }
            let line = self.lexer.take_line();
            if self.dialect == Dialect::MySql {
                self.lexer.delimiter = line[9..].split_whitespace().next().filter(|&it| it != ";");
            }
        }
    }

    fn takes_delimiter(&mut self) -> bool {
        let Some(delimiter) = self.lexer.delimiter else {
            return false;
        };
        self.lexer.skip_blanks();
        let is_here = self.lexer.rest().starts_with(delimiter);
        if is_here {
            self.lexer.advance(delimiter.len());
        }
        is_here
    }

    /// The rows that follow a `COPY .. FROM stdin`, up to `\.`.
    fn skip_rows(&mut self) {
        self.lexer.take_line();
        while !self.lexer.rest().is_empty() && self.lexer.take_line().trim_end() != "\\." {}
    }
}

impl<'a> Iterator for Statements<'a> {
    type Item = Statement<'a>;

    fn next(&mut self) -> Option<Statement<'a>> {
        let (blank, blank_line) = (self.lexer.at(), self.lexer.line());
        self.skip_client();
        let (start, line) = (self.lexer.at(), self.lexer.line());
        if self.lexer.rest().is_empty() {
            let fault = Some(self.lexer.unclosed.take()?);
            let text = &self.text[blank..];
            return Some(Statement { tokens: Vec::new(), text, line: blank_line, fault });
        }
        let mut reading = Reading::default();
        let is_ended = loop {
            if self.takes_delimiter() {
                break true;
            }
            let Some(token) = self.lexer.next() else {
                break false;
            };
            if token.is_sign(";") && self.lexer.delimiter.is_none() && reading.body == 0 {
                break true;
            }
            reading.add(token);
        };
        let unclosed = self.lexer.unclosed.take();
        let last = reading.last.map_or(start, |token| token.end());
        let end = if unclosed.is_some() { self.text.len() } else { last };
        let unended = (!is_ended && reading.body > 0).then_some("a BEGIN that has no END");
        let deep = (reading.deepest > DEEPEST).then_some("too many parentheses in each other");
        if reading.is_copy && is_ended {
            self.skip_rows();
        }
        Some(Statement {
            tokens: reading.tokens,
            text: &self.text[start..end],
            line,
            fault: unclosed.or(unended).or(deep),
        })
    }
}

/// A statement as far as it was read.
#[derive(Default)]
struct Reading<'a> {
    tokens: Vec<Token<'a>>,
    last: Option<Token<'a>>,
    /// Whether the object that is defined may hold statements, once that is known.
    routine: Option<bool>,
    /// How many BEGIN and CASE are open in such a definition.
    body: usize,
    depth: usize,
    deepest: usize,
    is_copy: bool,
}

impl<'a> Reading<'a> {
    fn add(&mut self, token: Token<'a>) {
        match token.kind {
            Kind::Word => self.word(&token),
            Kind::Sign if token.raw == "(" => {
                self.depth += 1;
                self.deepest = self.deepest.max(self.depth);
            }
            Kind::Sign if token.raw == ")" => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        let is_kept = self.tokens.len() < BEGINNING || DEFINING.iter().any(|it| self.tokens[0].is_word(it));
        if is_kept {
            self.tokens.push(token);
        }
        self.last = Some(token);
    }

    fn word(&mut self, word: &Token<'a>) {
        let is = |list: &[&str]| list.iter().any(|it| word.is_word(it));
        let first = |it| self.tokens.first().is_some_and(|first| first.is_word(it));
        let follows = |it| self.last.is_some_and(|last| last.is_word(it));
        if word.is_word("stdin") && follows("from") && first("copy") {
            self.is_copy = true;
        }
        if self.routine.is_none() && first("create") {
            let known = if is(&ROUTINES) { Some(true) } else { is(&PLAIN).then_some(false) };
            self.routine = known;
        }
        // `NEW.end` is a column.
        if self.routine != Some(true) || self.last.is_some_and(|last| last.is_sign(".")) {
            return;
        }
        // `END IF` ends no BEGIN, so what its END took is given back.
        let gives_back = follows("end") && is(&["if", "loop", "while", "repeat"]);
        if gives_back || is(&["begin"]) || (is(&["case"]) && !follows("end")) {
            self.body += 1;
        } else if is(&["end"]) {
            self.body = self.body.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(dialect: Dialect, text: &str) -> Vec<(u32, String)> {
        Statements::new(dialect, text, 1).map(|it| (it.line, it.text.to_owned())).collect()
    }

    fn texts(dialect: Dialect, text: &str) -> Vec<String> {
        split(dialect, text).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn statements_have_the_lines_on_which_they_begin() {
        let text = "-- x;\n\nSELECT ';';\n  CREATE TABLE t (\n  a int -- ;\n);;\nDROP TABLE t";
        assert_eq!(
            split(Dialect::Postgres, text),
            [
                (3, "SELECT ';'".to_owned()),
                (4, "CREATE TABLE t (\n  a int -- ;\n)".to_owned()),
                (6, String::new()),
                (7, "DROP TABLE t".to_owned()),
            ]
        );
    }

    #[test]
    fn rows_to_copy_are_no_statements() {
        let text = "COPY t (a) FROM stdin;\n1;\tCREATE TABLE x (a int);\n'\n\\.\n\nDROP TABLE t;";
        assert_eq!(texts(Dialect::Postgres, text), ["COPY t (a) FROM stdin", "DROP TABLE t"]);
    }

    #[test]
    fn bodies_are_not_cut() {
        let body = "CREATE TRIGGER t AFTER UPDATE ON a FOR EACH ROW BEGIN \
            IF x THEN SET y = NEW.end; END IF; SELECT CASE WHEN 1 THEN 2 END; END";
        assert_eq!(texts(Dialect::MySql, &format!("{body}; DROP TABLE a")), [body, "DROP TABLE a"]);
        let table = "CREATE TABLE event (begin int, case_id int)";
        assert_eq!(texts(Dialect::MySql, &format!("{table}; SELECT 1")), [table, "SELECT 1"]);
        let function = "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END";
        assert_eq!(texts(Dialect::Postgres, &format!("{function}; SELECT 1")), [function, "SELECT 1"]);
    }

    #[test]
    fn delimiters_are_those_that_were_said() {
        let text = "DELIMITER $$\nCREATE PROCEDURE p() x; y;$$\ndelimiter ;\nSELECT 1;";
        assert_eq!(texts(Dialect::MySql, text), ["CREATE PROCEDURE p() x; y;", "SELECT 1"]);
        assert_eq!(texts(Dialect::MySql, "DELIMITER $$\nBEGIN END$$ DROP a$$"), ["BEGIN END", "DROP a"]);
        let text = "DELIMITER //\nDROP TABLE a //\nDROP TABLE b\n//";
        assert_eq!(texts(Dialect::MySql, text), ["DROP TABLE a", "DROP TABLE b"]);
    }

    #[test]
    fn lines_for_clients_are_passed_over() {
        assert_eq!(texts(Dialect::Sqlite, ".mode x\nSELECT 1;\n.quit"), ["SELECT 1"]);
        assert_eq!(texts(Dialect::Postgres, "\\restrict a'b\nSELECT 1;\n\\unrestrict a"), ["SELECT 1"]);
    }

    #[test]
    fn what_has_no_end_is_told() {
        let deep = format!("CREATE TABLE t (a CHECK {}", "(".repeat(5000));
        let faults = |text| Statements::new(Dialect::Sqlite, text, 1).filter_map(|it| it.fault).count();
        assert_eq!(faults("SELECT 'x; CREATE TABLE t (a)"), 1);
        assert_eq!(faults("CREATE TRIGGER t AFTER UPDATE ON a BEGIN SELECT 1; CREATE TABLE b (a)"), 1);
        assert_eq!(faults(&deep), 1);
        assert_eq!(faults("SELECT 1; /* CREATE TABLE t (a)"), 1);
        assert_eq!(faults("SELECT ((1)); CREATE TABLE t (a)"), 0);
    }
}
