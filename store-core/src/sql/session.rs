//! Running statements on one connection.

use sqlx::Connection as _;
use store_model::adapter::{Operation, Statement};
use store_model::contract::Entity;

use super::dialect::{Class, Dialect};
use super::failure::{Failure, Outcome, class};
use super::own::Own;
use super::record::{Inputs, Record};
use super::row::Row;
use super::store::Known;
use crate::error::StoreError;

/// One connection and the store whose statements run on it.
pub(crate) struct Session<'c, DB: Dialect> {
    pub(crate) connection: &'c mut DB::Connection,
    pub(crate) store: &'static Known,
    /// The store itself, where its fields are values of columns.
    pub(crate) own: Option<Own<'c, DB>>,
    /// Whether the connection is the caller's, and a transaction may be open on it.
    pub(crate) is_callers: bool,
}

impl<DB: Dialect> Session<'_, DB> {
    pub(crate) fn entity(&self) -> Entity {
        self.store.adapter.entity
    }

    /// Whether the adapter has a statement for an operation.
    pub(crate) fn has(&self, operation: Operation) -> bool {
        self.store.has(operation)
    }

    /// Runs the script that makes the schema.
    pub(crate) async fn script(&mut self) -> Outcome<()> {
        let done = DB::script(self.connection, self.store.ddl).await;
        done.map_err(|error| self.failure(error, Some(Operation::Save)))
    }

    /// Runs a statement that changes rows; the number of rows that it matched.
    pub(crate) async fn execute(&mut self, operation: Operation, inputs: &impl Inputs) -> Outcome<u64> {
        self.change(self.store.statement(operation), inputs).await
    }

    /// The same with a record, for some of which there are statements of their own.
    pub(crate) async fn write_by(&mut self, operation: Operation, record: &impl Inputs) -> Outcome<u64> {
        self.change(self.store.statement_of(operation, record), record).await
    }

    async fn change(&mut self, statement: &'static Statement<'static>, inputs: &impl Inputs) -> Outcome<u64> {
        let operation = statement.operation;
        let (sql, arguments) = self.prepare(statement, inputs)?;
        let done = DB::execute(self.connection, sql, arguments).await;
        done.map_err(|error| self.failure(error, Some(operation)))
    }

    /// Runs a statement that reads one row at most.
    pub(crate) async fn row(
        &mut self,
        operation: Operation,
        inputs: &impl Inputs,
    ) -> Outcome<Option<DB::Row>> {
        let (sql, arguments) = self.prepare(self.store.statement(operation), inputs)?;
        let row = DB::fetch_optional(self.connection, sql, arguments).await;
        self.answer(row).await
    }

    pub(crate) async fn record<R: Record>(
        &mut self,
        operation: Operation,
        inputs: &impl Inputs,
    ) -> Outcome<Option<R>> {
        let row = self.row(operation, inputs).await?;
        Ok(row.map(|row| R::read(&Row::<DB> { row: &row, store: self.store })).transpose()?)
    }

    /// Runs a statement that reads rows.
    pub(crate) async fn records<R: Record>(
        &mut self,
        operation: Operation,
        inputs: &impl Inputs,
    ) -> Outcome<Vec<R>> {
        self.rows(self.store.statement(operation), inputs).await
    }

    /// The same of those with a status, for some of which there are statements of their own.
    pub(crate) async fn records_of<R: Record>(
        &mut self,
        operation: Operation,
        status: &str,
        inputs: &impl Inputs,
    ) -> Outcome<Vec<R>> {
        self.rows(self.store.statement_for(operation, status), inputs).await
    }

    async fn rows<R: Record>(
        &mut self,
        statement: &'static Statement<'static>,
        inputs: &impl Inputs,
    ) -> Outcome<Vec<R>> {
        let store = self.store;
        self.each(statement, inputs, |row| R::read(&Row::<DB> { row: &row, store })).await
    }

    /// What is read of each row of a statement.
    pub(crate) async fn each<T: Send + Unpin>(
        &mut self,
        statement: &'static Statement<'static>,
        inputs: &impl Inputs,
        read: impl Fn(DB::Row) -> Result<T, StoreError> + Send,
    ) -> Outcome<Vec<T>> {
        let (sql, arguments) = match self.prepare(statement, inputs) {
            // What can't be stored is nowhere, so a filter on it matches nothing.
            Err(Failure::Unfit { .. }) => return Ok(Vec::new()),
            prepared => prepared?,
        };
        let rows = DB::fetch_all(self.connection, sql, arguments, read).await;
        Ok(self.answer(rows).await?.into_iter().collect::<Result<_, _>>()?)
    }

    /// What a statement that reads has given.
    async fn answer<T>(&mut self, answer: sqlx::Result<T>) -> Outcome<T> {
        let error = match answer {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        if class::<DB>(&error) == Class::Stale {
            // Planned anew, the statement is as good as before. Where this fails, the connection is of no use anyway.
            let _ = self.connection.clear_cached_statements().await;
        }
        Err(self.failure(error, None))
    }
}
