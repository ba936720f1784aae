//! Running statements on one connection, and telling what went wrong.

use sqlx::{Arguments as _, Connection as _};
use store_model::adapter::{Bind, Bound, Column, Operation, Part, Place, Source, Statement, part_of};
use store_model::contract::{Entity, plan, usage};
use store_model::form::{Carrier, Form};

use super::call::Store;
use super::dialect::{Class, Dialect, Key};
use super::own::Own;
use super::record::{self, Inputs, Layout, Record, Row};
use super::trace;
use crate::codec::{self, Atom, Unfit, Value, decided, keys, null, within};
use crate::error::{Conflict, Extent, StoreError};

/// Why an operation did not succeed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A value could not be bound; nothing was sent.
    Unfit { place: usize, reason: Unfit },
    /// A unique key refused.
    Unique(Key),
    /// Rolled back, and worth repeating at once.
    Repeat(StoreError),
    /// Final.
    Final(StoreError),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Final(error)
    }
}

impl Failure {
    /// The error for the caller, of an operation on a record.
    pub(crate) fn into_error(self, entity: Entity) -> StoreError {
        match self {
            Self::Unfit { place, reason } => {
                StoreError::InvalidInput { entity, field: Some(entity.fields()[place].name), reason }
            }
            Self::Unique(key) => StoreError::AlreadyExists { entity, conflict: Conflict::Other(key.name) },
            Self::Repeat(error) | Self::Final(error) => error,
        }
    }

    /// The error for the caller, of an operation that looks for a key: one that can't be stored is nowhere.
    pub(crate) fn or_not_found(self, entity: Entity, key: &str) -> Self {
        match self {
            Self::Unfit { .. } => Self::Final(not_found(entity, key)),
            other => other,
        }
    }
}

pub(crate) fn not_found(entity: Entity, key: &str) -> StoreError {
    StoreError::NotFound { entity, key: key.to_owned() }
}

pub(crate) type Outcome<T> = Result<T, Failure>;

/// One connection and the store whose statements run on it.
pub(crate) struct Session<'c, DB: Dialect> {
    pub(crate) connection: &'c mut DB::Connection,
    pub(crate) store: &'static Store,
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
        self.store.statements.iter().any(|statement| statement.operation == operation)
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
        let layout = Layout::of(&self.store.adapter);
        Ok(row
            .map(|row| R::read(&Row::<DB> { row: &row, store: self.store, layout: &layout }))
            .transpose()?)
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
        let layout = Layout::of(&store.adapter);
        self.each(statement, inputs, |row| R::read(&Row::<DB> { row: &row, store, layout: &layout })).await
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

    pub(crate) fn prepare(
        &self,
        statement: &'static Statement<'static>,
        inputs: &impl Inputs,
    ) -> Outcome<(&'static str, DB::Arguments)> {
        let mut arguments = DB::Arguments::default();
        arguments.reserve(statement.binds.len(), 0);
        for &bind in statement.binds {
            self.bind(&mut arguments, bind, inputs)?;
        }
        trace::statement(self.store, statement);
        Ok((statement.sql, arguments))
    }

    /// Arguments of the types that a statement is sent with. NULL has every type, and each can be planned with it.
    pub(crate) fn samples(&self, statement: &'static Statement<'static>) -> Outcome<DB::Arguments> {
        let adapter = &self.store.adapter;
        let mut arguments = DB::Arguments::default();
        for &bind in statement.binds {
            let (carrier, atom) = match Bound::of(bind) {
                Bound::Field(place) if let Some(list) = adapter.decided(place) => {
                    (decided::carrier(list), None)
                }
                Bound::Field(place) => {
                    (adapter.part(place, part_of(bind)).column.stored(adapter.dialect), None)
                }
                Bound::Plain(place) | Bound::Null(place) => {
                    (adapter.part(place, part_of(bind)).column.sent(adapter.dialect), None)
                }
                Bound::From | Bound::To => (adapter.kept(usage::RECORDED_AT).sent(adapter.dialect), None),
                // MySQL takes no other.
                Bound::Limit => (Carrier::Big, Some(Atom::Integer(1))),
                beside => {
                    self.sample_beside(&mut arguments, beside)?;
                    continue;
                }
            };
            let bound = DB::bind(&mut arguments, carrier, atom);
            bound.map_err(|reason| Failure::Unfit { place: 0, reason })?;
        }
        Ok(arguments)
    }

    fn bind(&self, arguments: &mut DB::Arguments, bind: Bind, inputs: &impl Inputs) -> Outcome<()> {
        let adapter = &self.store.adapter;
        let bound = Bound::of(bind);
        let place = match bound {
            Bound::Field(place) | Bound::Plain(place) | Bound::Null(place) => place,
            Bound::From | Bound::To => usage::RECORDED_AT,
            Bound::Limit => {
                let Value::Integer(limit) = inputs.value(bind) else {
                    panic!("the greatest number of rows is a number")
                };
                let bound = DB::bind(arguments, Carrier::Big, Some(Atom::Integer(limit.into())));
                return bound.map_err(|reason| Failure::Unfit { place: 0, reason });
            }
            beside => return self.bind_beside(arguments, beside, inputs),
        };
        let unfit = |reason| Failure::Unfit { place, reason };
        if let (Place::Column(column), Bound::Field(_)) = (&adapter.fields[place], bound)
            && column.is_plain()
        {
            let encoded = codec::encode(adapter.dialect, column, inputs.value(bind));
            let bound = encoded.and_then(|atom| DB::bind(arguments, column.sent(adapter.dialect), atom));
            return bound.map_err(unfit);
        }
        let value = |place: usize| inputs.value(record::bind(place));
        if let Some(list) = adapter.decided(place) {
            let encoded = decided::encode(list, value(place));
            let bound = encoded.and_then(|atom| DB::bind(arguments, decided::carrier(list), atom));
            return bound.map_err(unfit);
        }
        let Part { number, column, .. } = adapter.part(place, part_of(bind));
        if let Place::Keys(list) = &adapter.fields[place] {
            let encoded = keys::encode(adapter.dialect, &list[number], value(place));
            let bound = encoded.and_then(|atom| DB::bind(arguments, column.sent(adapter.dialect), atom));
            return bound.map_err(unfit);
        }
        if adapter.fields[place].width() > 1 {
            let encoded = codec::encode_part(adapter.dialect, adapter.kept(place), number, value(place));
            let bound = encoded.and_then(|atom| DB::bind(arguments, column.sent(adapter.dialect), atom));
            return bound.map_err(unfit);
        }
        let of_currency = currency(column, inputs).transpose().map_err(unfit)?;
        let column = of_currency.as_ref().unwrap_or(column);
        let encoded = match bound {
            Bound::Field(_) if column.is_within() => {
                let json = null::encode(adapter, column, place, value).map(|atom| atom.map(within::written));
                let bound = json.and_then(|json| DB::bind(arguments, column.stored(adapter.dialect), json));
                return bound.map_err(unfit);
            }
            Bound::Field(_) => null::encode(adapter, column, place, value),
            Bound::Plain(_) => null::encode_plain(adapter.dialect, column, value(place)),
            Bound::Null(_) => null::encode_meaning(adapter, column, place),
            _ => codec::encode(adapter.dialect, column, inputs.value(bind)),
        };
        let bound = encoded.and_then(|atom| DB::bind(arguments, column.sent(adapter.dialect), atom));
        bound.map_err(unfit)
    }

    /// What an error of a statement means; `write` is the operation if it may have changed something.
    pub(crate) fn failure(&self, error: sqlx::Error, write: Option<Operation>) -> Failure {
        let class = class::<DB>(&error);
        let entity = self.entity();
        let source = error.into();
        Failure::Final(match class {
            Class::Unique(key) => return Failure::Unique(key),
            Class::Transient { lost, repeat: true } => {
                return Failure::Repeat(StoreError::Transient { lost, source });
            }
            Class::Stale => {
                return Failure::Repeat(StoreError::Transient { lost: Extent::Transaction, source });
            }
            Class::Transient { lost, repeat: false } => StoreError::Transient { lost, source },
            Class::Lost if write.is_some() => StoreError::Ambiguous { source },
            Class::Lost => StoreError::Transient { lost: Extent::Transaction, source },
            Class::Unfit { column, reason } => {
                let field = column.and_then(|column| self.field(&column));
                StoreError::InvalidInput { entity, field, reason: format!("{reason} ({source})") }
            }
            Class::ForeignKey { .. } if write == Some(Operation::Delete) => StoreError::InvalidInput {
                entity,
                field: Some("id"),
                reason: format!("other rows refer to it ({source})"),
            },
            Class::ForeignKey { columns } => StoreError::InvalidInput {
                entity,
                field: self.only_field(&columns),
                reason: format!("it refers to a row that is not there ({source})"),
            },
            // No value of the record could fill a column that has none of them.
            Class::Null { column: Some(column) } if self.field(&column).is_none() => {
                StoreError::Schema { source: self.unfilled(&column, source.as_ref()).into() }
            }
            Class::Null { column } => StoreError::InvalidInput {
                entity,
                field: column.and_then(|column| self.field(&column)),
                reason: format!("the column takes no NULL ({source})"),
            },
            Class::Schema => StoreError::Schema { source },
            Class::Other => StoreError::Backend { source },
        })
    }

    /// The field that is kept in a column, or copied to it.
    fn field(&self, column: &str) -> Option<&'static str> {
        let adapter = &self.store.adapter;
        let mut parts = adapter.parts().filter(|part| part.column.name == column);
        let kept = parts.next().map(|part| part.place);
        // Of several in one document any can be at fault.
        if parts.any(|part| part.column.is_within()) {
            return None;
        }
        let copied = || match adapter.options().further().find(|it| it.column.name == column)?.value {
            Source::Field(place) => Some(place.into()),
            _ => None,
        };
        Some(adapter.field(kept.or_else(copied)?))
    }

    /// The field that is kept in one of the columns; none if there are several, of which any can be at fault.
    fn only_field(&self, columns: &[String]) -> Option<&'static str> {
        let mut fields = columns.iter().filter_map(|column| self.field(column));
        fields.next().filter(|_| fields.next().is_none())
    }
}

/// A column whose form depends on the currency of the plan, in the form that it has for this one.
pub(crate) fn currency(
    column: &Column<'static>,
    inputs: &impl Inputs,
) -> Option<Result<Column<'static>, Unfit>> {
    if column.form != Form::DecimalOfCurrency {
        return None;
    }
    match inputs.value(record::bind(plan::CURRENCY)) {
        Value::Text(code) => Some(codec::for_currency(column, code)),
        _ => None,
    }
}

/// What kind an error of a statement is of.
fn class<DB: Dialect>(error: &sqlx::Error) -> Class {
    match error {
        sqlx::Error::Database(error) => DB::class(error.as_ref()),
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => Class::Lost,
        _ => Class::Other,
    }
}
