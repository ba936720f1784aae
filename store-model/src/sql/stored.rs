//! What is stored for a value, in literals: of one value there can be several, NULL among them.

use super::compare::{bytes, is_loose, is_text};
use super::query::{column as quoted, truth};
use super::quote::literal;
use crate::adapter::{Adapter, Column, Constant, Dialect, Meaning, Null, Place, Stored};
use crate::contract::status::{self, ACTIVE, TRIALING};
use crate::contract::subscription::STATUS;
use crate::form::Form;

/// All that is stored for a value of a field, of which the first is written; nothing where it can't be stored.
pub(crate) fn stored<'a>(column: &Column<'a>, meaning: Meaning<'a>) -> Vec<Stored<'a>> {
    let null = stands_for(column.null, meaning).then_some(Stored::Null);
    let labelled = column.labels.and_then(|labels| labels.of(meaning));
    let others: Vec<_> = match labelled {
        Some(stored) => stored.to_vec(),
        None => itself(column, meaning).into_iter().collect(),
    };
    let others = others.into_iter().filter(|other| null.is_none() || *other != Stored::Null);
    null.into_iter().chain(others).collect()
}

fn stands_for(null: Option<Null<'_>>, meaning: Meaning<'_>) -> bool {
    match (null, meaning) {
        (Some(Null::Is(Constant::Text(text))), Meaning::Word(word)) => text == word,
        (Some(Null::Is(Constant::Boolean(null))), Meaning::Boolean(boolean)) => null == boolean,
        _ => false,
    }
}

/// A value without label as it is stored, unless that would be read as another.
fn itself<'a>(column: &Column<'a>, meaning: Meaning<'a>) -> Option<Stored<'a>> {
    let stored = match (meaning, column.form) {
        (Meaning::Word(word), Form::Integer(_)) => Stored::Integer(word.parse().ok()?),
        (Meaning::Word(word), _) => Stored::Text(word),
        (Meaning::Boolean(boolean), Form::Integer(_)) => Stored::Integer(boolean.into()),
        (Meaning::Boolean(boolean), _) => Stored::Boolean(boolean),
        (Meaning::Interval(..), _) => return None,
    };
    let is_open = column
        .labels
        .is_none_or(|labels| labels.open && !labels.list.iter().any(|label| label.stored.contains(&stored)));
    is_open.then_some(stored)
}

/// The statuses for which more than one value is stored, or NULL: they are looked for in literals.
pub(super) fn told_apart<'a>(adapter: &Adapter<'a>) -> Vec<(&'a str, Vec<Stored<'a>>)> {
    let Some(column) = adapter.column(STATUS) else {
        return Vec::new();
    };
    let words = words(column).into_iter().map(|word| (word, stored(column, Meaning::Word(word))));
    words.filter(|(_, stored)| stored.len() > 1 || stored.contains(&Stored::Null)).collect()
}

/// The words of which something is said.
fn words<'a>(column: &Column<'a>) -> Vec<&'a str> {
    let labels = column.labels.iter().flat_map(|labels| labels.list);
    let mut words: Vec<_> = labels
        .filter_map(|label| match label.meaning {
            Meaning::Word(word) => Some(word),
            _ => None,
        })
        .collect();
    if let Some(Null::Is(Constant::Text(word))) = column.null
        && !words.contains(&word)
    {
        words.push(word);
    }
    words
}

/// What is stored for the statuses that are live, of whatever column they are in.
pub(crate) fn live_values<'a>(column: &Column<'a>) -> Vec<Stored<'a>> {
    [ACTIVE, TRIALING].into_iter().flat_map(|word| stored(column, Meaning::Word(word))).collect()
}

/// The rows of which a subscriber has one at most. In literals: Postgres proves nothing about a bind.
pub(super) fn live(adapter: &Adapter<'_>) -> String {
    is_one_of(adapter.dialect, &quoted(adapter, STATUS), &live_values(adapter.kept(STATUS)))
}

/// The condition on rows that hold one of the values of a field by the letter.
pub(super) fn is_exactly_one_of(adapter: &Adapter<'_>, place: usize, values: &[Stored<'_>]) -> String {
    let (dialect, column, name) = (adapter.dialect, adapter.kept(place), quoted(adapter, place));
    let found = is_one_of(dialect, &name, values);
    if !is_loose(dialect, column) {
        return found;
    }
    // The first of the two is the one that an index serves.
    format!("{found} AND {}", is_one_of(dialect, &bytes(dialect, column, &name), values))
}

/// The condition that an expression has one of the values.
pub(super) fn is_one_of(dialect: Dialect, expression: &str, values: &[Stored<'_>]) -> String {
    let mut literals: Vec<String> = Vec::new();
    for value in values.iter().filter(|value| **value != Stored::Null) {
        let literal = literal(dialect, *value);
        if !literals.contains(&literal) {
            literals.push(literal);
        }
    }
    let equal = match literals.as_slice() {
        [] => None,
        [one] => Some(format!("{expression} = {one}")),
        several => Some(format!("{expression} IN ({})", several.join(", "))),
    };
    let is_null = values.contains(&Stored::Null).then(|| format!("{expression} IS NULL"));
    match (equal, is_null) {
        (Some(equal), Some(is_null)) => format!("({equal} OR {is_null})"),
        (Some(one), None) | (None, Some(one)) => one,
        // A value that can't be stored is nowhere.
        (None, None) => if dialect == Dialect::Postgres { "FALSE" } else { "0" }.into(),
    }
}

/// An expression of a column that compares by the letter.
pub(super) fn exact(dialect: Dialect, column: &Column<'_>, expression: &str) -> String {
    if is_text(dialect, column) { bytes(dialect, column, expression) } else { expression.into() }
}
