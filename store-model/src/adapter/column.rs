//! Columns, and how a field is kept in them.

use super::{Bind, Code, Constant, Dialect, Label, Labels, Meaning, Table};
use crate::form::{Carrier, Form};

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
    #[inline]
    #[must_use]
    pub const fn is_plain(&self) -> bool {
        let is_alone = self.beside.is_empty() && self.path.is_empty() && self.via.is_none();
        let is_itself = self.labels.is_none() && self.null.is_none() && self.code.is_none();
        is_alone && is_itself && !matches!(self.form, Form::DecimalOfCurrency)
    }

    /// Whether a codec makes its values.
    #[inline]
    #[must_use]
    pub const fn is_coded(&self) -> bool {
        self.code.is_some() || matches!(self.form, Form::Coded(_))
    }

    /// Of a field that is true or false, but has a column of times: what it is where there is none. A time says the other,
    /// and is that of the write that first did.
    #[inline]
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
    #[inline]
    #[must_use]
    pub const fn sent(&self, dialect: Dialect) -> Carrier {
        self.form.carrier(dialect)
    }

    /// What the driver sends of it where it is stored: within a document that is JSON.
    #[inline]
    #[must_use]
    pub const fn stored(&self, dialect: Dialect) -> Carrier {
        if self.is_within() { Carrier::Json } else { self.sent(dialect) }
    }

    /// What the driver reads of it. Where a whole number is kept in a type that the driver doesn't know, its digits.
    #[inline]
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
    #[inline]
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
    /// Its column that holds the [tenant](super::Options::tenant) of the store; none where all stores share it.
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
    /// Another field in the same column, whose value this one must have to be saved.
    Agreeing,
    /// Another field in the same column, which this one reads as well.
    Shared,
    /// Somebody else: only the view that is read has it.
    ViewOnly,
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
