//! What is said of a table beside the fields that it keeps.

use super::{Column, Stored, Table};

/// What is said of a table beside the fields that it keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options<'a> {
    /// What is read, where that is not the table itself.
    pub read_from: Option<Table<'a>>,
    /// Whether nothing is ever written.
    pub read_only: bool,
    /// Whether it is a view whose triggers write.
    pub instead_of: bool,
    /// The columns that tell the rows of this store from others.
    pub scope: &'a [Extra<'a>],
    /// The unique key that identifies a record, where that is not the scope and the id.
    pub key: Option<Key<'a>>,
    /// Further columns that are written when a row is made.
    pub insert: &'a [Extra<'a>],
    /// Further columns that are written each time.
    pub write: &'a [Extra<'a>],
    /// How a row is marked as deleted instead of being removed.
    pub soft_delete: Option<SoftDelete<'a>>,
    /// What makes a store atomic that is said to be.
    pub atomic: Atomic<'a>,
    /// The fields, by place, of which a value that has no place is dropped instead of refused.
    pub dropped: &'a [u8],
}

impl<'a> Options<'a> {
    /// Nothing is said.
    pub const NONE: &'static Options<'static> = &Options {
        read_from: None,
        read_only: false,
        instead_of: false,
        scope: &[],
        key: None,
        insert: &[],
        write: &[],
        soft_delete: None,
        atomic: Atomic::LiveKey,
        dropped: &[],
    };

    /// Whether a value of a field, by place, that has no place is dropped.
    #[inline]
    #[must_use]
    pub fn drops(&self, place: usize) -> bool {
        self.dropped.iter().any(|dropped| usize::from(*dropped) == place)
    }

    /// What tells the rows of the store from those of others in another table, too: the scope that is a field of the
    /// struct, or else a literal; NULL is nobody's. None where there are several, or there is none.
    #[must_use]
    pub fn tenant(&self) -> Option<&'a Extra<'a>> {
        let only = |is_it: fn(&Source<'_>) -> bool| {
            let mut found = self.scope.iter().filter(move |extra| is_it(&extra.value));
            (found.next(), found.next().is_some())
        };
        let own = only(|value| value.is_own());
        let literal = only(|value| !value.is_own() && *value != Source::Literal(Stored::Null));
        match (own, literal) {
            ((Some(one), false), _) | ((None, _), (Some(one), false)) => Some(one),
            _ => None,
        }
    }

    /// The further columns of a new row, in the order of the numbers by which they are bound.
    pub fn further(&self) -> impl Iterator<Item = &'a Extra<'a>> + use<'a> {
        self.insert.iter().chain(self.write)
    }
}

/// A column that no field of the contract is kept in, and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extra<'a> {
    /// The column; its form and type matter for a value from a field of the contract.
    pub column: Column<'a>,
    /// The value.
    pub value: Source<'a>,
}

/// Where the value of a column comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source<'a> {
    /// It is this one in every row.
    Literal(Stored<'a>),
    /// A field of the struct that is the store, by its number among those that are bound; the form of the column is that of
    /// its type.
    Own(u8),
    /// The same of a type whose name doesn't tell what it is.
    Opaque(u8),
    /// A field of the record, by its place.
    Field(u8),
    /// An expression of the database, verbatim.
    Sql(&'a str),
}

impl Source<'_> {
    /// Whether a field of the struct has the value.
    #[must_use]
    pub const fn is_own(&self) -> bool {
        matches!(self, Self::Own(_) | Self::Opaque(_))
    }
}

/// A unique key of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<'a> {
    /// Its columns.
    pub columns: &'a [&'a str],
    /// Its predicate, verbatim, where it doesn't hold for all rows.
    pub predicate: Option<&'a str>,
}

/// How a row is marked as deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoftDelete<'a> {
    /// The column of the mark; its form is that of a time, where a time is the mark.
    pub column: Column<'a>,
    /// What a row has that is not deleted; none if anything but the mark will do.
    pub live: Option<Stored<'a>>,
    /// What a deleted row gets; none for the time of its deletion.
    pub deleted: Option<Stored<'a>>,
}

/// What makes a store atomic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Atomic<'a> {
    /// A unique key on the subscribers of live rows.
    LiveKey,
    /// A unique key of the table's own.
    Key(Key<'a>),
    /// A lock that every write of the adapter takes first: of the whole subscriber by name, or of its row in a table.
    Lock(Option<Locked<'a>>),
}

/// The row that is locked for a subscriber.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locked<'a> {
    /// The table that it is in.
    pub table: Table<'a>,
    /// The column that holds what the store's own column of the subscriber does.
    pub column: &'a str,
}
