//! `ALTER` and `RENAME`.

use super::super::cursor::{Cursor, Fault, Read};
use super::super::lists;
use super::super::names::{Key, Name, fold, schema};
use super::super::state::{Relation, State};
use super::key::{PRIMARY, absent};
use super::{column, create, drop, index, key, named, session};
use crate::adapter::Dialect;
use crate::schema::table::{Identity, Part, same_name};

/// First words of actions that change nothing that the rules ask for.
const WITHOUT_MEANING: [&str; 36] = [
    "owner",
    "enable",
    "disable",
    "force",
    "no",
    "set",
    "reset",
    "replica",
    "validate",
    "cluster",
    "attach",
    "detach",
    "inherit",
    "of",
    "not",
    "engine",
    "auto_increment",
    "comment",
    "algorithm",
    "lock",
    "row_format",
    "order",
    "partition",
    "remove",
    "coalesce",
    "reorganize",
    "truncate",
    "exchange",
    "analyze",
    "check",
    "rebuild",
    "discard",
    "import",
    "without",
    "with",
    "nowait",
];

pub(super) fn statement(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    cursor.eat_any(&["foreign", "materialized", "online", "ignore"]);
    if cursor.eat_any(&["table", "view"]) {
        return table(state, cursor);
    }
    if cursor.eat(&["index"]) {
        return alter_index(state, cursor);
    }
    if cursor.eat(&["type"]) {
        return named::alter_type(state, cursor);
    }
    if cursor.eat(&["domain"]) {
        return named::alter_domain(state, cursor);
    }
    if cursor.eat(&["collation"]) {
        return named::alter_collation(state, cursor);
    }
    if cursor.eat(&["schema"]) && state.dialect == Dialect::Postgres {
        return rename_schema(state, cursor);
    }
    if cursor.eat_any(&["database", "schema", "role", "user"]) {
        create::database(state, cursor)?;
        cursor.until(|it| it.at(&["set", "search_path"]));
        if cursor.next().is_some() {
            // From the next connection on.
            let path = state.path.clone();
            session::set(state, cursor)?;
            state.path = path;
        }
    }
    Ok(())
}

fn table(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let if_exists = cursor.eat(&["if", "exists"]);
    cursor.eat(&["only"]);
    if cursor.at(&["all", "in"]) {
        return Ok(());
    }
    let name = cursor.qualified()?;
    cursor.eat_sign("*");
    let key = state.key(&name);
    state.about = Some(key.clone());
    let Some(relation) = state.relations.remove(&key) else {
        return if if_exists { Ok(()) } else { Err(Fault(format!("there is no table `{name}` before it"))) };
    };
    let mut target = Target { state, relation, moved: None };
    let read = target.actions(*cursor);
    let Target { relation, moved, .. } = target;
    state.relations.insert(key.clone(), relation);
    if let Some(Name { schema: of, name }) = moved {
        let schema = of.map_or_else(|| key.schema.clone(), |of| schema(state.dialect, &of));
        let new = Key { schema, name: fold(state.dialect, &name) };
        state.about = Some(new.clone());
        state.rename(&key, new);
    }
    read
}

/// A table and what is done to it.
struct Target<'s> {
    state: &'s mut State,
    relation: Relation,
    /// Its new name.
    moved: Option<Name>,
}

impl Target<'_> {
    fn actions(&mut self, cursor: Cursor<'_, '_>) -> Read<()> {
        for mut action in cursor.parts() {
            // What is in order or in partitions goes on behind commas.
            let goes_on = action.at_any(&["order", "partition"]);
            self.action(&mut action)?;
            if goes_on {
                break;
            }
        }
        Ok(())
    }

    fn action(&mut self, cursor: &mut Cursor<'_, '_>) -> Read<()> {
        if cursor.eat(&["add"]) {
            self.add(cursor)
        } else if cursor.eat(&["drop"]) {
            self.drop(cursor)
        } else if cursor.eat(&["alter"]) {
            self.alter(cursor)
        } else if cursor.eat(&["modify"]) {
            cursor.eat(&["column"]);
            let if_exists = cursor.eat(&["if", "exists"]);
            let mut ahead = *cursor;
            let name = ahead.name()?;
            self.replace(&name, cursor, if_exists)
        } else if cursor.eat(&["change"]) {
            cursor.eat(&["column"]);
            let if_exists = cursor.eat(&["if", "exists"]);
            let name = cursor.name()?;
            self.change(&name, cursor, if_exists)
        } else if cursor.eat(&["rename"]) {
            self.rename(cursor)
        } else if cursor.eat(&["set", "schema"]) {
            let name = self.moved.take().unwrap_or_else(|| self.relation.name.clone());
            self.moved = Some(Name { schema: Some(cursor.name()?), ..name });
            Ok(())
        } else {
            self.option(cursor)
        }
    }

    fn add(&mut self, cursor: &mut Cursor<'_, '_>) -> Read<()> {
        if key::is_next(cursor) {
            return key::add(self.state, &mut self.relation, cursor);
        }
        if cursor.at(&["partition"]) || cursor.at(&["system", "versioning"]) {
            return Ok(());
        }
        cursor.eat(&["column"]);
        let if_absent = cursor.eat(&["if", "not", "exists"]);
        let columns = if cursor.at_sign("(") { cursor.group()?.parts() } else { vec![*cursor] };
        for mut definition in columns {
            let mut ahead = definition;
            if key::is_next(&definition) {
                key::add(self.state, &mut self.relation, &mut definition)?;
            } else if !if_absent || self.place(&ahead.name()?).is_none() {
                column::add(self.state, &mut self.relation, &mut definition)?;
            }
        }
        Ok(())
    }

    fn drop(&mut self, cursor: &mut Cursor<'_, '_>) -> Read<()> {
        let dialect = self.state.dialect;
        if cursor.at(&["partition"]) || cursor.at(&["system", "versioning"]) || cursor.at(&["period"]) {
            return Ok(());
        }
        if cursor.eat(&["primary", "key"]) {
            self.relation.indexes.retain(|index| index.name != PRIMARY);
            return Ok(());
        }
        if cursor.eat(&["foreign", "key"]) {
            return Ok(());
        }
        let is_constraint = cursor.eat_any(&["constraint", "check"]);
        let is_index = dialect == Dialect::MySql && cursor.eat_any(&["index", "key"]);
        if !is_constraint && !is_index {
            cursor.eat(&["column"]);
        }
        let if_exists = cursor.eat(&["if", "exists"]);
        let name = cursor.name()?;
        if is_constraint || is_index {
            self.relation.indexes.retain(|index| !same_name(dialect, &index.name, &name));
            self.relation.checks.retain(|check| is_index || !same_name(dialect, &check.name, &name));
            return Ok(());
        }
        match self.place(&name) {
            Some(place) => drop::column(&mut self.relation, dialect, place),
            None if if_exists => {}
            None => return Err(absent(&name)),
        }
        Ok(())
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.relation.place(self.state.dialect, column)
    }

    fn alter(&mut self, cursor: &mut Cursor<'_, '_>) -> Read<()> {
        if cursor.eat(&["constraint"]) {
            let name = cursor.name()?;
            let fault = index::deferrable(cursor);
            let index = self.relation.indexes.iter_mut().find(|index| index.name == name);
            if let Some(index) = index {
                index.fault = fault;
            }
            return Ok(());
        }
        if cursor.eat_any(&["index", "key"]) {
            return Ok(());
        }
        cursor.eat(&["column"]);
        cursor.eat(&["if", "exists"]);
        let name = cursor.name()?;
        let place = self.place(&name).ok_or_else(|| absent(&name))?;
        let origin = self.state.origin(cursor.line());
        let column = &mut self.relation.columns[place];
        let is_type = cursor.eat(&["set", "data", "type"]) || cursor.eat(&["type"]);
        if is_type {
            let written = super::super::types::read(cursor, &[])?;
            let (nullable, has_default, identity) =
                (column.facts.nullable, column.facts.has_default, column.facts.identity);
            column.facts.origin = origin;
            column::set_type(self.state, column, written);
            column.facts.nullable = nullable;
            column.facts.has_default = has_default;
            column.facts.identity = identity;
            if cursor.eat(&["collate"]) {
                column.facts.collation = Some(index::collation_named(cursor)?);
            }
            return if cursor.is_end() || cursor.at(&["using"]) {
                Ok(())
            } else {
                Err(cursor.not_understood())
            };
        }
        if cursor.eat(&["set", "not", "null"]) {
            column.facts.nullable = false;
        } else if cursor.eat(&["drop", "not", "null"]) {
            column.facts.nullable = true;
        } else if cursor.eat(&["set", "default"]) {
            column::set_default(column, *cursor);
        } else if cursor.eat(&["drop", "default"]) {
            column.facts.has_default = false;
            column.facts.identity = column.facts.identity.filter(|it| *it != Identity::Serial);
        } else if cursor.eat(&["drop", "expression"]) {
            column.facts.generated = None;
        } else if cursor.eat(&["set", "expression", "as"]) {
            column.facts.generated = Some(cursor.group()?.to_text());
        } else if cursor.eat(&["add", "generated"]) || cursor.eat(&["set", "generated"]) {
            return set_identity(column, cursor);
        } else if cursor.eat(&["drop", "identity"]) {
            column.facts.identity = None;
            column.facts.generated = None;
            column.facts.has_default = false;
        } else if !cursor.at_any(&["set", "reset", "restart"]) {
            return Err(cursor.not_understood());
        }
        Ok(())
    }

    fn replace(&mut self, name: &str, cursor: &mut Cursor<'_, '_>, if_exists: bool) -> Read<()> {
        match self.place(name) {
            Some(place) => column::replace(self.state, &mut self.relation, place, cursor),
            None if if_exists => Ok(()),
            None => Err(absent(name)),
        }
    }

    fn change(&mut self, old: &str, cursor: &mut Cursor<'_, '_>, if_exists: bool) -> Read<()> {
        let mut ahead = *cursor;
        let new = ahead.name()?;
        self.replace(old, cursor, if_exists)?;
        self.rename_column(old, &new);
        Ok(())
    }

    fn rename(&mut self, cursor: &mut Cursor<'_, '_>) -> Read<()> {
        if cursor.eat_any(&["to", "as"]) {
            let name = cursor.qualified()?;
            self.moved = Some(name.clone());
            self.relation.name.name = name.name;
            return Ok(());
        }
        let dialect = self.state.dialect;
        let is_index = cursor.eat_any(&["constraint", "index", "key"]);
        if !is_index {
            cursor.eat(&["column"]);
        }
        cursor.eat(&["if", "exists"]);
        let old = cursor.name()?;
        if cursor.is_end() && dialect == Dialect::MySql {
            self.relation.name.name.clone_from(&old);
            self.moved = Some(Name { schema: None, name: old });
            return Ok(());
        }
        cursor.expect(&["to"])?;
        let new = cursor.name()?;
        if !is_index {
            let place = self.place(&old).ok_or_else(|| absent(&old))?;
            self.relation.columns[place].facts.name.clone_from(&new);
            self.relation.columns[place].facts.origin = self.state.origin(cursor.line());
            self.rename_column(&old, &new);
            return Ok(());
        }
        let is_it = |name: &str| same_name(dialect, name, &old);
        let indexes = self.relation.indexes.iter_mut().filter(|index| is_it(&index.name));
        indexes.for_each(|index| index.name.clone_from(&new));
        let checks = self.relation.checks.iter_mut().filter(|check| is_it(&check.name));
        checks.for_each(|check| check.name.clone_from(&new));
        Ok(())
    }

    /// In everything that names it.
    fn rename_column(&mut self, old: &str, new: &str) {
        let dialect = self.state.dialect;
        let text = |text: &mut String| *text = lists::renamed(dialect, text, old, new);
        for index in &mut self.relation.indexes {
            index.predicate.iter_mut().for_each(text);
            for part in &mut index.parts {
                match part {
                    Part::Column { name, .. } if same_name(dialect, name, old) => {
                        new.clone_into(name);
                    }
                    Part::Column { .. } => {}
                    Part::Expression(expression) => text(expression),
                }
            }
        }
        self.relation.checks.iter_mut().for_each(|check| text(&mut check.expression));
        let generated = self.relation.columns.iter_mut().filter_map(|it| it.facts.generated.as_mut());
        generated.for_each(text);
    }

    fn option(&mut self, cursor: &mut Cursor<'_, '_>) -> Read<()> {
        let is_mysql = self.state.dialect == Dialect::MySql;
        if is_mysql {
            create::set_engine(&mut self.relation, cursor);
        }
        if is_mysql && cursor.eat(&["convert", "to"]) {
            let collation = create::charset(cursor)?;
            for column in self.relation.columns.iter_mut().filter(|column| column.is_text) {
                column.facts.collation.clone_from(&collation);
            }
            self.relation.collation = collation;
            return Ok(());
        }
        let mut value = *cursor;
        value.next();
        if is_mysql && (cursor.at_any(&["default", "character", "charset", "collate"]) || value.at_sign("="))
        {
            if let Some(collation) = create::charset(cursor)? {
                self.relation.collation = Some(collation);
            }
            return Ok(());
        }
        if cursor.is_end() || cursor.at_any(&WITHOUT_MEANING) { Ok(()) } else { Err(cursor.not_understood()) }
    }
}

/// `ADD GENERATED .. AS IDENTITY`, `SET GENERATED ..`.
fn set_identity(column: &mut super::super::state::Column, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let by_default = cursor.eat(&["by", "default"]);
    if !by_default {
        cursor.expect(&["always"])?;
    }
    column.facts.identity = Some(if by_default { Identity::ByDefault } else { Identity::Always });
    column.facts.generated = (!by_default).then(|| "identity".into());
    column.facts.has_default = true;
    Ok(())
}

/// `RENAME TABLE a TO b, c TO d` of MySQL.
pub(super) fn rename_tables(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    if !cursor.eat_any(&["table", "tables"]) {
        return Ok(());
    }
    cursor.eat(&["if", "exists"]);
    for mut part in cursor.parts() {
        let old = part.qualified()?;
        part.until(|it| it.at(&["to"]));
        part.expect(&["to"])?;
        let new = part.qualified()?;
        let (key, new_key) = (state.key(&old), state.new_key(&new));
        let Some(relation) = state.relations.get_mut(&key) else {
            state.about = Some(new_key);
            return Err(Fault(format!("there is no table `{old}` before it")));
        };
        relation.name = new;
        state.rename(&key, new_key);
    }
    Ok(())
}

/// `ALTER INDEX a RENAME TO b`.
fn alter_index(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    cursor.eat(&["if", "exists"]);
    if cursor.at(&["all", "in"]) {
        return Ok(());
    }
    let name = cursor.qualified()?;
    if cursor.eat(&["rename", "to"]) {
        let new = cursor.name()?;
        if let Some((key, place)) = state.index(&name)
            && let Some(relation) = state.relations.get_mut(&key)
        {
            relation.indexes[place].name = new;
        }
    }
    Ok(())
}

fn rename_schema(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let old = schema(state.dialect, &cursor.name()?);
    if !cursor.eat(&["rename", "to"]) {
        return Ok(());
    }
    let new = schema(state.dialect, &cursor.name()?);
    for key in state.keys_in(&old) {
        let renamed = Key { schema: new.clone(), name: key.name.clone() };
        state.rename(&key, renamed);
    }
    for it in state.types.iter_mut().filter(|it| it.key.schema == old) {
        it.key.schema.clone_from(&new);
        it.name.schema.clone_from(&new);
    }
    Ok(())
}
