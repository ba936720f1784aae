//! Types with names of their own: enums, domains; and collations. Postgres has them.

use super::super::cursor::{Cursor, Fault, Read};
use super::super::names::Name;
use super::super::state::{Check, State, TypeKind, UserType};
use super::super::types;
use super::column::expression;
use super::index::collation_named;

pub(super) fn create_type(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let line = cursor.line();
    let name = cursor.qualified()?;
    let kind = if cursor.eat(&["as", "enum"]) {
        let labels = cursor.group()?.parts().into_iter().map(|mut part| part.text());
        TypeKind::Enum(labels.collect::<Read<_>>()?)
    } else {
        TypeKind::Other
    };
    push(state, name, kind, line);
    Ok(())
}

fn push(state: &mut State, name: Name, kind: TypeKind, line: u32) {
    let key = state.new_key(&name);
    let name = Name { schema: key.schema.clone(), ..name };
    let origin = state.origin(line);
    state.types.push(UserType { key, name, kind, origin, is_dropped: false });
}

pub(super) fn create_domain(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let line = cursor.line();
    let name = cursor.qualified()?;
    cursor.eat(&["as"]);
    let base = types::read(cursor, &[])?;
    let of = base.user.as_ref().and_then(|name| state.user_type(name));
    let kind = TypeKind::Domain {
        base: Box::new(base),
        of,
        not_null: false,
        has_default: false,
        collation: None,
        checks: Vec::new(),
    };
    push(state, name, kind, line);
    let place = state.types.len() - 1;
    let mut constraint = None;
    while !cursor.is_end() {
        domain_option(state, place, cursor, &mut constraint)?;
    }
    Ok(())
}

fn domain_option(
    state: &mut State,
    place: usize,
    cursor: &mut Cursor<'_, '_>,
    constraint: &mut Option<String>,
) -> Read<()> {
    let file = state.origin(cursor.line());
    let of = &mut state.types[place];
    let TypeKind::Domain { not_null, has_default, collation: own, checks, .. } = &mut of.kind else {
        return Err(Fault("it is no domain".into()));
    };
    if cursor.eat(&["constraint"]) {
        *constraint = Some(cursor.name()?);
    } else if cursor.eat(&["not", "null"]) {
        *not_null = true;
    } else if cursor.eat(&["null"]) {
        *not_null = false;
    } else if cursor.eat(&["default"]) {
        *has_default = !expression(cursor)?.bare().at(&["null"]);
    } else if cursor.eat(&["collate"]) {
        *own = Some(collation_named(cursor)?);
    } else if cursor.eat(&["check"]) {
        let name = constraint.take().unwrap_or_else(|| format!("{}_check", of.name.name));
        checks.push(Check { name, expression: cursor.group()?.to_text(), origin: file });
    } else if !cursor.eat(&["not", "valid"]) {
        return Err(cursor.not_understood());
    }
    Ok(())
}

/// What a collation is made of, as far as it holds different texts equal: its own option, or another collation.
pub(super) fn create_collation(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let if_absent = cursor.eat(&["if", "not", "exists"]);
    let name = cursor.qualified()?;
    let key = state.new_key(&name);
    let folds = if cursor.eat(&["from"]) {
        let other = cursor.qualified()?;
        state.folds(&other.name)
    } else {
        cursor.group()?.parts().into_iter().any(is_not_deterministic)
    };
    if folds {
        state.folding.insert(key);
    } else if !if_absent {
        state.folding.remove(&key);
    }
    Ok(())
}

fn is_not_deterministic(mut option: Cursor<'_, '_>) -> bool {
    let is_it = option.eat(&["deterministic"]) && option.eat_sign("=");
    let value = option.peek().map(|token| token.raw.trim_matches('\'').to_lowercase());
    is_it && value.is_some_and(|it| ["false", "off", "0"].contains(&it.as_str()))
}

/// `RENAME TO name`, `SET SCHEMA name`. Columns may still be known to be under the old one.
pub(super) fn alter_collation(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let name = cursor.qualified()?;
    let key = state.new_key(&name);
    let new = if cursor.eat(&["rename", "to"]) {
        Name { schema: key.schema.clone(), name: cursor.name()? }
    } else if cursor.eat(&["set", "schema"]) {
        Name { schema: Some(cursor.name()?), ..name }
    } else {
        return Ok(());
    };
    if state.folding.contains(&key) {
        let new = state.new_key(&new);
        state.folding.insert(new);
    }
    Ok(())
}

/// The type that a statement means. Of one that the files don't make nothing is known, nor asked.
fn find(state: &State, cursor: &mut Cursor<'_, '_>) -> Read<Option<usize>> {
    let name = cursor.qualified()?;
    Ok(state.user_type(&name))
}

pub(super) fn alter_type(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let line = cursor.line();
    let Some(place) = find(state, cursor)? else {
        return Ok(());
    };
    let origin = state.origin(line);
    if cursor.eat(&["add", "value"]) {
        cursor.eat(&["if", "not", "exists"]);
        let new = cursor.text()?;
        let before = cursor.eat(&["before"]);
        let neighbour = if before || cursor.eat(&["after"]) { Some(cursor.text()?) } else { None };
        if let TypeKind::Enum(labels) = &mut state.types[place].kind
            && !labels.contains(&new)
        {
            let beside = neighbour.and_then(|it| labels.iter().position(|label| *label == it));
            let at = beside.map_or(labels.len(), |at| at + usize::from(!before));
            labels.insert(at, new);
            state.types[place].origin = origin;
        }
        return Ok(());
    }
    if cursor.eat(&["rename", "value"]) {
        let old = cursor.text()?;
        cursor.expect(&["to"])?;
        let new = cursor.text()?;
        if let TypeKind::Enum(labels) = &mut state.types[place].kind {
            labels.iter_mut().filter(|label| **label == old).for_each(|label| label.clone_from(&new));
            state.types[place].origin = origin;
        }
        return Ok(());
    }
    rename(state, place, cursor)
}

/// `RENAME TO name`, `SET SCHEMA name`.
fn rename(state: &mut State, place: usize, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let own = &state.types[place].name;
    let name = if cursor.eat(&["rename", "to"]) {
        Name { schema: Some(own.schema.clone().unwrap_or_else(|| "public".into())), name: cursor.name()? }
    } else if cursor.eat(&["set", "schema"]) {
        Name { schema: Some(cursor.name()?), ..own.clone() }
    } else {
        return Ok(());
    };
    let key = state.new_key(&name);
    state.types[place].name = Name { schema: key.schema.clone(), ..name };
    state.types[place].key = key;
    Ok(())
}

pub(super) fn alter_domain(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let Some(place) = find(state, cursor)? else {
        return Ok(());
    };
    if cursor.eat(&["add"]) || cursor.eat(&["set", "default"]) {
        let mut constraint = None;
        while !cursor.is_end() {
            domain_option(state, place, cursor, &mut constraint)?;
        }
        return Ok(());
    }
    let sets = cursor.eat(&["set", "not", "null"]);
    let TypeKind::Domain { not_null, has_default, checks, .. } = &mut state.types[place].kind else {
        return Ok(());
    };
    if sets || cursor.eat(&["drop", "not", "null"]) {
        *not_null = sets;
    } else if cursor.eat(&["drop", "default"]) {
        *has_default = false;
    } else if cursor.eat(&["drop", "constraint"]) {
        cursor.eat(&["if", "exists"]);
        let name = cursor.name()?;
        checks.retain(|check| check.name != name);
    } else if cursor.eat(&["rename", "constraint"]) {
        let old = cursor.name()?;
        cursor.expect(&["to"])?;
        let new = cursor.name()?;
        checks.iter_mut().filter(|check| check.name == old).for_each(|check| check.name.clone_from(&new));
    } else {
        return rename(state, place, cursor);
    }
    Ok(())
}
