//! An adapter as data: the table and columns that one store is kept in, and the statements made from them.
//!
//! The derive builds these values from attributes and writes them, as they are, into the expansion; at run time they are
//! all that the machinery knows of a store.

mod bind;
mod code;
mod column;
mod document;
mod label;
mod options;
mod part;
mod statement;

use crate::contract::Entity;
use crate::form::Form;

pub use bind::{Bind, Bound, FROM, LIMIT, NOW, TO, extra, null, own, part, part_of, plain};
pub use code::Code;
pub use column::{Column, Duty, Link, Null, Step, Via};
pub use document::Document;
pub use label::{Constant, Label, Labels, Meaning, Stored};
pub use options::{Atomic, Extra, Key, Locked, Options, SoftDelete, Source};
pub use part::Part;
pub use statement::{Operation, Statement};

/// The databases; MySQL and MariaDB are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// SQLite 3.37 or later.
    Sqlite,
    /// Postgres 12 or later.
    Postgres,
    /// MariaDB 10.5 or later, MySQL 8.0.17 or later.
    MySql,
}

impl Dialect {
    /// Every database.
    pub const ALL: [Self; 3] = [Self::Sqlite, Self::Postgres, Self::MySql];

    /// The word for it in attributes, and its feature.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::MySql => "mysql",
        }
    }
}

/// The name of a table, as the database has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table<'a> {
    /// The schema that it is in (on MySQL the database, on SQLite the attached one), if it is named.
    pub schema: Option<&'a str>,
    /// Its own name.
    pub name: &'a str,
}
/// Where a field of the contract is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// In a column.
    Column(Column<'a>),
    /// In the column of another field, by its place, which keeps both: the count of an interval.
    Within(u8),
    /// In no column of its own: the first of these whose predicate holds decides.
    Case(&'a [When<'a>]),
    /// In a column for each of its keys.
    Keys(&'a [Keyed<'a>]),
    /// Nowhere: it reads as this value, and no other can be saved.
    Always(Constant<'a>),
    /// Nowhere: it reads as none or empty, and nothing else can be saved.
    Absent,
    /// No field of the contract: what is said of the table itself. It stands last, and only where something is said.
    Table(&'a Options<'a>),
}

/// When a field that other columns decide has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When<'a> {
    /// The value.
    pub meaning: Meaning<'a>,
    /// The predicate, verbatim; none for what is left.
    pub predicate: Option<&'a str>,
}

/// One key of a map or an element of a list, in a column of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyed<'a> {
    /// The key, or the element.
    pub key: &'a str,
    /// Its column.
    pub column: Column<'a>,
}

/// One store on one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Adapter<'a> {
    /// Which record it keeps.
    pub entity: Entity,
    /// The database that it is for.
    pub dialect: Dialect,
    /// The table.
    pub table: Table<'a>,
    /// Where each field of the contract is, in its order; after them what is said of the table, if anything is.
    pub fields: &'a [Place<'a>],
    /// Whether it has the extension of its trait: atomic for subscriptions, reportable for usage.
    pub extended: bool,
}

impl<'a> Adapter<'a> {
    /// The column of the field at a place of the contract, if it has one.
    #[inline]
    #[must_use]
    pub fn column(&self, place: usize) -> Option<&'a Column<'a>> {
        match &self.fields[place] {
            Place::Column(column) => Some(column),
            _ => None,
        }
    }

    /// What decides the field at a place of the contract, if other columns do.
    #[inline]
    #[must_use]
    pub fn decided(&self, place: usize) -> Option<&'a [When<'a>]> {
        match self.fields[place] {
            Place::Case(list) => Some(list),
            _ => None,
        }
    }

    /// Whether the table itself tells a field, in a column or by others.
    #[must_use]
    pub fn is_told(&self, place: usize) -> bool {
        self.is_stored(place) || self.decided(place).is_some()
    }

    /// The column of a field that must have one.
    ///
    /// # Panics
    /// If it has none: a fault of who made the adapter.
    #[inline]
    #[must_use]
    pub fn kept(&self, place: usize) -> &'a Column<'a> {
        self.column(place).unwrap_or_else(|| panic!("`{}` has no column", self.field(place)))
    }

    /// The fields that have a column, by place and with the first of their columns, in the order in which rows are read.
    pub fn columns(&self) -> impl Iterator<Item = (usize, &'a Column<'a>)> + use<'a> {
        let fields = self.fields;
        fields.iter().enumerate().filter_map(|(place, field)| match field {
            Place::Column(column) => Some((place, column)),
            _ => None,
        })
    }

    /// Whether two fields are kept in one column, at one place of it.
    #[inline]
    #[must_use]
    pub fn is_one(&self, column: &Column<'_>, other: &Column<'_>) -> bool {
        self.is_one_column(column, other) && column.path == other.path
    }

    /// The fields whose documents are text that a save may replace, by place: one document has many texts, and a save
    /// leaves that of another application.
    pub fn rewritten_texts(&self) -> impl Iterator<Item = usize> + use<'a> {
        let rewrites = self.entity != Entity::Usage && !self.options().read_only;
        let is_text = |column: &Column<'_>| matches!(column.form, Form::JsonText | Form::AnyJsonText);
        let texts = self.written().filter(move |part| rewrites && is_text(part.column));
        texts.map(|part| part.place)
    }

    /// What is said of the table beside the fields that it keeps.
    #[inline]
    #[must_use]
    pub fn options(&self) -> &'a Options<'a> {
        match self.fields.last() {
            Some(Place::Table(options)) => options,
            _ => Options::NONE,
        }
    }

    /// Whether a field has a column in the table itself.
    #[must_use]
    pub fn is_stored(&self, place: usize) -> bool {
        self.column(place).is_some_and(|column| column.duty != Duty::ViewOnly)
    }

    /// The columns of what is written that get their values from other tables: those of fields, then further ones.
    pub fn links(&self) -> impl Iterator<Item = Link<'a>> + use<'a> {
        let link = |part: Part<'a>| {
            let Part { place, column, .. } = part;
            Some(Link { place, bind: part.bind(), column, via: column.via? })
        };
        let further = |(number, further): (u8, &'a Extra<'a>)| match further.value {
            Source::Field(place) => {
                let (column, place) = (&further.column, place.into());
                Some(Link { place, bind: extra(number), column, via: column.via? })
            }
            _ => None,
        };
        self.written().filter_map(link).chain((0..).zip(self.options().further()).filter_map(further))
    }

    /// Whether NULL means something in the column of a field: none, or what is said.
    #[must_use]
    pub fn takes_null(&self, place: usize) -> bool {
        match self.column(place).and_then(|column| column.null) {
            Some(null) => null != Null::Never,
            None => self.entity.fields()[place].kind.is_optional(),
        }
    }

    /// Whether reading a field tells NULL in its column from what leads nowhere: both have no value.
    #[inline]
    #[must_use]
    pub fn tells_null(&self, place: usize) -> bool {
        self.column(place).is_some_and(|column| column.via.is_some()) && self.takes_null(place)
    }

    /// What is read: a view, or the table itself.
    #[must_use]
    pub fn source(&self) -> Table<'a> {
        self.options().read_from.unwrap_or(self.table)
    }

    /// Whether the database makes the ids.
    #[inline]
    #[must_use]
    pub fn makes_ids(&self) -> bool {
        // The id is the first field of every record.
        self.column(0).is_some_and(|id| id.duty == Duty::Generated)
    }

    /// Whether each write takes a lock first, since no key makes the store atomic.
    #[inline]
    #[must_use]
    pub fn is_locked(&self) -> bool {
        let is_atomic = self.entity == Entity::Subscription && self.extended;
        is_atomic && matches!(self.options().atomic, Atomic::Lock(_))
    }

    /// Whether a field can't be zero: in place of an id of zero, MySQL may make another.
    #[inline]
    #[must_use]
    pub const fn takes_no_zero(&self, place: usize, column: &Column<'_>) -> bool {
        matches!((self.dialect, place, column.form), (Dialect::MySql, 0, Form::Integer(_)))
    }

    /// Whether what is saved must be read back, since only a view has some of it or a trigger writes it.
    #[must_use]
    pub fn reads_back(&self) -> bool {
        self.options().instead_of || self.columns().any(|(_, column)| column.duty == Duty::ViewOnly)
    }

    /// The field at a place of the contract.
    ///
    /// # Panics
    /// If the record has no such place: a fault of the caller.
    #[must_use]
    pub fn field(&self, place: usize) -> &'static str {
        self.entity.fields()[place].name
    }
}
