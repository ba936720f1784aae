//! Rows in which NULL stands for a value, or a value for none.

use super::compare::{self, is_text};
use super::query::{Writer, column as quoted};
use super::quote::literal;
use super::{form, stored};
use crate::adapter::{self, Adapter, Bind, Constant, Null, Stored};

impl Writer<'_> {
    /// The placeholder of what a field is compared with, in the type in which it is sent: the value itself, even where
    /// NULL stands for it.
    pub(super) fn raw_key(&mut self, place: usize) -> String {
        match self.adapter().kept(place).null {
            Some(_) => self.bind(adapter::plain(place as Bind)),
            None => self.raw(place),
        }
    }

    /// The same in the type of its column.
    pub(super) fn key(&mut self, place: usize) -> String {
        let placeholder = self.raw_key(place);
        form::sent(self.adapter().dialect, self.adapter().kept(place), placeholder)
    }

    /// A condition on the value of a field, extended by the rows in which NULL stands for it, and without those in which
    /// the value stands for none.
    pub(super) fn with_null(&mut self, place: usize, equal: impl FnOnce(&mut Self) -> String) -> String {
        let adapter = self.adapter();
        let equal = equal(self);
        let name = quoted(adapter, place);
        match adapter.kept(place).null {
            None => equal,
            // A new row with the value would have NULL.
            Some(Null::Is(_)) => {
                format!("({equal} OR ({} IS NULL AND {name} IS NULL))", self.raw(place))
            }
            Some(Null::IsField(other)) => {
                let other = self.meaning_of(place, other);
                format!("({equal} OR ({name} IS NULL AND {other} = {}))", self.key(place))
            }
            Some(Null::Also(_)) => match counts(adapter, place) {
                Some(counts) => format!("{equal} AND {counts}"),
                None => equal,
            },
        }
    }

    /// The value of a field as it is read.
    pub(super) fn reads(&mut self, place: usize) -> String {
        let (adapter, name) = (self.adapter(), quoted(self.adapter(), place));
        match adapter.kept(place).null {
            Some(Null::Is(_)) => format!("COALESCE({name}, {})", self.null(place)),
            Some(Null::IsField(other)) => format!("COALESCE({name}, {})", self.meaning_of(place, other)),
            _ => name,
        }
    }

    /// The same of which lists are in the order.
    pub(super) fn sorted(&mut self, place: usize) -> String {
        match self.adapter().kept(place).null {
            Some(Null::Is(_) | Null::IsField(_)) => self.reads(place),
            _ => compare::sorted_itself(self.adapter(), place),
        }
    }

    /// That an optional field is none.
    pub(super) fn is_none(&mut self, place: usize) -> String {
        let name = quoted(self.adapter(), place);
        match self.adapter().kept(place).null {
            Some(Null::Also(_)) => format!("({name} IS NULL OR {name} = {})", self.null(place)),
            _ => format!("{name} IS NULL"),
        }
    }

    /// The placeholder of what NULL stands for in the column of a field, or of what stands for none.
    pub(super) fn null(&mut self, place: usize) -> String {
        let placeholder = self.bind(adapter::null(place as Bind));
        form::sent(self.adapter().dialect, self.adapter().kept(place), placeholder)
    }

    /// What NULL stands for where that is another field.
    fn meaning_of(&mut self, place: usize, other: u8) -> String {
        match self.adapter().column(other.into()) {
            Some(_) => self.reads(other.into()),
            None => self.null(place),
        }
    }
}

/// The condition on rows whose value of an optional field does not stand for none, where a value does: such rows are no
/// conflict in a unique key.
pub(super) fn counts(adapter: &Adapter<'_>, place: usize) -> Option<String> {
    let (dialect, column) = (adapter.dialect, adapter.kept(place));
    let Some(Null::Also(Constant::Text(none))) = column.null else {
        return None;
    };
    let none = literal(dialect, Stored::Text(none));
    let is_plain = column.sql_type.is_none() && column.collation.is_none();
    let name = quoted(adapter, place);
    let name = if is_plain { name } else { stored::exact(dialect, column, &name) };
    is_text(dialect, column).then(|| format!("{name} <> {none}"))
}
