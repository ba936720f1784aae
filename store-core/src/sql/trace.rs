//! What `tracing` is told, behind the feature of its name. How long a statement took is told by sqlx itself.

#[cfg(feature = "tracing")]
mod events {
    use std::time::Duration;

    use store_model::adapter::Statement;

    use crate::sql::failure::Failure;
    use crate::sql::store::Known;

    /// A statement is about to be sent.
    pub(crate) fn statement(store: &Known, statement: &Statement<'_>) {
        let (table, statement) = (store.adapter.table.name, statement.name());
        tracing::trace!(target: "store_core", table, statement, "statement");
    }

    /// An operation was undone by the database, and begins anew after a pause.
    pub(crate) fn repeat(store: &Known, failure: &Failure, pause: Duration) {
        if let Failure::Repeat(error) = failure {
            let table = store.adapter.table.name;
            tracing::debug!(target: "store_core", table, %error, ?pause, "repeat");
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod events {
    use std::time::Duration;

    use store_model::adapter::Statement;

    use crate::sql::failure::Failure;
    use crate::sql::store::Known;

    pub(crate) const fn statement(_: &Known, _: &Statement<'_>) {}

    pub(crate) const fn repeat(_: &Known, _: &Failure, _: Duration) {}
}

pub(crate) use events::{repeat, statement};
