//! Errors, told apart by variant and never by text.

use std::error::Error as StdError;
use std::fmt;

pub use store_model::contract::Entity;

/// A cause of any type.
pub type BoxError = Box<dyn StdError + Send + Sync + 'static>;

/// The result of every operation on a store.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Why an operation on a store did not do what was asked.
///
/// Match on the variant: the text is for people and may change.
///
/// ```
/// use store_core::{Conflict, StoreError};
///
/// fn advice(error: &StoreError) -> &'static str {
///     match error {
///         StoreError::AlreadyExists { conflict: Conflict::Live, .. } => "somebody signed up first",
///         StoreError::Transient { .. } => "repeat the whole operation",
///         StoreError::Ambiguous { .. } => "read it again by id, then decide",
///         _ => "report it",
///     }
/// }
/// # assert_eq!(advice(&StoreError::Overflow), "report it");
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no such record; treat it as absent.
    #[error("there is no {entity} for `{key}`")]
    NotFound {
        /// What was looked for.
        entity: Entity,
        /// The key that was asked for.
        key: String,
    },

    /// A rule of uniqueness refused the record; nothing was stored or changed.
    #[error("{}", already_exists(*entity, conflict))]
    AlreadyExists {
        /// What was to be stored.
        entity: Entity,
        /// The rule that refused it; of several, the first in the order of [`Conflict`].
        conflict: Conflict,
    },

    /// This value can't be stored here; fix the value. Nothing was stored or changed.
    #[error("the {entity} can't be stored{}: {reason}", of_field(*field))]
    InvalidInput {
        /// What was to be stored.
        entity: Entity,
        /// The field at fault, where it is known.
        field: Option<&'static str>,
        /// What is wrong with it.
        reason: String,
    },

    /// A sum does not fit an `i64`; sum a shorter range.
    #[error("the sum of the quantities does not fit an i64: sum a shorter range of time")]
    Overflow,

    /// A stored value can't be read as what the contract says; repair that row.
    #[error("column `{column}` of the {entity} `{key}` holds what can't be read: {source}; repair that row")]
    Corrupt {
        /// What was read.
        entity: Entity,
        /// The id of the row, as far as it can be read.
        key: String,
        /// The column at fault.
        column: String,
        /// What is wrong with its value.
        source: BoxError,
    },

    /// A write to a store that was declared read-only; write elsewhere.
    #[error("this {entity} store is read-only: write where its rows are made")]
    ReadOnly {
        /// What was to be written.
        entity: Entity,
    },

    /// Certainly not done; repeat the whole operation.
    #[error("not done, and safe to repeat{}: {source}", of_extent(*lost))]
    Transient {
        /// How much was rolled back.
        lost: Extent,
        /// The refusal of the database.
        source: BoxError,
    },

    /// A write may or may not have happened; read the record by its id, then decide.
    #[error(
        "the connection was lost during a write, which may or may not have happened; read it again by id: {source}"
    )]
    Ambiguous {
        /// How the connection was lost.
        source: BoxError,
    },

    /// A table, column or index is not what the adapter needs; migrate.
    #[error("the schema is not what the adapter needs; compare with its DDL and migrate: {source}")]
    Schema {
        /// What the database says of it.
        source: BoxError,
    },

    /// Anything else; report it.
    #[error("the database failed: {source}")]
    Backend {
        /// The failure.
        source: BoxError,
    },
}

/// The rule of uniqueness that refused a record, in the order in which they are told.
///
/// ```
/// use store_core::Conflict;
///
/// assert_eq!(Conflict::Live.to_string(), "the subscriber has a live subscription");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Conflict {
    /// A record has that id.
    Id,
    /// Another record has that provider id.
    ProviderId,
    /// The subscriber has another live subscription.
    Live,
    /// A unique key that the contract does not know, by the name that the database gave.
    Other(String),
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id => f.write_str("its id is taken"),
            Self::ProviderId => f.write_str("another record has its provider id"),
            Self::Live => f.write_str("the subscriber has a live subscription"),
            Self::Other(name) => write!(f, "the unique key `{name}` holds such a row"),
        }
    }
}

/// How much a [`StoreError::Transient`] undid.
///
/// ```
/// use store_core::Extent;
///
/// // After a deadlock MySQL has rolled back everything, and sqlx does not notice: start a new transaction.
/// assert_ne!(Extent::Statement, Extent::Transaction);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Extent {
    /// Only the statement: a caller's transaction goes on.
    Statement,
    /// The whole of the caller's transaction: begin again.
    Transaction,
}

impl StoreError {
    /// Whether the record was not there.
    ///
    /// ```
    /// use store_core::{Entity, StoreError};
    ///
    /// let error = StoreError::NotFound { entity: Entity::Plan, key: "pro".into() };
    /// assert!(error.is_not_found());
    /// ```
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound { .. })
    }

    /// The rule of uniqueness that refused a record, if one did.
    ///
    /// ```
    /// use store_core::{Conflict, Entity, StoreError};
    ///
    /// let error = StoreError::AlreadyExists { entity: Entity::Subscription, conflict: Conflict::Live };
    /// assert_eq!(error.conflict(), Some(&Conflict::Live));
    /// ```
    #[must_use]
    pub fn conflict(&self) -> Option<&Conflict> {
        match self {
            Self::AlreadyExists { conflict, .. } => Some(conflict),
            _ => None,
        }
    }
}

fn already_exists(entity: Entity, conflict: &Conflict) -> String {
    match conflict {
        Conflict::Live => format!("{conflict} already"),
        _ => format!("the {entity} can't be stored: {conflict}"),
    }
}

fn of_field(field: Option<&'static str>) -> String {
    field.map(|field| format!(" because of `{field}`")).unwrap_or_default()
}

fn of_extent(lost: Extent) -> &'static str {
    match lost {
        Extent::Statement => "",
        Extent::Transaction => " from the start of the transaction, which is gone",
    }
}
