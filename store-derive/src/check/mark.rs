//! The rule of what marks a row as deleted: one column has both, what live rows have and what a delete writes.

use store_model::adapter::Dialect;
use store_model::contract::Entity;
use store_model::form::Form;
use store_model::schema::is_truth;

use crate::ctxt::Ctxt;
use crate::lower::{Deleted, Lowered};
use crate::mapping::Stored;
use crate::messages;

pub(super) fn check(ctxt: &Ctxt, store: &Lowered<'_>) {
    let (Some(deleted), Some(dialect)) = (&store.options.mark, store.dialect) else { return };
    // Usage is never deleted.
    if store.options.read_only.is_some() || store.written.entity == Entity::Usage {
        return;
    }
    let mark = deleted.mark;
    match (&mark.marked_live, &mark.deleted) {
        (Some(live), None) if !goes_with_time(dialect, live, deleted) => {
            ctxt.error(&mark.at, messages::mark_beside_time());
        }
        (Some(live), Some(deleted)) if are_of_two_kinds(dialect, live, deleted) => {
            ctxt.error(&mark.at, messages::marks_of_two_kinds());
        }
        _ => {}
    }
}

/// Whether a column of times, in their form, has such a value. Who reads a truth takes any number for one, and a time too.
fn goes_with_time(dialect: Dialect, live: &Stored, deleted: &Deleted<'_>) -> bool {
    let form = deleted.form.as_model();
    match (live, form) {
        (Stored::Boolean(_), _) => false,
        (Stored::Integer(_), form) => matches!(form, Form::Epoch(_)),
        (Stored::Text(text), Form::Epoch(_)) => is_number(text),
        // A time is a text there.
        (Stored::Text(_), _) if dialect == Dialect::Sqlite => true,
        (Stored::Text(text), Form::Time | Form::Timestamp(_) | Form::DateTime(_) | Form::Date) => {
            text.contains(|letter: char| letter.is_ascii_digit())
                || ["infinity", "-infinity", "epoch"].contains(&text.trim().to_lowercase().as_str())
        }
        _ => true,
    }
}

/// Whether no column has both. SQLite keeps anything in any, and on MySQL truth is a number.
fn are_of_two_kinds(dialect: Dialect, one: &Stored, other: &Stored) -> bool {
    let is_other = |one: &Stored, other: &Stored| match (one, other) {
        (Stored::Boolean(_), Stored::Integer(_)) => dialect == Dialect::Postgres,
        (Stored::Boolean(_), Stored::Text(text)) => !is_number(text) && !is_truth(text),
        (Stored::Integer(_), Stored::Text(text)) => !is_number(text),
        _ => false,
    };
    dialect != Dialect::Sqlite && (is_other(one, other) || is_other(other, one))
}

fn is_number(text: &str) -> bool {
    text.trim().parse::<f64>().is_ok()
}
