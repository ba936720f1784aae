//! The columns of fields one by one: most fields have one, and some are kept in several.

use super::{Adapter, Bind, Column, Duty, Place};

/// One of the columns that a field is kept in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The field, by place.
    pub place: usize,
    /// Which of the field's columns it is, counted from zero.
    pub number: usize,
    /// The column.
    pub column: &'a Column<'a>,
}

impl Part<'_> {
    /// What binds its value.
    ///
    /// # Panics
    /// If it is one of more than 255: a fault of who made the adapter.
    #[must_use]
    pub fn bind(&self) -> Bind {
        super::part(self.place as Bind, Bind::try_from(self.number).expect("a field has fewer columns"))
    }
}

impl<'a> Column<'a> {
    /// One of the columns that a field is kept in of which this is the first.
    #[inline]
    #[must_use]
    pub fn part(&'a self, number: usize) -> Option<&'a Self> {
        number.checked_sub(1).map_or(Some(self), |beside| self.beside.get(beside))
    }
}

impl<'a> Place<'a> {
    /// How many columns the field is kept in.
    #[inline]
    #[must_use]
    pub const fn width(&self) -> usize {
        match self {
            Self::Column(column) => 1 + column.beside.len(),
            Self::Keys(keys) => keys.len(),
            _ => 0,
        }
    }

    /// How many columns of an answer it is read from: one, where others decide it.
    #[inline]
    #[must_use]
    pub const fn read_width(&self) -> usize {
        match self {
            Self::Case(_) => 1,
            field => field.width(),
        }
    }

    /// One of the columns that the field is kept in.
    #[inline]
    #[must_use]
    pub fn column(&'a self, number: usize) -> Option<&'a Column<'a>> {
        match self {
            Self::Column(column) => column.part(number),
            Self::Keys(keys) => keys.get(number).map(|keyed| &keyed.column),
            _ => None,
        }
    }
}

impl<'a> Adapter<'a> {
    /// The columns of the field at a place of the contract; none if it has no column.
    pub fn parts_of(&self, place: usize) -> impl Iterator<Item = Part<'a>> + use<'a> {
        let field = &self.fields[place];
        (0..field.width())
            .filter_map(move |number| field.column(number).map(|column| Part { place, number, column }))
    }

    /// One of the columns of a field that has it.
    ///
    /// # Panics
    /// If it has none of that number: a fault of who made the adapter.
    #[inline]
    #[must_use]
    pub fn part(&self, place: usize, number: usize) -> Part<'a> {
        let column = self.fields[place].column(number);
        let column = column.unwrap_or_else(|| panic!("`{}` has no column {number}", self.field(place)));
        Part { place, number, column }
    }

    /// The columns of all fields, in the order in which rows are read.
    pub fn parts(&self) -> impl Iterator<Item = Part<'a>> + use<'a> {
        let adapter = *self;
        (0..self.fields.len()).flat_map(move |place| adapter.parts_of(place))
    }

    /// The columns that the store writes, in the order in which they are bound: of several fields in one column the
    /// first.
    pub fn written(&self) -> impl Iterator<Item = Part<'a>> + use<'a> {
        let adapter = *self;
        self.parts().filter(move |part| adapter.writer_of(part.column) == Some(*part))
    }

    /// The columns of the table itself, each with the first part in it: all but those that only a view has.
    pub fn stored(&self) -> impl Iterator<Item = Part<'a>> + use<'a> {
        let adapter = *self;
        let is_first = move |part: &Part<'_>| {
            let mut stored = adapter.parts().filter(|it| it.column.duty != Duty::ViewOnly);
            stored.find(|it| adapter.is_one_column(it.column, part.column)) == Some(*part)
        };
        self.parts().filter(is_first)
    }

    /// The field that writes the column of a field, by place, if the store writes it: of several in one column the first.
    #[must_use]
    pub fn writer(&self, place: usize) -> Option<usize> {
        self.writer_of(self.column(place)?).map(|part| part.place)
    }

    /// The part that writes a column, if the store writes it.
    #[must_use]
    pub fn writer_of(&self, column: &Column<'_>) -> Option<Part<'a>> {
        self.parts().find(|it| it.column.is_written() && self.is_one(it.column, column))
    }

    /// Whether two fields are kept in the same columns.
    #[must_use]
    pub fn are_one(&self, place: usize, other: usize) -> bool {
        let (columns, others) = (self.parts_of(place), self.parts_of(other));
        self.fields[place].width() == self.fields[other].width()
            && columns.zip(others).all(|(column, other)| self.is_one(column.column, other.column))
    }
}
