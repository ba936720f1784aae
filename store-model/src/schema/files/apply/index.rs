//! Indexes.

use super::super::cursor::{Cursor, Fault, Read};
use super::super::lex::Kind;
use super::super::names::made;
use super::super::state::State;
use super::key::{has_columns, included, nulls_equal, numbered, push};
use crate::adapter::Dialect;
use crate::schema::table::{Collation, Equality, Index, Part, same_name};

/// Behind `CREATE [UNIQUE] INDEX`.
pub(super) fn create(state: &mut State, cursor: &mut Cursor<'_, '_>, unique: bool) -> Read<()> {
    let line = cursor.line();
    cursor.eat(&["concurrently"]);
    let if_absent = cursor.eat(&["if", "not", "exists"]);
    let own = if cursor.at(&["on"]) { None } else { Some(cursor.qualified()?) };
    using(cursor)?;
    cursor.expect(&["on"])?;
    cursor.eat(&["only"]);
    let mut table = cursor.qualified()?;
    if let (Dialect::Sqlite, Some(own)) = (state.dialect, &own) {
        table.schema.clone_from(&own.schema);
    }
    let key = state.key(&table);
    state.about = Some(key.clone());
    using(cursor)?;
    let group = cursor.group()?;
    let mut index = Index { unique, parts: parts(group)?, origin: state.origin(line), ..Index::default() };
    let mut named = vec![words(group, &index)];
    options(cursor, &mut index, &mut named)?;
    let dialect = state.dialect;
    let Some(relation) = state.relations.get_mut(&key) else {
        return Err(Fault(format!("there is no table `{table}` before it")));
    };
    has_columns(relation, dialect, &index)?;
    index.name = match own {
        Some(own) => own.name,
        None => {
            let name = made(&relation.name.name, &named.join("_"), "idx");
            numbered(relation, dialect, &name, |number| number.to_string())
        }
    };
    match relation.indexes.iter().position(|it| same_name(dialect, &it.name, &index.name)) {
        Some(_) if if_absent => {}
        Some(place) => relation.indexes[place] = index,
        None => return push(relation, dialect, index),
    }
    Ok(())
}

fn using(cursor: &mut Cursor<'_, '_>) -> Read<()> {
    if cursor.eat(&["using"]) {
        cursor.name()?;
    }
    Ok(())
}

/// The columns and functions of an index, as Postgres names it after them.
fn words(group: Cursor<'_, '_>, index: &Index) -> String {
    let words = group.parts().into_iter().zip(&index.parts).map(|(mut words, part)| match part {
        Part::Column { name, .. } => name.clone(),
        Part::Expression(_) => words.name().unwrap_or_else(|_| "expr".into()),
    });
    words.collect::<Vec<_>>().join("_")
}

/// What follows the parts. Columns that are only read from the index are part of the name that is made for it.
fn options(cursor: &mut Cursor<'_, '_>, index: &mut Index, named: &mut Vec<String>) -> Read<()> {
    while !cursor.is_end() {
        if cursor.eat(&["include"]) {
            named.extend(included(cursor)?);
        }
        if cursor.at(&["nulls"]) {
            index.nulls_equal |= nulls_equal(cursor);
        }
        if cursor.eat(&["where"]) {
            index.predicate = Some(cursor.bare().to_text());
            cursor.skip_all();
        }
        cursor.skip();
    }
    Ok(())
}

/// Why a key that is checked at the end of the transaction is of no use.
pub(super) fn deferrable(cursor: &Cursor<'_, '_>) -> Option<&'static str> {
    let tokens = cursor.tokens();
    let is_deferrable = tokens.iter().enumerate().any(|(place, token)| {
        token.is_word("deferrable") && !(place > 0 && tokens[place - 1].is_word("not"))
    });
    is_deferrable.then_some(DEFERRABLE)
}

pub(super) const DEFERRABLE: &str = "is deferrable, and so no target of ON CONFLICT";

/// What a key of SQLite does to rows that another meets, where that is said next: no error tells of it.
pub(super) fn silent(cursor: &Cursor<'_, '_>) -> Option<&'static str> {
    let mut after = *cursor;
    let is_said = after.eat(&["on", "conflict"]) && after.at_any(&["replace", "ignore"]);
    is_said.then_some("removes the row that is there, or drops the new one, where it should refuse it")
}

/// What an index compares.
pub(super) fn parts(group: Cursor<'_, '_>) -> Read<Vec<Part>> {
    let parts = group.parts().into_iter().map(part).collect::<Read<Vec<_>>>()?;
    if parts.is_empty() { Err(Fault("an index compares nothing".into())) } else { Ok(parts) }
}

fn part(whole: Cursor<'_, '_>) -> Read<Part> {
    let mut cursor = whole;
    if cursor.at_sign("(") {
        let inner = cursor.group()?.bare();
        // A column in parentheses is one still, but on MySQL.
        if inner.tokens().len() == 1 && inner.at_name() && whole.dialect != Dialect::MySql {
            return column(inner, cursor);
        }
        return Ok(Part::Expression(inner.to_text()));
    }
    let mut after = cursor;
    after.name()?;
    if whole.dialect == Dialect::MySql
        && let Ok(length) = after.group()
        && length.tokens().iter().all(|token| token.kind == Kind::Number)
    {
        return Ok(Part::Expression(format!("LEFT({})", cursor.name()?)));
    }
    if after.at_sign("(") || after.at_sign(".") || after.at_sign(":") {
        return Ok(Part::Expression(whole.to_text()));
    }
    column(cursor, after)
}

/// A column, and what is said of how it is compared.
fn column(mut name: Cursor<'_, '_>, mut after: Cursor<'_, '_>) -> Read<Part> {
    let name = name.name()?;
    let mut collation = None;
    if after.eat(&["collate"]) {
        collation = Some(collation_named(&mut after)?);
    }
    // An operator class, an order.
    let words = ["asc", "desc", "nulls", "first", "last", "with", "without", "overlaps"];
    while !after.is_end() {
        if !after.at_any(&words) && !after.at_name() && !after.at_sign(".") && !after.at_sign("(") {
            return Err(after.not_understood());
        }
        after.skip();
    }
    Ok(Part::Column { name, collation })
}

/// A collation by its name; those of Postgres compare bytes unless it was made otherwise.
pub(super) fn collation_named(cursor: &mut Cursor<'_, '_>) -> Read<Collation> {
    let name = if cursor.at_name() { cursor.qualified()?.name } else { cursor.text()? };
    Ok(match cursor.dialect {
        Dialect::Postgres => Collation { name, equality: Equality::Bytes },
        Dialect::Sqlite | Dialect::MySql => Collation::named(&name),
    })
}
