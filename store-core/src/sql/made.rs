//! Ids that the database makes.

/// A store of records whose ids the database makes: a derived one with `id(generated)`.
#[diagnostic::on_unimplemented(
    message = "the ids of `{Self}` are made by the caller, not by the database",
    label = "it has no `id(generated)`",
    note = "a new record with an id of your own is saved like any other; if the table makes the ids, say `id(generated)` in `columns(..)`"
)]
pub trait MakesIds<R> {}
