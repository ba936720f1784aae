//! Where names without a schema are looked for.

use super::super::cursor::{Cursor, Read};
use super::super::lex::Kind;
use super::super::names::schema;
use super::super::state::State;
use crate::adapter::Dialect;

/// `SET search_path = a, b` and `SET search_path TO a`. Other settings say nothing of tables.
pub(super) fn set(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    cursor.eat_any(&["session", "local"]);
    if cursor.eat(&["schema"]) {
        return path(state, *cursor);
    }
    if state.dialect == Dialect::Postgres && cursor.eat(&["search_path"]) {
        let _ = cursor.eat_sign("=") || cursor.eat(&["to"]);
        return path(state, *cursor);
    }
    Ok(())
}

fn path(state: &mut State, cursor: Cursor<'_, '_>) -> Read<()> {
    let mut names = Vec::new();
    for mut part in cursor.parts() {
        names.push(if part.at_name() { part.name()? } else { part.text()? });
    }
    take(state, names);
    Ok(())
}

fn take(state: &mut State, names: Vec<String>) {
    if names.iter().any(|name| name == "default") {
        return state.set_path(Vec::new());
    }
    let names = names.iter().filter(|name| !matches!(name.as_str(), "" | "$user" | "pg_catalog" | "pg_temp"));
    let schemas = names.map(|name| schema(state.dialect, name)).collect();
    state.set_path(schemas);
}

/// `SELECT pg_catalog.set_config('search_path', '', false)`, as `pg_dump` has it.
pub(super) fn select(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    if cursor.eat(&["pg_catalog"]) {
        cursor.eat_sign(".");
    }
    if !cursor.eat(&["set_config"]) {
        return Ok(());
    }
    let Ok(arguments) = cursor.group() else {
        return Ok(());
    };
    let texts = arguments.parts().into_iter().map(|mut part| part.text().unwrap_or_default());
    if let [setting, value, ..] = texts.collect::<Vec<_>>().as_slice()
        && setting == "search_path"
    {
        let names = value.split(',').map(|name| name.trim().trim_matches('"').to_owned()).collect();
        take(state, names);
    }
    Ok(())
}

/// `USE billing`.
pub(super) fn switch(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let is_name = cursor.peek().is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Name));
    if state.dialect == Dialect::MySql && is_name {
        let schema = schema(state.dialect, &cursor.name()?);
        state.set_path(vec![schema]);
    }
    Ok(())
}
