//! What went wrong: what an error of the database means to the caller.

use std::error::Error;

use store_model::adapter::{Operation, Source};
use store_model::contract::Entity;

use super::dialect::{Class, Dialect, Key};
use super::session::Session;
use crate::codec::Unfit;
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

impl<DB: Dialect> Session<'_, DB> {
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
        let adapter = self.store.adapter;
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

    /// What to say of a column that takes no NULL and has no value of the record.
    fn unfilled(&self, column: &str, source: &dyn Error) -> String {
        let options = self.store.adapter.options();
        if options.scope.iter().chain(options.further()).any(|extra| extra.column.name == column) {
            return format!("column `{column}` takes no NULL, and the store writes one there: {source}");
        }
        format!(
            "column `{column}` takes no NULL, has no default, and the store doesn't write it: say \
             `insert(\"{column}\" = ..)` with what new rows have there: {source}"
        )
    }
}

/// What kind an error of a statement is of.
pub(crate) fn class<DB: Dialect>(error: &sqlx::Error) -> Class {
    match error {
        sqlx::Error::Database(error) => DB::class(error.as_ref()),
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => Class::Lost,
        _ => Class::Other,
    }
}
