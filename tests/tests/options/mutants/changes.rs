//! What is changed in a statement: each condition on a column, and each value that is written in it.

use std::ops::Range;

use store_core::__private::{Adapter, Dialect, Statement, Store};

use super::borders::THEIRS;
use crate::options::kinds::looks_at_no_row;

/// A store with one statement changed.
pub(crate) struct Mutant {
    pub(crate) statement: Statement<'static>,
    pub(crate) change: String,
    pub(crate) store: Store,
    /// Where the lost condition stood, if one is lost.
    pub(crate) lost: Option<Range<usize>>,
}

impl Mutant {
    fn new(store: &Store, sql: String, of: &Statement<'static>, change: String) -> Self {
        let mut changed = *of;
        changed.sql = sql.leak();
        Self { statement: *of, change, store: with(store, changed), lost: None }
    }

    /// Whether what is lost is of the first answer of several.
    pub(crate) fn is_of_first_flag(&self) -> bool {
        let second = self.statement.sql.match_indices("EXISTS (").nth(1).map(|(at, _)| at);
        let is_before = |lost: &Range<usize>| second.is_none_or(|second| lost.end < second);
        self.lost.as_ref().is_some_and(is_before)
    }

    /// Whether it is of the last.
    pub(crate) fn is_of_last_flag(&self) -> bool {
        let last = self.statement.sql.rfind("EXISTS (");
        self.lost.as_ref().is_some_and(|lost| last.is_some_and(|last| lost.start > last))
    }
}

fn with(store: &Store, changed: Statement<'static>) -> Store {
    let statements: Vec<_> =
        store.statements.iter().map(|it| if it.name() == changed.name() { changed } else { *it }).collect();
    Store { adapter: store.adapter, statements: statements.leak(), ddl: store.ddl }
}

/// All that can be changed in the statements of a store so that they forget a column: each condition on it lost, with its
/// placeholder still there; the value that a new row gets, where that is bound; and the statement of theirs as it is.
pub(crate) fn mutants(store: &Store, column: &str, their: &Store) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for statement in store.statements.iter().filter(|it| !looks_at_no_row(it.operation)) {
        let sql = statement.sql;
        let conditions = conditions(store.adapter.dialect, column, sql);
        for (index, lost) in conditions.iter().enumerate() {
            let changed =
                format!("{}({} OR 1 = 1){}", &sql[..lost.start], &sql[lost.clone()], &sql[lost.end..]);
            let change = format!("condition {} of {} lost", index + 1, conditions.len());
            let mutant = Mutant::new(store, changed, statement, change);
            mutants.push(Mutant { lost: Some(lost.clone()), ..mutant });
        }
        if let Some(value) = bound_value(&store.adapter, column, sql) {
            let theirs =
                format!("CASE WHEN {} IS NULL THEN '{THEIRS}' ELSE '{THEIRS}' END", &sql[value.clone()]);
            let changed = format!("{}{theirs}{}", &sql[..value.start], &sql[value.end..]);
            mutants.push(Mutant::new(store, changed, statement, "written for the others".into()));
        }
        let theirs = their.statements.iter().find(|it| it.name() == statement.name());
        if let Some(theirs) = theirs.filter(|theirs| *theirs != statement) {
            let mutant = Mutant::new(store, theirs.sql.to_owned(), statement, "run for the others".into());
            mutants.push(Mutant { store: with(store, *theirs), ..mutant });
        }
    }
    mutants
}

/// Where the conditions on a column stand in a statement. Each place where its name stands must be known for what it is, so
/// that no condition is passed over.
fn conditions(dialect: Dialect, column: &str, sql: &str) -> Vec<Range<usize>> {
    let name = store_model::sql::quote(dialect, column);
    let target = sql.find(" ON CONFLICT ").map(|start| start..sql.find(" DO ").unwrap_or(start));
    let assigned =
        sql.find(" SET ").map(|start| start..sql[start..].find(" WHERE ").map_or(start, |at| start + at));
    let listed = columns_of_row(sql);
    let is_in = |range: &Option<Range<usize>>, at| range.as_ref().is_some_and(|it| it.contains(&at));
    let mut found = Vec::new();
    for (start, _) in sql.match_indices(&name) {
        if is_in(&target, start) || is_in(&assigned, start) || is_in(&listed, start) {
            continue;
        }
        let end = start + name.len();
        // After the name of the table, with a dot.
        let begin = sql[..start].rfind([' ', '(']).map_or(0, |at| at + 1);
        if sql[..begin].ends_with(" OR ") {
            // `(c <> 'x' OR c IS NULL)` is one condition, of which this is the second half.
            continue;
        }
        let length = match &sql[end..] {
            rest if rest.starts_with(" IS NULL") => " IS NULL".len(),
            rest if rest.starts_with(" = ") => 3 + value_length(&rest[3..]),
            rest if rest.starts_with(" <> ") => {
                4 + value_length(&rest[4..]) + format!(" OR {name} IS NULL").len()
            }
            _ => panic!("what is {name} at byte {start} of {sql}?"),
        };
        found.push(begin..end + length);
    }
    found
}

/// The columns of the row that a statement adds.
fn columns_of_row(sql: &str) -> Option<Range<usize>> {
    let start = sql.strip_prefix("INSERT INTO ")?.find(" (")? + "INSERT INTO ".len();
    Some(start..start + sql[start..].find(") ")?)
}

/// The value of a column of the scope in the row that a statement adds, where that is a placeholder.
fn bound_value(adapter: &Adapter<'_>, column: &str, sql: &str) -> Option<Range<usize>> {
    let columns = columns_of_row(sql)?;
    let index = adapter.options().scope.iter().position(|extra| extra.column.name == column)?;
    let values = columns.end + 2;
    let values = values + if sql[values..].starts_with("VALUES (") { "VALUES (" } else { "SELECT " }.len();
    // Those of the scope come first.
    let mut start = values;
    for _ in 0..index {
        start += value_length(&sql[start..]) + ", ".len();
    }
    let value = start..start + value_length(&sql[start..]);
    sql[value.clone()].starts_with(['?', '$']).then_some(value)
}

fn value_length(text: &str) -> usize {
    let prefix = if text.starts_with("_utf8mb4 ") { "_utf8mb4 ".len() } else { 0 };
    let rest = &text[prefix..];
    let Some(open) = rest.find('\'').filter(|&at| at < 2) else {
        return prefix + rest.find([' ', ')', ',']).unwrap_or(rest.len());
    };
    let mut letters = rest.char_indices().skip(open + 1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == '\'' && letters.next_if(|(_, next)| *next == '\'').is_none() {
            return prefix + at + 1;
        }
    }
    text.len()
}
