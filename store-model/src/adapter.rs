//! An adapter as data: the table and columns that one store is kept in, and the statements made from them.
//!
//! The derive builds these values from attributes and writes them, as they are, into the expansion; at run time they are
//! all that the machinery knows of a store.

mod code;
mod document;
mod part;

use crate::contract::Entity;
use crate::form::{Carrier, Form};

pub use code::Code;
pub use document::Document;
pub use part::Part;

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
    pub form: Form<'a>,
    /// The type of the database, where its driver doesn't know it: an enum, a domain, citext.
    pub sql_type: Option<&'a str>,
    /// The collation under which the database compares its texts, where it isn't byte by byte.
    pub collation: Option<&'a str>,
    /// What is stored for each value of the contract, where that isn't the value itself.
    pub labels: Option<Labels<'a>>,
    /// What NULL stands for, or what stands for none.
    pub null: Option<Null<'a>>,
    /// Who writes it.
    pub duty: Duty,
    /// Whether several rows may have one value of it: of a provider id.
    pub repeats: bool,
    /// Whether a time that is finer than the form is refused; else it is cut.
    pub exact: bool,
    /// How many digits a decimal has, where that is said: those after its point among them.
    pub digits: Option<u8>,
    /// Further columns that keep the same field: what is stored is a tuple then.
    pub beside: &'a [Column<'a>],
    /// Where in the column's JSON document the value is, if the column is one.
    pub path: &'a [Step<'a>],
    /// The table that tells what the column refers to, where it doesn't hold the value itself.
    pub via: Option<&'a Via<'a>>,
    /// What makes its values, where that is a codec of the user's own.
    pub code: Option<&'a Code<'a>>,
    /// Of a status: the rows that are live, verbatim, where what is stored doesn't tell.
    pub live_sql: Option<&'a str>,
}

impl<'a> Column<'a> {
    /// A column of a name and a form.
    #[must_use]
    pub const fn new(name: &'a str, form: Form<'a>) -> Self {
        Self {
            name,
            form,
            sql_type: None,
            collation: None,
            labels: None,
            null: None,
            duty: Duty::Written,
            repeats: false,
            exact: false,
            digits: None,
            beside: &[],
            path: &[],
            via: None,
            code: None,
            live_sql: None,
        }
    }

    /// The same of a type that the driver doesn't know.
    #[must_use]
    pub const fn of_type(self, sql_type: &'a str) -> Self {
        Self { sql_type: Some(sql_type), ..self }
    }

    /// The same under a collation.
    #[must_use]
    pub const fn under(self, collation: &'a str) -> Self {
        Self { collation: Some(collation), ..self }
    }

    /// The same with labels; `open` if other values are stored as they are.
    #[must_use]
    pub const fn labelled(self, labels: &'a [Label<'a>], open: bool) -> Self {
        Self { labels: Some(Labels { list: labels, open }), ..self }
    }

    /// The same with a meaning of NULL.
    #[must_use]
    pub const fn with_null(self, null: Null<'a>) -> Self {
        Self { null: Some(null), ..self }
    }

    /// The same, written by another.
    #[must_use]
    pub const fn written_by(self, duty: Duty) -> Self {
        Self { duty, ..self }
    }

    /// The same, of which several rows may have one value.
    #[must_use]
    pub const fn repeating(self) -> Self {
        Self { repeats: true, ..self }
    }

    /// The same, which refuses a finer time.
    #[must_use]
    pub const fn exact(self) -> Self {
        Self { exact: true, ..self }
    }

    /// The same decimal of so many digits.
    #[must_use]
    pub const fn of_digits(self, digits: u8) -> Self {
        Self { digits: Some(digits), ..self }
    }

    /// The whole numbers that a decimal of its digits holds, where they are told.
    #[must_use]
    pub const fn range_of_digits(&self) -> Option<core::ops::RangeInclusive<i128>> {
        match self.digits {
            Some(digits) => {
                let most = 10_i128.pow(digits as u32) - 1;
                Some(-most..=most)
            }
            None => None,
        }
    }

    /// The same field over further columns.
    #[must_use]
    pub const fn over(self, beside: &'a [Column<'a>]) -> Self {
        Self { beside, ..self }
    }

    /// The same within the column's document.
    #[must_use]
    pub const fn at(self, path: &'a [Step<'a>]) -> Self {
        Self { path, ..self }
    }

    /// The same by way of another table.
    #[must_use]
    pub const fn via(self, via: &'a Via<'a>) -> Self {
        Self { via: Some(via), ..self }
    }

    /// The same with values of a codec.
    #[must_use]
    pub const fn coded(self, code: &'a Code<'a>) -> Self {
        Self { code: Some(code), ..self }
    }

    /// The same, where a predicate tells the live rows.
    #[must_use]
    pub const fn live(self, predicate: &'a str) -> Self {
        Self { live_sql: Some(predicate), ..self }
    }

    /// The form of what the column itself holds: where it leads to another table, of what rows are told apart by there.
    #[must_use]
    pub const fn own_form(&self) -> Form<'a> {
        match self.via {
            Some(via) => via.form,
            None => self.form,
        }
    }

    /// Whether nothing but its form has a say in what a value in it stands for.
    #[must_use]
    pub const fn is_plain(&self) -> bool {
        let is_alone = self.beside.is_empty() && self.path.is_empty() && self.via.is_none();
        let is_itself = self.labels.is_none() && self.null.is_none() && self.code.is_none();
        is_alone && is_itself && !matches!(self.form, Form::DecimalOfCurrency)
    }

    /// Whether a codec makes its values.
    #[must_use]
    pub const fn is_coded(&self) -> bool {
        self.code.is_some() || matches!(self.form, Form::Coded(_))
    }

    /// Of a field that is true or false, but has a column of times: what it is where there is none. A time says the other,
    /// and is that of the write that first did.
    #[must_use]
    pub const fn without_time(&self) -> Option<bool> {
        match self.null {
            Some(Null::Is(Constant::Boolean(truth))) if self.form.is_time() => Some(truth),
            _ => None,
        }
    }

    /// How many microseconds the smallest step of a time in it has, as [`Form::step`] says; what a codec makes of a time
    /// it alone knows.
    #[must_use]
    pub const fn step(&self) -> Option<i64> {
        if self.is_coded() || self.without_time().is_some() { None } else { self.form.step() }
    }

    /// What the driver sends for it.
    #[must_use]
    pub const fn sent(&self, dialect: Dialect) -> Carrier {
        self.form.carrier(dialect)
    }

    /// What the driver sends of it where it is stored: within a document that is JSON.
    #[must_use]
    pub const fn stored(&self, dialect: Dialect) -> Carrier {
        if self.is_within() { Carrier::Json } else { self.sent(dialect) }
    }

    /// What the driver reads of it. Where a whole number is kept in a type that the driver doesn't know, its digits.
    #[must_use]
    pub const fn read(&self, dialect: Dialect) -> Carrier {
        match (self.sql_type, self.form.carrier(dialect)) {
            _ if self.is_within() => Carrier::Json,
            // Whether there is a time.
            _ if self.without_time().is_some() => Carrier::Boolean,
            (Some(_), Carrier::Small | Carrier::Int | Carrier::Big) => Carrier::Text,
            (_, carrier) => carrier,
        }
    }

    /// Whether the store writes it.
    #[must_use]
    pub const fn is_written(&self) -> bool {
        matches!(self.duty, Duty::Written)
    }

    /// Whether an interval in it has its count with it.
    #[must_use]
    pub fn has_count(&self) -> bool {
        let is_counted = |label: &Label<'_>| matches!(label.meaning, Meaning::Interval(..));
        matches!(self.form, Form::Iso8601 | Form::Code)
            || self.labels.is_some_and(|labels| labels.list.iter().any(is_counted))
    }
}

/// One step into a JSON document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// To the value of a key.
    Key(&'a str),
    /// To an element of an array, counted from zero.
    Index(u32),
}

/// A table in which a column's value stands for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Via<'a> {
    /// The table.
    pub table: Table<'a>,
    /// Its column of which the store's own column holds a value.
    pub stores: &'a str,
    /// Its column that holds the value of the contract; unique in it.
    pub reads: &'a str,
    /// Its column that holds the [tenant](Options::tenant) of the store; none where all stores share it.
    pub scope: Option<&'a str>,
    /// The form of the store's own column, where it is made by the DDL: that of what it stores.
    pub form: Form<'a>,
}

/// A column of what is written that gets its value from another table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// The field whose value is looked for there, by place.
    pub place: usize,
    /// What binds that value.
    pub bind: Bind,
    /// The column.
    pub column: &'a Column<'a>,
    /// The other table.
    pub via: &'a Via<'a>,
}

/// Who writes a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// The store.
    Written,
    /// The database makes its value.
    Generated,
    /// Another field in the same column, which this one reads as well.
    Shared,
    /// Somebody else: only the view that is read has it.
    ViewOnly,
}

/// What is stored for the values of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labels<'a> {
    /// One for each value that has a label.
    pub list: &'a [Label<'a>],
    /// Whether other values are stored as they are; else they are refused.
    pub open: bool,
}

impl<'a> Labels<'a> {
    /// What is stored for a value, if it has a label.
    #[must_use]
    pub fn of(&self, meaning: Meaning<'_>) -> Option<&'a [Stored<'a>]> {
        self.list.iter().find(|label| label.meaning == meaning).map(|label| label.stored)
    }
}

/// What is stored for one value of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label<'a> {
    /// The value.
    pub meaning: Meaning<'a>,
    /// All that reads as it; the first is written. At least one.
    pub stored: &'a [Stored<'a>],
}

impl<'a> Label<'a> {
    /// The label of a value.
    #[must_use]
    pub const fn new(meaning: Meaning<'a>, stored: &'a [Stored<'a>]) -> Self {
        Self { meaning, stored }
    }
}

/// A value of the contract that has a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning<'a> {
    /// A word of a status or an interval, known to the contract or not.
    Word(&'a str),
    /// True or false.
    Boolean(bool),
    /// So many of an interval.
    Interval(&'a str, u32),
}

/// A value as a column has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored<'a> {
    /// Text.
    Text(&'a str),
    /// A number.
    Integer(i64),
    /// True or false.
    Boolean(bool),
    /// NULL.
    Null,
    /// Of several columns, what is stored in each: all that reads so, of which the first is written; nothing where anything
    /// does, which then stays as it is.
    Tuple(&'a [&'a [Stored<'a>]]),
}

/// What NULL stands for, or what stands for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Null<'a> {
    /// NULL is this value, and this value is written as NULL.
    Is(Constant<'a>),
    /// NULL is the value of another field, by its place.
    IsField(u8),
    /// None is this value, and NULL is none too.
    Also(Constant<'a>),
    /// Nothing: the column takes no NULL, so none can't be saved.
    Never,
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
    /// An empty list or map.
    Empty,
}

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
        let own = only(|value| matches!(value, Source::Own(_)));
        let literal = only(|value| !matches!(value, Source::Own(_) | Source::Literal(Stored::Null)));
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
    /// A field of the struct that is the store, by its number among those that are bound.
    Own(u8),
    /// A field of the record, by its place.
    Field(u8),
    /// An expression of the database, verbatim.
    Sql(&'a str),
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
    #[must_use]
    pub fn column(&self, place: usize) -> Option<&'a Column<'a>> {
        match &self.fields[place] {
            Place::Column(column) => Some(column),
            _ => None,
        }
    }

    /// What decides the field at a place of the contract, if other columns do.
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
    #[must_use]
    pub fn makes_ids(&self) -> bool {
        // The id is the first field of every record.
        self.column(0).is_some_and(|id| id.duty == Duty::Generated)
    }

    /// Whether each write takes a lock first, since no key makes the store atomic.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        let is_atomic = self.entity == Entity::Subscription && self.extended;
        is_atomic && matches!(self.options().atomic, Atomic::Lock(_))
    }

    /// Whether a field can't be zero: in place of an id of zero, MySQL may make another.
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

/// What a statement binds, in the order of its placeholders: places of the contract's fields, or what the constants and
/// functions beside it say.
pub type Bind = u16;

/// The lower end of a range of time, within it.
pub const FROM: Bind = 253;
/// The upper end of a range of time, outside of it.
pub const TO: Bind = 254;
/// The greatest number of rows.
pub const LIMIT: Bind = 255;
/// The time of the call, in the form of the column that marks what is deleted.
pub const NOW: Bind = 252;

/// The value of a field as it would be stored if NULL did not stand for it.
#[must_use]
pub const fn plain(place: Bind) -> Bind {
    PLAIN + place
}

/// The value that NULL stands for in the column of a field.
#[must_use]
pub const fn null(place: Bind) -> Bind {
    NULL + place
}

/// The value of a field of the struct that is the store, by its number.
#[must_use]
pub const fn own(number: u8) -> Bind {
    OWN + number as Bind
}

/// The value that a further column gets from a field of the record, by its number among [`Options::insert`] and
/// [`Options::write`].
#[must_use]
pub const fn extra(number: u8) -> Bind {
    EXTRA + number as Bind
}

/// The same of one of several columns of a field, by its number.
#[must_use]
pub const fn part(bind: Bind, number: Bind) -> Bind {
    bind + number * PART
}

/// Which of several columns of a field a bind is for.
#[must_use]
pub const fn part_of(bind: Bind) -> usize {
    (bind / PART) as usize
}

const PART: Bind = 256;
const PLAIN: Bind = 64;
const OWN: Bind = 128;
const EXTRA: Bind = 192;
const NULL: Bind = 224;

/// What a [`Bind`] stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// A field, by place.
    Field(usize),
    /// A field as it would be stored if NULL did not stand for it.
    Plain(usize),
    /// What NULL stands for in the column of a field, by place.
    Null(usize),
    /// A field of the struct that is the store, by number.
    Own(usize),
    /// A further column from a field of the record, by number.
    Extra(usize),
    /// The lower end of a range.
    From,
    /// The upper end of a range.
    To,
    /// The greatest number of rows.
    Limit,
    /// The time of the call.
    Now,
}

impl Bound {
    /// What a bind stands for, of whichever column.
    #[must_use]
    pub const fn of(bind: Bind) -> Self {
        let bind = bind % PART;
        match bind {
            FROM => Self::From,
            TO => Self::To,
            LIMIT => Self::Limit,
            NOW => Self::Now,
            0..PLAIN => Self::Field(bind as usize),
            PLAIN..OWN => Self::Plain((bind - PLAIN) as usize),
            OWN..EXTRA => Self::Own((bind - OWN) as usize),
            EXTRA..NULL => Self::Extra((bind - EXTRA) as usize),
            NULL.. => Self::Null((bind - NULL) as usize),
        }
    }
}

/// One statement of an adapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement<'a> {
    /// What it does.
    pub operation: Operation,
    /// Its text.
    pub sql: &'a str,
    /// What is bound to its placeholders.
    pub binds: &'a [Bind],
    /// The one status that it is for, where its text depends on which.
    pub status: Option<&'a str>,
    /// The columns that it leaves as they are, by what binds them: it is for records whose labels say nothing of these.
    pub without: &'a [Bind],
    name: &'a str,
}

impl<'a> Statement<'a> {
    /// A statement of an operation.
    #[must_use]
    pub const fn new(operation: Operation, sql: &'a str, binds: &'a [Bind]) -> Self {
        Self { operation, sql, binds, status: None, without: &[], name: operation.name() }
    }

    /// The same for one status, under a name of its own.
    #[must_use]
    pub const fn for_status(self, status: &'a str, name: &'a str) -> Self {
        Self { status: Some(status), name, ..self }
    }

    /// The same for records that leave some columns as they are, under a name of its own.
    #[must_use]
    pub const fn leaving(self, without: &'a [Bind], name: &'a str) -> Self {
        Self { without, name, ..self }
    }

    /// What the statement does, in words that are unique in its adapter.
    #[must_use]
    pub const fn name(&self) -> &'a str {
        self.name
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
    /// The documents in text that a save replaces by id.
    Documents = "read the documents that a save replaces",
    /// What a record would read as where other columns decide.
    Decide = "ask what other columns decide",
    /// Replaces by id; no row where there is none.
    Update = "update",
    /// Adds a row.
    Insert = "insert",
    /// Waits until no other writes for the subscriber, and keeps others waiting until the transaction ends.
    Lock = "lock the subscriber",
    /// Adds a subscription unless its subscriber has a live one.
    Create = "create if not active",
    /// How many rows of other tables each link of what is written could lead to.
    Links = "look for the rows that are referred to",
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
