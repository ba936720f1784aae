//! A store as data: its adapter, its statements, and what every call asks of them.

use std::sync::OnceLock;

use store_model::adapter::{Adapter, Bind, Bound, Operation, Statement, part_of};

use super::layout::Layout;
use super::place;
use super::record::{self, Inputs};
use crate::codec::tuple;

/// A store as data: the adapter, its statements and its DDL, all known when the user's crate is compiled.
#[derive(Debug)]
pub struct Store {
    /// The table and columns.
    pub adapter: Adapter<'static>,
    /// Every statement that the store runs.
    pub statements: &'static [Statement<'static>],
    /// The script that makes its table, keys and indexes.
    pub ddl: &'static str,
}

/// A store that calls run on. What every call asks of it is found out at the first one: done by the compiler, it would add
/// a quarter to what a store costs there.
#[derive(Debug)]
pub struct Prepared {
    store: &'static Store,
    known: OnceLock<Known>,
}

impl Prepared {
    /// Not looked at yet.
    #[must_use]
    pub const fn new(store: &'static Store) -> Self {
        Self { store, known: OnceLock::new() }
    }

    pub(crate) fn known(&'static self) -> &'static Known {
        self.known.get_or_init(|| Known::of(self.store))
    }
}

/// A store as its calls know it.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) adapter: &'static Adapter<'static>,
    pub(crate) statements: &'static [Statement<'static>],
    pub(crate) ddl: &'static str,
    /// Where a row has the fields.
    pub(crate) layout: Layout,
    /// Whether the table has a place for every record.
    pub(crate) takes_all: bool,
    /// Whether what is saved must be read back.
    pub(crate) reads_back: bool,
    /// Where each operation has its first statement.
    first: [Option<u16>; Operation::ALL.len()],
}

impl Known {
    fn of(store: &'static Store) -> Self {
        let Store { adapter, statements, ddl } = store;
        let mut first = [None; Operation::ALL.len()];
        for (number, statement) in (0..).zip(*statements) {
            first[statement.operation as usize].get_or_insert(number);
        }
        Self {
            adapter,
            statements,
            ddl,
            layout: Layout::of(adapter),
            takes_all: place::takes_all(adapter),
            reads_back: adapter.reads_back(),
            first,
        }
    }

    /// Whether an operation has a statement.
    pub(crate) fn has(&self, operation: Operation) -> bool {
        self.first[operation as usize].is_some()
    }

    /// The statements of an operation.
    fn all_of(
        &self,
        operation: Operation,
    ) -> impl DoubleEndedIterator<Item = &'static Statement<'static>> + Clone + use<> {
        let first = self.first[operation as usize].map_or(self.statements.len(), usize::from);
        self.statements[first..].iter().filter(move |statement| statement.operation == operation)
    }

    /// The statement of an operation.
    ///
    /// # Panics
    /// If the adapter has none: a fault of the derive, which makes statements and capabilities from one model.
    pub(crate) fn statement(&self, operation: Operation) -> &'static Statement<'static> {
        let found = self.all_of(operation).find(|statement| statement.status.is_none());
        found.unwrap_or_else(|| self.missing(operation))
    }

    /// The statement by which an operation writes a record: the first that leaves no other columns as they are than the
    /// record does. Those that leave more come first.
    pub(crate) fn statement_of(
        &self,
        operation: Operation,
        record: &impl Inputs,
    ) -> &'static Statement<'static> {
        let mut all = self.all_of(operation);
        let leaves = |bind: &Bind| leaves_out(self.adapter, *bind, record);
        let found = all.clone().find(|statement| statement.without.iter().all(leaves));
        // Whatever the record leaves, it has a value that can't be stored, which shows when it is bound.
        found.or_else(|| all.next_back()).unwrap_or_else(|| self.missing(operation))
    }

    /// The statement of an operation for one status: its own, if it has one.
    pub(crate) fn statement_for(&self, operation: Operation, status: &str) -> &'static Statement<'static> {
        let own = self.all_of(operation).find(|statement| statement.status == Some(status));
        own.unwrap_or_else(|| self.statement(operation))
    }

    #[cold]
    fn missing(&self, operation: Operation) -> ! {
        panic!("the adapter of `{}` has no statement `{operation:?}`", self.adapter.table.name)
    }
}

/// Whether a record leaves a column of one of its fields as it is.
fn leaves_out(adapter: &Adapter<'_>, bind: Bind, record: &impl Inputs) -> bool {
    let Bound::Field(place) = Bound::of(bind) else { return false };
    tuple::leaves_out(adapter.kept(place), part_of(bind), record.value(record::bind(place)))
}
