//! `DROP`.

use super::super::cursor::{Cursor, Read};
use super::super::lists;
use super::super::names::{Key, schema};
use super::super::state::{Relation, State};
use crate::adapter::Dialect;
use crate::schema::table::{Index, Part, same_name};

pub(super) fn statement(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    cursor.eat_any(&["foreign", "materialized", "temporary"]);
    if cursor.eat_any(&["table", "tables", "view"]) {
        return relations(state, cursor);
    }
    if cursor.eat(&["index"]) {
        return indexes(state, cursor);
    }
    if cursor.eat_any(&["type", "domain"]) {
        return types(state, cursor);
    }
    if cursor.eat_any(&["schema", "database"]) {
        return schemas(state, cursor);
    }
    Ok(())
}

/// The names in a list, each with what follows it.
fn names<'s, 'a>(cursor: &mut Cursor<'s, 'a>) -> Vec<Cursor<'s, 'a>> {
    cursor.eat(&["if", "exists"]);
    cursor.parts()
}

fn relations(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    for mut part in names(cursor) {
        let name = part.qualified()?;
        let key = state.key(&name);
        remove(state, &key);
    }
    Ok(())
}

/// What was not understood of a table goes with it.
fn remove(state: &mut State, key: &Key) {
    state.relations.remove(key);
    state.unread.retain(|unread| unread.about.as_ref() != Some(key));
}

fn indexes(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    cursor.eat(&["concurrently"]);
    for mut part in names(cursor) {
        let name = part.qualified()?;
        if part.eat(&["on"]) {
            let table = part.qualified()?;
            let dialect = state.dialect;
            if let Some(relation) = state.relation(&table) {
                relation.indexes.retain(|index| !same_name(dialect, &index.name, &name.name));
            }
        } else if let Some((key, place)) = state.index(&name)
            && let Some(relation) = state.relations.get_mut(&key)
        {
            relation.indexes.remove(place);
        }
    }
    Ok(())
}

/// With CASCADE the columns of the type go too.
fn types(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    for mut part in names(cursor) {
        let name = part.qualified()?;
        let Some(place) = state.user_type(&name) else {
            continue;
        };
        state.types[place].is_dropped = true;
        let dialect = state.dialect;
        for relation in state.relations.values_mut() {
            while let Some(column_place) = relation.columns.iter().position(|it| it.user_type == Some(place))
            {
                column(relation, dialect, column_place);
            }
        }
    }
    Ok(())
}

fn schemas(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    for mut part in names(cursor) {
        let schema = schema(state.dialect, &part.name()?);
        for key in state.keys_in(&schema) {
            remove(state, &key);
        }
        for it in state.types.iter_mut().filter(|it| it.key.schema == schema) {
            it.is_dropped = true;
        }
    }
    Ok(())
}

/// Removes a column and what can't be without it: MySQL keeps an index with the columns that are left.
pub(super) fn column(relation: &mut Relation, dialect: Dialect, place: usize) {
    let column = relation.columns.remove(place).facts.name;
    let is_it = |name: &str| same_name(dialect, name, &column);
    let names_it = |text: &str| lists::mentions(dialect, text, &column);
    let is_of = |part: &Part| match part {
        Part::Column { name, .. } => is_it(name),
        Part::Expression(text) => names_it(text),
    };
    if dialect == Dialect::MySql {
        relation.indexes.iter_mut().for_each(|index| index.parts.retain(|part| !is_of(part)));
    }
    relation.indexes.retain(|index: &Index| {
        let is_left = !index.parts.is_empty() && !index.parts.iter().any(is_of);
        is_left && !index.predicate.as_deref().is_some_and(names_it)
    });
    relation.checks.retain(|check| !names_it(&check.expression));
}
