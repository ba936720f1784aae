//! Texts that nobody wrote: the reader never panics, and what it does grows with the length of the text.

use super::work;
use super::{Lookup, Source, read};
use crate::adapter::Dialect;

/// Numbers by chance, the same each time (xorshift, Marsaglia).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const PRINTED: [(Dialect, &str); 3] = [
    (Dialect::Postgres, include_str!("../../../tests/printed/pg_dump.sql")),
    (Dialect::MySql, include_str!("../../../tests/printed/mariadb-dump.sql")),
    (Dialect::Sqlite, include_str!("../../../tests/printed/sqlite-schema.sql")),
];

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "CREATE", "TABLE", "ALTER", "DROP", "ADD", "COLUMN", "INDEX", "UNIQUE", "ON", "t", "u", "a", "b", "\"B\"", "`c`", "[d]", "int",
    "text", "varchar", "(", ")", "(", ")", ",", ",", ";", ";", ".", "'x'", "'", "\"", "`", "[", "]", "$$", "$a$", "E'\\", "--", "\n", "/*",
    "*/", "/*!50001", "PRIMARY", "KEY", "CHECK", "IN", "NOT", "NULL", "DEFAULT", "AS", "SELECT", "FROM", "*", "VIEW", "TYPE", "ENUM",
    "DOMAIN", "VALUE", "RENAME", "TO", "SET", "SCHEMA", "search_path", "=", "DO", "BEGIN", "END", "CASE", "IF", "EXISTS", "DELIMITER //",
    "//", "COPY t FROM stdin", "\\.", "\\", "LIKE", "INHERITS", "PARTITION", "OF", "USING", "WHERE", "COLLATE", "CONSTRAINT", "REFERENCES",
    "GENERATED", "ALWAYS", "IDENTITY", "MODIFY", "CHANGE", "CONVERT", "CHARACTER", "::", "1", "2fa", "é", "\u{feff}", "\0", "FUNCTION",
    "TRIGGER", "EXECUTE", "INCLUDING", "ALL", "CASCADE", "timestamp", "with", "time", "zone", "enum", "-- +goose Down\n",
];

fn run(dialect: Dialect, text: String) {
    let schema = read(dialect, &[Source { path: "x.sql".into(), text }]);
    for name in ["t", "u", "a", "zoo", "plans"] {
        if let Lookup::Unreadable { line, reason, .. } = schema.table(None, name) {
            assert!(line > 0 && !reason.is_empty());
        }
    }
}

#[test]
fn pieces_in_any_order_do_no_harm() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for case in 0..3000 {
        let mut text =
            String::from(chance.pick(&["", "CREATE TABLE t (a int, b text); ", "CREATE TABLE t ("]));
        for _ in 0..chance.below(40) {
            text.push_str(chance.pick(PIECES));
            text.push_str(chance.pick(&[" ", " ", " ", "", "\n"]));
        }
        run(Dialect::ALL[case % 3], text);
    }
}

#[test]
fn what_tools_print_does_no_harm_when_it_is_broken() {
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    for case in 0..150 {
        let (dialect, printed) = PRINTED[case % 3];
        let mut letters: Vec<char> = printed.chars().collect();
        for _ in 0..=chance.below(12) {
            let (from, length) = (chance.below(letters.len()), chance.below(60));
            let end = (from + length).min(letters.len());
            match chance.below(4) {
                0 => _ = letters.drain(from..end),
                1 => letters.truncate(from.max(100)),
                2 => {
                    let copy = letters[from..end].to_vec();
                    let to = chance.below(letters.len());
                    letters.splice(to..to, copy);
                }
                _ => _ = letters.splice(from..from, chance.pick(PIECES).chars()),
            }
        }
        run(dialect, letters.into_iter().collect());
    }
}

/// A text of a number of pieces, with a beginning.
type Grown = (Dialect, &'static str, &'static str);

#[rustfmt::skip]
const GROWN: &[Grown] = &[
    (Dialect::Postgres, "", "CREATE TABLE a (x int); "),
    (Dialect::Postgres, "CREATE TABLE a (x int, ", "CHECK (x IN (1, 2)), "),
    (Dialect::Postgres, "CREATE TABLE a (x int DEFAULT ", "1 + "),
    (Dialect::Postgres, "CREATE TABLE a (x int DEFAULT ", "(1) + "),
    (Dialect::Postgres, "CREATE TABLE a (x int CHECK ", "("),
    (Dialect::Postgres, "CREATE TABLE a ", "() ("),
    (Dialect::Postgres, "SELECT ", "'it''s' "),
    (Dialect::Postgres, "", "/* "),
    (Dialect::Postgres, "", "$a$ $b$ "),
    (Dialect::Postgres, "", "$a "),
    (Dialect::Postgres, "", "DO $$ BEGIN CREATE TABLE a (x int); END $$; "),
    (Dialect::Postgres, "DO $$ ", "BEGIN CREATE TABLE a (x FROB); "),
    (Dialect::Postgres, "CREATE TABLE a (x int); CREATE VIEW v AS SELECT ", "x, "),
    (Dialect::Postgres, "CREATE TABLE a (x int); CREATE VIEW v AS SELECT x FROM ", "a, "),
    (Dialect::Postgres, "CREATE TYPE e AS ENUM (", "'a', "),
    (Dialect::Postgres, "COPY a FROM stdin;\n", "1\t2\n"),
    (Dialect::Postgres, "ALTER TABLE ", "a."),
    (Dialect::MySql, "", "/*!1 "),
    (Dialect::MySql, "DELIMITER //\n", "SELECT 1; // "),
    (Dialect::MySql, "CREATE TABLE a (x int", ", UNIQUE (x)"),
    (Dialect::MySql, "CREATE TRIGGER a ", "BEGIN CASE "),
    (Dialect::MySql, "INSERT INTO a VALUES ", "('\\'', \"x\"), "),
    (Dialect::Sqlite, "CREATE TABLE a (x ", "x "),
    (Dialect::Sqlite, "CREATE TABLE a (x", " UNIQUE"),
    (Dialect::Sqlite, "", "[ "),
    (Dialect::Sqlite, "", ".x\n"),
];

fn steps(&(dialect, start, piece): &Grown, count: usize) -> usize {
    work::reset();
    let text = format!("{start}{}", piece.repeat(count));
    let _ = read(dialect, &[Source { path: "x.sql".into(), text }]);
    work::done()
}

#[test]
fn the_work_grows_with_the_text() {
    for grown in GROWN {
        let (small, large) = (steps(grown, 500), steps(grown, 4000));
        assert!(
            small > 0 && large <= small * 10,
            "{grown:?}: {small} steps, then {large} for 8 times the text"
        );
    }
}
