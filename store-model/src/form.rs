//! How a value of the contract is kept in a column.

use crate::contract::Kind;

/// How a value is kept in a column. What a form is called in SQL, and what it is bound as, differs for each database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Text, compared byte for byte.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// True or false.
    Boolean,
    /// An instant to the microsecond.
    Time,
    /// A JSON document.
    Json,
}

impl Form {
    /// The form of a field that no annotation speaks of.
    #[must_use]
    pub const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Key | Kind::OptionalKey | Kind::Text | Kind::Word => Self::Text,
            Kind::Integer | Kind::Count => Self::Integer,
            Kind::Boolean => Self::Boolean,
            Kind::Time | Kind::OptionalTime => Self::Time,
            Kind::List | Kind::Numbers | Kind::Texts => Self::Json,
        }
    }
}
