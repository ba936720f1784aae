//! Where a row has the fields of a record, and how each of them is read and written.

use store_model::adapter::{Adapter, Column, Dialect, Part};
use store_model::contract::plan;
use store_model::form::{Carrier, Form};

/// One for each field; no record has more of them than a plan.
type PerField<T> = [T; plan::FIELDS.len()];

/// How a field is read and written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    /// Its column has the text itself.
    Text,
    /// Its column has the time itself.
    Time,
    /// Nothing but the form of its column has a say: what the driver reads and sends of it.
    Form { read: Carrier, sent: Carrier },
    /// There is more to ask, or no column.
    Other,
}

impl Way {
    fn of(column: &Column<'_>, dialect: Dialect) -> Self {
        match column.form {
            _ if !column.is_plain() => Self::Other,
            Form::Text => Self::Text,
            Form::Time => Self::Time,
            _ => Self::Form { read: column.read(dialect), sent: column.sent(dialect) },
        }
    }

    /// What the driver reads, where nothing but the form has a say.
    pub(crate) fn read(self) -> Option<Carrier> {
        match self {
            Self::Text => Some(Carrier::Text),
            Self::Time => Some(Carrier::Time),
            Self::Form { read, .. } => Some(read),
            Self::Other => None,
        }
    }

    /// What the driver sends, where nothing but the form has a say.
    pub(crate) fn sent(self) -> Option<Carrier> {
        match self {
            Self::Form { sent, .. } => Some(sent),
            other => other.read(),
        }
    }
}

/// Where the value of each field begins in a row.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) values: PerField<u16>,
    /// Whether its column is NULL, where that is told apart from leading to nothing.
    pub(crate) nulls: PerField<u16>,
    pub(crate) ways: PerField<Way>,
    /// Whether some of them are in one document.
    pub(crate) has_documents: bool,
}

impl Layout {
    /// Columns are read in the order of the contract, those of one field side by side and a document once; fields
    /// without column are passed over.
    pub(crate) fn of(adapter: &Adapter<'_>) -> Self {
        let mut layout = Self {
            values: [0; plan::FIELDS.len()],
            nulls: [0; plan::FIELDS.len()],
            ways: [Way::Other; plan::FIELDS.len()],
            has_documents: adapter.has_documents(),
        };
        let mut next = 0;
        for place in 0..adapter.entity.fields().len() {
            if let (Some(column), false) = (adapter.column(place), layout.has_documents) {
                layout.ways[place] = Way::of(column, adapter.dialect);
            }
            if let Some(first) = adapter.read_with(place) {
                layout.values[place] = layout.values[first];
                continue;
            }
            layout.values[place] = next;
            // No database has rows of so many columns.
            next += adapter.fields[place].read_width() as u16;
        }
        for (place, _) in adapter.columns().filter(|(place, _)| adapter.tells_null(*place)) {
            layout.nulls[place] = next;
            next += 1;
        }
        layout
    }

    pub(crate) fn index(&self, part: Part<'_>) -> usize {
        usize::from(self.values[part.place]) + part.number
    }
}
