//! Arguments of statements.

use sqlx::Arguments as _;
use store_model::adapter::{Bind, Bound, Column, Part, Place, Statement, part_of};
use store_model::contract::{plan, usage};
use store_model::form::{Carrier, Form};

use super::dialect::Dialect;
use super::failure::{Failure, Outcome};
use super::record::{self, Inputs};
use super::session::Session;
use super::trace;
use crate::codec::{self, Atom, Unfit, Value, decided, keys, null, within};

impl<DB: Dialect> Session<'_, DB> {
    pub(crate) fn prepare(
        &self,
        statement: &'static Statement<'static>,
        inputs: &impl Inputs,
    ) -> Outcome<(&'static str, DB::Arguments)> {
        let mut arguments = DB::Arguments::default();
        arguments.reserve(statement.binds.len(), 0);
        for &bind in statement.binds {
            self.bind(&mut arguments, bind, inputs)?;
        }
        trace::statement(self.store, statement);
        Ok((statement.sql, arguments))
    }

    /// Arguments of the types that a statement is sent with. NULL has every type, and each can be planned with it.
    pub(crate) fn samples(&self, statement: &'static Statement<'static>) -> Outcome<DB::Arguments> {
        let adapter = self.store.adapter;
        let mut arguments = DB::Arguments::default();
        for &bind in statement.binds {
            let (carrier, atom) = match Bound::of(bind) {
                Bound::Field(place) if let Some(list) = adapter.decided(place) => {
                    (decided::carrier(list), None)
                }
                Bound::Field(place) => {
                    (adapter.part(place, part_of(bind)).column.stored(adapter.dialect), None)
                }
                Bound::Plain(place) | Bound::Null(place) => {
                    (adapter.part(place, part_of(bind)).column.sent(adapter.dialect), None)
                }
                Bound::From | Bound::To => (adapter.kept(usage::RECORDED_AT).sent(adapter.dialect), None),
                // MySQL takes no other.
                Bound::Limit => (Carrier::Big, Some(Atom::Integer(1))),
                beside => {
                    self.sample_beside(&mut arguments, beside)?;
                    continue;
                }
            };
            let bound = DB::bind(&mut arguments, carrier, atom);
            bound.map_err(|reason| Failure::Unfit { place: 0, reason })?;
        }
        Ok(arguments)
    }

    fn bind(&self, arguments: &mut DB::Arguments, bind: Bind, inputs: &impl Inputs) -> Outcome<()> {
        let adapter = self.store.adapter;
        let bound = Bound::of(bind);
        let place = match bound {
            Bound::Field(place) | Bound::Plain(place) | Bound::Null(place) => place,
            Bound::From | Bound::To => usage::RECORDED_AT,
            Bound::Limit => {
                let Value::Integer(limit) = inputs.value(bind) else {
                    panic!("the greatest number of rows is a number")
                };
                let bound = DB::bind(arguments, Carrier::Big, Some(Atom::Integer(limit.into())));
                return bound.map_err(|reason| Failure::Unfit { place: 0, reason });
            }
            beside => return self.bind_beside(arguments, beside, inputs),
        };
        let sent = match (bound, self.store.layout.ways[place].sent()) {
            (Bound::Field(_), Some(carrier)) => {
                let atom = codec::encode_form(adapter.dialect, adapter.kept(place), inputs.value(bind));
                atom.map(|atom| (carrier, atom))
            }
            _ => self.encode(bind, bound, place, inputs),
        };
        let bound = sent.and_then(|(carrier, atom)| DB::bind(arguments, carrier, atom));
        bound.map_err(|reason| Failure::Unfit { place, reason })
    }

    /// What a column has of a field, and how it is sent.
    fn encode<'v>(
        &self,
        bind: Bind,
        bound: Bound,
        place: usize,
        inputs: &'v impl Inputs,
    ) -> Result<(Carrier, Option<Atom<'v>>), Unfit> {
        let adapter = self.store.adapter;
        let dialect = adapter.dialect;
        let value = |place: usize| inputs.value(record::bind(place));
        if let Some(list) = adapter.decided(place) {
            return Ok((decided::carrier(list), decided::encode(list, value(place))?));
        }
        let Part { number, column, .. } = adapter.part(place, part_of(bind));
        let of_currency = currency(column, inputs).transpose()?;
        let column = of_currency.as_ref().unwrap_or(column);
        let atom = match (&adapter.fields[place], bound) {
            (Place::Keys(list), _) => keys::encode(dialect, &list[number], value(place)),
            (field, _) if field.width() > 1 => {
                codec::encode_part(dialect, adapter.kept(place), number, value(place))
            }
            (_, Bound::Field(_)) if column.is_within() => {
                let json = null::encode(adapter, column, place, value)?.map(within::written);
                return Ok((column.stored(dialect), json));
            }
            (_, Bound::Field(_)) => null::encode(adapter, column, place, value),
            (_, Bound::Plain(_)) => null::encode_plain(dialect, column, value(place)),
            (_, Bound::Null(_)) => null::encode_meaning(adapter, column, place),
            _ => codec::encode(dialect, column, inputs.value(bind)),
        };
        Ok((column.sent(dialect), atom?))
    }
}

/// A column whose form depends on the currency of the plan, in the form that it has for this one.
pub(crate) fn currency(
    column: &Column<'static>,
    inputs: &impl Inputs,
) -> Option<Result<Column<'static>, Unfit>> {
    if column.form != Form::DecimalOfCurrency {
        return None;
    }
    match inputs.value(record::bind(plan::CURRENCY)) {
        Value::Text(code) => Some(codec::for_currency(column, code)),
        _ => None,
    }
}
