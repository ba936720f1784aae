//! Counts what a test reads, so that it can tell how the work grows with the text.

use std::cell::Cell;

thread_local! {
    static DONE: Cell<usize> = const { Cell::new(0) };
}

/// So many letters or tokens were looked at.
pub(super) fn add(steps: usize) {
    DONE.with(|done| done.set(done.get() + steps));
}

pub(super) fn reset() {
    DONE.with(|done| done.set(0));
}

pub(super) fn done() -> usize {
    DONE.with(Cell::get)
}
