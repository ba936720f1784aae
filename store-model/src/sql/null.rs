//! Rows in which NULL stands for a value, or a value for none.

use super::compare;
use super::quote::literal;
use super::writer::{Writer, column, quoted};
use super::{form, stored};
use crate::adapter::{self, Adapter, Bind, Constant, Dialect, Null, Part, Stored};
use crate::form::Form;

impl Writer<'_> {
    /// The placeholder of what a column is compared with, in the type in which it is sent: the value itself, even where
    /// NULL stands for it.
    pub(super) fn raw_key(&mut self, part: Part<'_>) -> String {
        match part.column.null {
            Some(Null::Is(_) | Null::IsField(_) | Null::Also(_)) => self.bind(adapter::plain(part.bind())),
            _ if part.column.is_within() => self.bind(adapter::plain(part.bind())),
            Some(Null::Never) | None => self.raw(part),
        }
    }

    /// The same in the type of the column.
    pub(super) fn key(&mut self, part: Part<'_>) -> String {
        if let Some(via) = part.column.via {
            return self.link(part.column, via, |query| query.raw_key(part));
        }
        let placeholder = self.raw_key(part);
        form::sent(self.adapter().dialect, part.column, placeholder)
    }

    /// A condition on the value of a column, extended by the rows in which NULL stands for it, and without those in which
    /// the value stands for none.
    pub(super) fn with_null(&mut self, part: Part<'_>, equal: String) -> String {
        let adapter = self.adapter();
        let name = quoted(adapter, part);
        match part.column.null {
            Some(Null::Never) | None => equal,
            // A new row with the value would have NULL.
            Some(Null::Is(_)) => {
                format!("({equal} OR ({} IS NULL AND {name} IS NULL))", self.raw(part))
            }
            Some(Null::IsField(other)) => {
                let other = self.meaning_of(part.place, other);
                format!("({equal} OR ({name} IS NULL AND {other} = {}))", self.key(part))
            }
            Some(Null::Also(_)) => match counts(adapter, part.place, &name) {
                Some(counts) => format!("{equal} AND {counts}"),
                None => equal,
            },
        }
    }

    /// The value of a field as it is read.
    pub(super) fn reads(&mut self, place: usize) -> String {
        let (adapter, name) = (self.adapter(), column(self.adapter(), place));
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
            _ => compare::sorted_itself(self.adapter(), self.adapter().part(place, 0)),
        }
    }

    /// That an optional field is none.
    pub(super) fn is_none(&mut self, place: usize) -> String {
        let name = column(self.adapter(), place);
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
pub(super) fn counts(adapter: &Adapter<'_>, place: usize, name: &str) -> Option<String> {
    let (dialect, column) = (adapter.dialect, adapter.kept(place));
    let Some(Null::Also(Constant::Text(none))) = column.null else {
        return None;
    };
    let none = sentinel(dialect, column.form, none)?;
    let is_plain = column.is_within() || column.sql_type.is_none() && column.collation.is_none();
    let name = if is_plain { name.to_owned() } else { stored::exact(dialect, column, name) };
    Some(format!("{name} <> {none}"))
}

/// What stands for none in a column of keys, as a literal; nothing where the form has no such value.
fn sentinel(dialect: Dialect, form: Form<'_>, none: &str) -> Option<String> {
    Some(match (form, dialect) {
        (Form::Integer(_), _) => literal(dialect, Stored::Integer(none.parse().ok()?)),
        (Form::UuidBytes, Dialect::Postgres) => format!("'\\x{}'", none.replace('-', "")),
        (Form::UuidBytes, _) => format!("X'{}'", none.replace('-', "")),
        _ => literal(dialect, Stored::Text(none)),
    })
}
