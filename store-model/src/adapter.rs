//! An adapter as data: the table and columns that one store is kept in, and the statements made from them.
//!
//! The derive builds these values from attributes and writes them, as they are, into the expansion; at run time they are
//! all that the machinery knows of a store.

use crate::contract::Entity;
use crate::form::Form;

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

/// Where one field of the contract is kept, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column<'a> {
    /// The column's name, as the database has it.
    pub name: &'a str,
    /// How the value is kept in it.
    pub form: Form,
}

impl<'a> Column<'a> {
    /// A column of a name and a form.
    #[must_use]
    pub const fn new(name: &'a str, form: Form) -> Self {
        Self { name, form }
    }
}

/// Where a field of the contract is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// In a column.
    Column(Column<'a>),
    /// Nowhere: it reads as this value, and no other can be saved.
    Always(Constant<'a>),
    /// Nowhere: it reads as none or empty, and nothing else can be saved.
    Absent,
}

/// A value of the contract that stands in an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant<'a> {
    /// Of a text, a key or a word.
    Text(&'a str),
    /// Of a number.
    Integer(i64),
    /// Of what is true or false.
    Boolean(bool),
    /// Of a time: microseconds since 1970.
    Time(i64),
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
    /// Where each field of the contract is, in its order.
    pub fields: &'a [Place<'a>],
    /// Whether it has the extension of its trait: atomic for subscriptions, reportable for usage.
    pub extended: bool,
}

impl<'a> Adapter<'a> {
    /// The column of the field at a place of the contract, if it has one.
    #[must_use]
    pub fn column(&self, place: usize) -> Option<&'a Column<'a>> {
        match &self.fields[place] {
            Place::Column(column) => Some(column),
            Place::Always(_) | Place::Absent => None,
        }
    }

    /// The column of a field that must have one.
    ///
    /// # Panics
    /// If it has none: a fault of who made the adapter.
    #[must_use]
    pub fn kept(&self, place: usize) -> &'a Column<'a> {
        self.column(place).unwrap_or_else(|| panic!("`{}` has no column", self.field(place)))
    }

    /// The fields that have a column, by place, in the order in which rows are read and values are bound.
    pub fn columns(&self) -> impl Iterator<Item = (usize, &'a Column<'a>)> {
        let fields = self.fields;
        fields.iter().enumerate().filter_map(|(place, field)| match field {
            Place::Column(column) => Some((place, column)),
            Place::Always(_) | Place::Absent => None,
        })
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

/// What a statement binds, in the order of its placeholders: places of the contract's fields, or one of [`FROM`],
/// [`TO`] and [`LIMIT`].
pub type Bind = u8;

/// The lower end of a range of time, within it.
pub const FROM: Bind = 253;
/// The upper end of a range of time, outside of it.
pub const TO: Bind = 254;
/// The greatest number of rows.
pub const LIMIT: Bind = 255;

/// One statement of an adapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement<'a> {
    /// What it does.
    pub operation: Operation,
    /// Its text.
    pub sql: &'a str,
    /// What is bound to its placeholders.
    pub binds: &'a [Bind],
}

impl<'a> Statement<'a> {
    /// A statement of an operation.
    #[must_use]
    pub const fn new(operation: Operation, sql: &'a str, binds: &'a [Bind]) -> Self {
        Self { operation, sql, binds }
    }

    /// What the statement does, in words that are unique in its adapter.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.operation.name()
    }
}

macro_rules! operations {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What a statement does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Operation {
            $($(#[$doc])* $variant,)*
        }

        impl Operation {
            /// Every operation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The operation in words.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

operations! {
    /// Creates or replaces by id, in one statement.
    Save = "save",
    /// Replaces by id; no row where there is none.
    Update = "update",
    /// Adds a row.
    Insert = "insert",
    /// Adds a subscription unless its subscriber has a live one.
    Create = "create if not active",
    /// Which rule of uniqueness stands in the way: id, provider id and, for subscriptions, the live one.
    Conflicts = "which key conflicts",
    /// The same, on rows that others have committed since the caller's transaction began.
    ConflictsNow = "which key conflicts now",
    /// By id.
    Get = "get by id",
    /// By provider id.
    GetByProviderId = "get by provider id",
    /// The live subscription of a subscriber.
    GetActive = "get the live one of a subscriber",
    /// Everything.
    List = "list all",
    /// Plans that can be bought.
    ListActive = "list those that are active",
    /// Subscriptions, filtered.
    ListBySubscriber = "list by subscriber",
    /// Subscriptions, filtered.
    ListByPlan = "list by plan",
    /// Subscriptions, filtered.
    ListBySubscriberPlan = "list by subscriber and plan",
    /// Subscriptions, filtered.
    ListByStatus = "list by status",
    /// Subscriptions, filtered.
    ListBySubscriberStatus = "list by subscriber and status",
    /// Subscriptions, filtered.
    ListByPlanStatus = "list by plan and status",
    /// Subscriptions, filtered.
    ListBySubscriberPlanStatus = "list by subscriber, plan and status",
    /// The total of a metric in a range.
    Sum = "sum in a range",
    /// Usage in a range.
    ListRange = "list in a range",
    /// Usage that is not reported.
    ListUnreported = "list what is unreported",
    /// Sets the time of the report.
    Mark = "mark as reported",
    /// Removes by id.
    Delete = "delete by id",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_have_names_of_their_own() {
        let mut names: Vec<_> = Operation::ALL.iter().map(|operation| operation.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Operation::ALL.len());
    }
}
