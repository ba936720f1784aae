//! A field that other columns decide, in memory.

use store_core::contract::fields::{Fields, Value};

/// What the column of a field tells, in SQL and of its value.
#[derive(Clone, Debug)]
pub(crate) struct Test {
    pub(crate) place: usize,
    pub(crate) sql: String,
    pub(crate) is: fn(&Value) -> bool,
}

/// A field that has the value of the first test that holds.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    /// The field.
    pub(crate) place: usize,
    pub(crate) branches: Vec<(Value, Test)>,
    /// What it has where none holds.
    pub(crate) rest: Value,
}

impl Decision {
    /// The value that the other fields of a record decide for.
    pub(crate) fn of(&self, record: &impl Fields) -> Value {
        let first = self.branches.iter().find(|(_, test)| (test.is)(&record.value(test.place)));
        first.map_or(&self.rest, |(value, _)| value).clone()
    }

    /// Whether anything can decide for a value.
    pub(crate) fn has(&self, value: &Value) -> bool {
        self.branches.iter().any(|(decided, _)| decided == value) || self.rest == *value
    }
}
