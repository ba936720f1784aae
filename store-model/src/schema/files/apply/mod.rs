//! What each kind of statement does to the state.

mod alter;
mod block;
mod column;
mod copy;
mod create;
mod drop;
mod hidden;
mod index;
mod key;
mod named;
mod session;
mod view;

use std::collections::BTreeSet;

use super::cursor::{Cursor, Fault, Read};
use super::lex::{Kind, Lexer};
use super::split::{Statement, Statements};
use super::state::{State, Unread};
use crate::schema::table::Origin;

/// Letters of a statement that are shown of it.
const SHOWN: usize = 60;

/// Applies every statement of a text that begins at a line of the file.
pub(super) fn text(state: &mut State, text: &str, line: u32) {
    for it in Statements::new(state.dialect, text, line) {
        let read = match it.fault {
            Some(fault) => Err(Fault(format!("there is {fault}"))),
            None => statement(state, Cursor::new(state.dialect, &it.tokens), it.line, true),
        };
        if let Err(fault) = read {
            remember(state, &it, fault);
        }
    }
}

/// Applies one statement. Those of a block are not looked into for blocks.
fn statement(state: &mut State, cursor: Cursor<'_, '_>, line: u32, blocks: bool) -> Read<()> {
    state.at += 1;
    state.line = line;
    state.about = None;
    state.mentioned.clear();
    let mut cursor = cursor;
    let Some(first) = cursor.next() else {
        return Ok(());
    };
    match first.raw.to_ascii_lowercase().as_str() {
        "create" => create::statement(state, &mut cursor),
        "alter" => alter::statement(state, &mut cursor),
        "drop" => drop::statement(state, &mut cursor),
        "rename" => alter::rename_tables(state, &mut cursor),
        "set" => hidden::prepare(&cursor).and_then(|()| session::set(state, &mut cursor)),
        "prepare" => hidden::prepare(&cursor),
        "call" => hidden::call(state, &mut cursor),
        "select" => session::select(state, &mut cursor),
        "use" => session::switch(state, &mut cursor),
        "do" if blocks => block::run(state, &mut cursor),
        _ => Ok(()),
    }
}

/// Keeps what was passed over for those who look for a table that it mentions.
fn remember(state: &mut State, statement: &Statement<'_>, fault: Fault) {
    let beginning = statement.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown: String = beginning.chars().take(SHOWN).collect();
    let cut = if shown.len() < beginning.len() { ".." } else { "" };
    let about = state.about.take();
    let mut words = if about.is_some() { BTreeSet::new() } else { words(state, statement.text) };
    words.append(&mut state.mentioned);
    state.unread.push(Unread {
        about,
        words,
        origin: Origin { file: state.file.clone(), line: statement.line },
        beginning: format!("{shown}{cut}"),
        reason: fault.0,
        at: state.at,
    });
}

/// Every name in a text, within texts and comments too.
fn words(state: &State, text: &str) -> BTreeSet<String> {
    let bare = text.split(|it: char| !it.is_alphanumeric() && it != '_' && it != '$');
    let mut words: BTreeSet<_> = bare.map(str::to_lowercase).collect();
    let mut lexer = Lexer::new(state.dialect, text, 1);
    while let Some(token) = lexer.next() {
        if token.kind == Kind::Name {
            words.insert(token.name(state.dialect).to_lowercase());
        }
    }
    words
}
