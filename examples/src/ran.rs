//! Which statements ran: sqlx logs each one when it has, and this listens.

use std::sync::{Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{SetGlobalDefaultError, Subscriber, set_global_default};
use tracing::{Event, Metadata};

/// Each text, and how often it ran, in the order of the first times.
static RAN: Mutex<Vec<(String, usize)>> = Mutex::new(Vec::new());

/// Notes every statement from now on.
///
/// # Errors
/// If somebody listens already.
pub fn listen() -> Result<(), SetGlobalDefaultError> {
    set_global_default(Listener)
}

/// What ran since, each text once, and how often.
pub fn statements() -> Vec<(String, usize)> {
    RAN.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

struct Listener;

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Statement);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Statement;

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, text: &str) {
        let text = text.trim();
        if field.name() != "db.statement" || text.is_empty() {
            return;
        }
        let mut ran = RAN.lock().unwrap_or_else(PoisonError::into_inner);
        match ran.iter_mut().find(|(known, _)| known == text) {
            Some((_, times)) => *times += 1,
            None => ran.push((text.to_owned(), 1)),
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
