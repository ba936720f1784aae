//! Statements in the making, and the names in them.

use super::quote::{quote, quote_table};
use super::{Query, argument, column_type, document, extra, form, within};
use crate::adapter::{Adapter, Bind, Dialect, Operation, Part};
use crate::contract::{Entity, plan, subscription, usage};

/// A statement in the making: hands out placeholders and remembers what is bound to them.
///
/// Placeholders are asked for in the order in which they stand in the text: MySQL has no others.
pub(super) struct Writer<'a> {
    adapter: &'a Adapter<'a>,
    binds: Vec<Bind>,
    /// The columns that it leaves as they are.
    without: &'a [Bind],
}

impl<'a> Writer<'a> {
    pub(super) fn new(adapter: &'a Adapter<'a>) -> Self {
        Self::leaving(adapter, &[])
    }

    /// One that leaves some columns as they are.
    pub(super) const fn leaving(adapter: &'a Adapter<'a>, without: &'a [Bind]) -> Self {
        Self { adapter, binds: Vec::new(), without }
    }

    pub(super) const fn adapter(&self) -> &'a Adapter<'a> {
        self.adapter
    }

    pub(super) const fn without(&self) -> &'a [Bind] {
        self.without
    }

    /// The columns that the statement writes, each once.
    pub(super) fn written(&self) -> impl Iterator<Item = Part<'a>> + use<'a> {
        let without = self.without;
        self.adapter.targets().filter(move |part| !without.contains(&part.bind()))
    }

    /// The same where a row is replaced: all but those of the id.
    pub(super) fn replaced(&self) -> impl Iterator<Item = Part<'a>> + use<'a> {
        self.written().filter(|part| part.place != ID)
    }

    /// All columns that are written, in the order in which their values are bound.
    pub(super) fn columns(&self) -> String {
        extra::columns(self.adapter, self.written().map(|part| name(self.adapter, part))).join(", ")
    }

    /// The placeholder of a value.
    pub(super) fn bind(&mut self, bind: Bind) -> String {
        if self.adapter.dialect == Dialect::MySql {
            self.binds.push(bind);
            return "?".into();
        }
        let known = self.binds.iter().position(|&it| it == bind);
        let place = known.unwrap_or_else(|| {
            self.binds.push(bind);
            self.binds.len() - 1
        });
        let mark = if self.adapter.dialect == Dialect::Postgres { '$' } else { '?' };
        format!("{mark}{}{}", place + 1, argument::cast(self.adapter, bind))
    }

    /// The placeholders of all columns that are written, in their order.
    pub(super) fn values(&mut self) -> String {
        let written = self.written();
        extra::values(self, |query| written.map(|part| query.value(part)).collect()).join(", ")
    }

    /// What a column of a new row gets.
    fn value(&mut self, part: Part<'_>) -> String {
        match self.adapter.document(part) {
            Some(document) => document::made(self, &document),
            None => self.part(part),
        }
    }

    /// The placeholder of what a column of a field gets, in its type.
    pub(super) fn part(&mut self, part: Part<'_>) -> String {
        if let Some(via) = part.column.via {
            return self.link(part.column, via, |query| query.raw(part));
        }
        let placeholder = self.raw(part);
        form::sent(self.adapter.dialect, part.column, placeholder)
    }

    /// The placeholder of an end of a range, in the type of the column.
    pub(super) fn end(&mut self, end: Bind) -> String {
        let placeholder = self.bind(end);
        form::sent(self.adapter.dialect, self.adapter.kept(usage::RECORDED_AT), placeholder)
    }

    /// The same in the type in which it is sent.
    pub(super) fn raw(&mut self, part: Part<'_>) -> String {
        self.bind(part.bind())
    }

    pub(super) fn finish(self, operation: Operation, sql: String) -> Query {
        let left: Vec<_> = self.adapter.parts().filter(|part| self.without.contains(&part.bind())).collect();
        let left: Vec<_> = left.iter().map(|part| format!("`{}`", part.column.name)).collect();
        let name = match left.as_slice() {
            [] => operation.name().into(),
            left => format!("{} without {}", operation.name(), left.join(", ")),
        };
        Query { operation, sql, binds: self.binds, status: None, without: self.without.to_vec(), name }
    }
}

/// The value of a field that has a column, as [`quoted`]; of several the first.
pub(super) fn column(adapter: &Adapter<'_>, place: usize) -> String {
    quoted(adapter, adapter.part(place, 0))
}

/// What a part has in a row: the quoted column, or what it has within that.
pub(super) fn quoted(adapter: &Adapter<'_>, part: Part<'_>) -> String {
    let name = name(adapter, part);
    if part.column.is_within() { within::value(adapter.dialect, part.column, &name) } else { name }
}

/// The quoted column.
pub(super) fn name(adapter: &Adapter<'_>, part: Part<'_>) -> String {
    quote(adapter.dialect, part.column.name)
}

/// The same as it stands in the rows of an index. How a CHAR reads depends on the mode of the session, so MariaDB takes
/// none in a generated column as it is.
pub(super) fn in_key(adapter: &Adapter<'_>, part: Part<'_>) -> String {
    let name = quoted(adapter, part);
    let is_char = adapter.dialect == Dialect::MySql && column_type(adapter, part).starts_with("CHAR(");
    if is_char { format!("RTRIM({name})") } else { name }
}

/// The same of the first column of a field.
pub(super) fn field_in_key(adapter: &Adapter<'_>, place: usize) -> String {
    let first = adapter.parts_of(place).next().expect("a field of a key has a column");
    in_key(adapter, first)
}

/// Whether a field is in the rows that are read.
pub(super) fn has(adapter: &Adapter<'_>, place: usize) -> bool {
    adapter.column(place).is_some() || adapter.decided(place).is_some()
}

pub(super) fn table(adapter: &Adapter<'_>) -> String {
    quote_table(adapter.dialect, &adapter.table)
}

/// What is read.
pub(super) fn source(adapter: &Adapter<'_>) -> String {
    quote_table(adapter.dialect, &adapter.source())
}

/// The place of the id: the first, for every record.
pub(super) const ID: usize = 0;

/// The place of the field by which a provider knows a record.
#[must_use]
pub const fn provider_place(entity: Entity) -> Option<usize> {
    match entity {
        Entity::Plan => Some(plan::PROVIDER_ID),
        Entity::Subscription => Some(subscription::PROVIDER_ID),
        Entity::Usage => None,
    }
}

/// True or false as a literal.
pub(super) const fn truth(adapter: &Adapter<'_>, truth: bool) -> &'static str {
    match (adapter.dialect, truth) {
        (Dialect::Postgres, true) => "TRUE",
        (Dialect::Postgres, false) => "FALSE",
        (_, true) => "1",
        (_, false) => "0",
    }
}

/// Whether a field has a column of which no two rows have one value: only the table itself can see to that.
pub(super) fn is_unique(adapter: &Adapter<'_>, place: usize) -> bool {
    adapter.is_stored(place) && !adapter.kept(place).repeats
}
