//! `DO $$ .. $$`: what a block of Postgres defines. That it asks first whether something is there makes no difference.

use super::super::cursor::{Cursor, Fault, Read};
use super::super::lex::Kind;
use super::super::split::Statements;
use super::super::state::State;
use super::hidden::MADE;
use super::{remember, statement};
use crate::adapter::Dialect;

/// Words after which a statement begins.
const BEFORE: [&str; 4] = ["begin", "then", "else", "loop"];
const DEFINING: [&str; 3] = ["create", "alter", "drop"];

pub(super) fn run(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    if state.dialect != Dialect::Postgres {
        return Ok(());
    }
    let body = cursor.tokens().iter().find(|token| token.kind == Kind::Text);
    let Some(body) = body else {
        return Ok(());
    };
    let text = body.text(state.dialect);
    for it in Statements::new(state.dialect, &text, body.line) {
        let mut cursor = Cursor::new(state.dialect, &it.tokens);
        let made = cursor.tokens().iter().any(|token| token.is_word("execute"));
        // The condition of an IF may hold any words, but none that define.
        let start = cursor.until(|it| it.at_any(&DEFINING));
        let follows = start.tokens().last().is_none_or(|last| BEFORE.iter().any(|it| last.is_word(it)));
        let read = match it.fault {
            Some(fault) => Err(Fault(format!("there is {fault}"))),
            None if made && defines(&it.text.to_ascii_lowercase()) => Err(Fault(MADE.into())),
            None if follows && !made => statement(state, cursor, it.line, false),
            None => Ok(()),
        };
        if let Err(fault) = read {
            remember(state, &it, fault);
        }
    }
    Ok(())
}

fn defines(text: &str) -> bool {
    ["create", "alter", "drop", "rename"].iter().any(|word| text.contains(word))
}
