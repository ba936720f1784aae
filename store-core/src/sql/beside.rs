//! Values of columns that no field of the record is kept in.

use std::time::SystemTime;

use store_model::adapter::{Bound, Column, Extra, Source};

use super::bind::currency;
use super::dialect::Dialect;
use super::failure::{Failure, Outcome};
use super::record::Inputs;
use super::session::Session;
use crate::codec::{self, Value};
use crate::error::StoreError;

impl<DB: Dialect> Session<'_, DB> {
    /// Binds what is no field in a column of its own.
    pub(crate) fn bind_beside(
        &self,
        arguments: &mut DB::Arguments,
        bound: Bound,
        inputs: &impl Inputs,
    ) -> Outcome<()> {
        let dialect = self.store.adapter.dialect;
        let (column, place, value) = match bound {
            Bound::Own(number) => return self.bind_own(arguments, number),
            Bound::Extra(number) => {
                let (column, place) = self.copy(number);
                (*column, place, inputs.value(super::record::bind(place)))
            }
            Bound::Now => (self.mark(), 0, Value::Time(SystemTime::now().into())),
            other => panic!("nothing binds {other:?}"),
        };
        let unfit = |reason| Failure::Unfit { place, reason };
        let column = currency(&column, inputs).transpose().map_err(unfit)?.unwrap_or(column);
        let encoded = codec::encode(dialect, &column, value);
        encoded.and_then(|atom| DB::bind(arguments, column.sent(dialect), atom)).map_err(unfit)
    }

    /// Binds NULL of the same type, and what only the store itself knows as it is.
    pub(crate) fn sample_beside(&self, arguments: &mut DB::Arguments, bound: Bound) -> Outcome<()> {
        let column = match bound {
            Bound::Own(number) => return self.bind_own(arguments, number),
            Bound::Extra(number) => *self.copy(number).0,
            Bound::Now => self.mark(),
            other => panic!("nothing binds {other:?}"),
        };
        let bound = DB::bind(arguments, column.sent(self.store.adapter.dialect), None);
        bound.map_err(|reason| Failure::Unfit { place: 0, reason })
    }

    fn bind_own(&self, arguments: &mut DB::Arguments, number: usize) -> Outcome<()> {
        let own = self.own.expect("a store with values of its own comes with the call");
        // There are fewer than 64.
        own.bind(number as u8, arguments).map_err(|source| {
            let reason = format!("a field of the store can't be bound: {source}");
            Failure::Final(StoreError::InvalidInput { entity: self.entity(), field: None, reason })
        })
    }

    /// The further column of a number, and the field that it has the value of.
    fn copy(&self, number: usize) -> (&'static Column<'static>, usize) {
        match self.store.adapter.options().further().nth(number) {
            Some(Extra { column, value: Source::Field(place) }) => (column, usize::from(*place)),
            _ => panic!("column {number} has no value of the record"),
        }
    }

    /// The column of the mark of what is deleted. The time of a deletion is as fine as the column is.
    fn mark(&self) -> Column<'static> {
        let mark = self.store.adapter.options().soft_delete;
        Column { exact: false, ..mark.expect("only a mark has the time of the call").column }
    }
}
