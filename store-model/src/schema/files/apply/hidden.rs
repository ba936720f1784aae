//! Statements that are made when they run, or run when a routine is called: what they do is not looked into, but told.

use std::collections::BTreeSet;

use super::super::cursor::{Cursor, Fault, Read};
use super::super::lex::Kind;
use super::super::names::fold;
use super::super::state::State;
use super::words;
use crate::adapter::Dialect;

const DEFINING: [&str; 4] = ["create", "alter", "drop", "rename"];
const DEFINED: [&str; 5] = ["table", "index", "column", "type", "view"];

pub(super) const MADE: &str = "its text is made when it runs";

/// `SET @sql = 'ALTER TABLE ..'` and `PREPARE s FROM '..'` of MySQL.
pub(super) fn prepare(cursor: &Cursor<'_, '_>) -> Read<()> {
    let is_mysql = cursor.dialect == Dialect::MySql;
    let defines = |text: &str| is_definition(text.split(|it: char| !it.is_alphanumeric() && it != '_'));
    let texts = cursor.tokens().iter().filter(|token| is_mysql && token.kind == Kind::Text);
    let mut texts = texts.map(|token| token.text(Dialect::MySql));
    if texts.any(|text| defines(&text)) { Err(Fault(MADE.into())) } else { Ok(()) }
}

/// Whether these words define something.
fn is_definition<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let words: Vec<_> = words.map(str::to_lowercase).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    has(&DEFINING) && has(&DEFINED)
}

/// Behind `CREATE PROCEDURE`: the words of a body that defines something are kept for who calls it.
pub(super) fn create_procedure(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    cursor.eat(&["if", "not", "exists"]);
    let name = cursor.qualified()?;
    let body = cursor.to_text();
    let named = words(state, &body);
    let defines = is_definition(named.iter().map(String::as_str));
    state.procedures.insert(fold(state.dialect, &name.name), if defines { named } else { BTreeSet::new() });
    Ok(())
}

pub(super) fn call(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let name = cursor.qualified()?;
    match state.procedures.get(&fold(state.dialect, &name.name)) {
        Some(words) if !words.is_empty() => {
            state.mentioned.clone_from(words);
            Err(Fault("what the procedure does is not looked into".into()))
        }
        _ => Ok(()),
    }
}
