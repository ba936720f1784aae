//! Columns that are documents: fields have values within them, and one of them may have the rest.

use super::{Adapter, Column, Dialect, Null, Part, Place, Step, Stored};
use crate::contract::{Entity, usage};
use crate::form::Form;

/// A document that the store writes, as far as its fields are in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document<'a> {
    /// One of its columns: they have one name and one type.
    pub column: &'a Column<'a>,
    /// The fields that have a value within it.
    pub within: Vec<Part<'a>>,
    /// The field that has what else is there.
    pub rest: Option<Part<'a>>,
}

impl<'a> Column<'a> {
    /// Whether the value lies within a document.
    #[inline]
    #[must_use]
    pub const fn is_within(&self) -> bool {
        !self.path.is_empty()
    }

    /// The column itself, where the value lies within a document.
    #[must_use]
    pub const fn whole(&self) -> Self {
        if self.is_within() { Column::new(self.name, Form::Json) } else { *self }
    }

    /// The key of the document's root under which the value is.
    #[must_use]
    pub const fn root_key(&self) -> Option<&'a str> {
        match self.path {
            [Step::Key(key), ..] => Some(key),
            _ => None,
        }
    }
}

impl<'a> Adapter<'a> {
    /// Whether two columns have one name, and so are one column of the table.
    #[inline]
    #[must_use]
    pub fn is_one_column(&self, column: &Column<'_>, other: &Column<'_>) -> bool {
        // Each save compares every two of its columns.
        column.name.len() == other.name.len()
            && match self.dialect {
                Dialect::Postgres => column.name == other.name,
                Dialect::Sqlite | Dialect::MySql => column.name.eq_ignore_ascii_case(other.name),
            }
    }

    /// Whether a column is a document within which fields have values.
    #[must_use]
    pub fn is_document(&self, column: &Column<'_>) -> bool {
        column.is_within()
            || self.parts().any(|it| it.column.is_within() && self.is_one_column(it.column, column))
    }

    /// Whether fields have values within documents.
    #[must_use]
    pub fn has_documents(&self) -> bool {
        self.fields.iter().any(|field| match field {
            Place::Column(column) => column.is_within() || column.beside.iter().any(Column::is_within),
            Place::Keys(keys) => keys.iter().any(|keyed| keyed.column.is_within()),
            _ => false,
        })
    }

    /// The field before, by place, with whose column that of a field is read: one document is read once.
    #[must_use]
    pub fn read_with(&self, place: usize) -> Option<usize> {
        let column = self.column(place).filter(|column| self.is_document(column))?;
        let mut before = self.columns().take_while(|(other, _)| *other < place);
        before.find(|(_, it)| self.is_one_column(it, column)).map(|(first, _)| first)
    }

    /// The keys of a document's root that are not of its rest: those under which other fields have values within the
    /// column of the field at a place.
    pub fn keys_beside(&self, place: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        let adapter = *self;
        let column = self.column(place).filter(|column| !column.is_within());
        let beside = move |it: &Part<'_>| {
            column.is_some_and(|column| it.column.is_within() && adapter.is_one_column(it.column, column))
        };
        self.parts().filter(beside).filter_map(|part| part.column.root_key())
    }

    /// The document that the store writes in the stead of a part.
    #[must_use]
    pub fn document(&self, part: Part<'a>) -> Option<Document<'a>> {
        if !self.is_document(part.column) {
            return None;
        }
        let written = self.written().filter(|it| self.is_one_column(it.column, part.column));
        let (within, rest): (Vec<_>, Vec<_>) = written.partition(|it| it.column.is_within());
        let column = within.first().unwrap_or(&part).column;
        Some(Document { column, within, rest: rest.first().copied() })
    }

    /// Whether of all that are in the column of a part this one says what it is: of a document the first within it.
    #[must_use]
    pub fn stands_for_column(&self, part: Part<'_>) -> bool {
        let mut within = self.parts().filter(|it| it.column.is_within());
        let first = within.find(|it| self.is_one_column(it.column, part.column));
        first.is_none_or(|first| first == part)
    }

    /// The columns that the store writes, each once: of a document the first part.
    pub fn targets(&self) -> impl Iterator<Item = Part<'a>> + use<'a> {
        let adapter = *self;
        let is_first = move |part: &Part<'a>| {
            !adapter.is_document(part.column)
                || adapter.written().find(|it| adapter.is_one_column(it.column, part.column)) == Some(*part)
        };
        self.written().filter(is_first)
    }

    /// Whether the store writes values within documents.
    #[must_use]
    pub fn writes_within(&self) -> bool {
        !self.options().read_only && self.written().any(|part| part.column.is_within())
    }

    /// Whether the time of the report is written within a document.
    #[must_use]
    pub fn marks_within(&self) -> bool {
        let is_usage = self.entity == Entity::Usage && self.extended && !self.options().read_only;
        is_usage && self.column(usage::PROVIDER_REPORTED_AT).is_some_and(Column::is_within)
    }

    /// Whether a part can be NULL where it is written.
    #[must_use]
    pub fn may_be_null(&self, part: Part<'_>) -> bool {
        let mut labels = part.column.labels.iter().flat_map(|labels| labels.list);
        match part.column.null {
            Some(Null::Is(_) | Null::IsField(_)) => true,
            Some(Null::Also(_) | Null::Never) => false,
            None => {
                self.entity.fields()[part.place].kind.is_optional()
                    || labels.any(|label| label.stored.first() == Some(&Stored::Null))
            }
        }
    }
}
