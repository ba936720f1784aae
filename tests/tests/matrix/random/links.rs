//! Columns that lead to the row of another table, which has the value.

use store_core::__private::{Form, Null, Table, Via};
use store_core::contract::fields::Value;
use store_model::contract::{Field, Kind};
use store_model::form::Width;

use super::Maker;
use crate::elsewhere::{KEY, Led, TENANT, VALUE};
use crate::shapes::Shape;

/// What rows of other tables are told apart by.
const KEYS: [Form<'static>; 6] =
    [Form::INTEGER, Form::Text, Form::Integer(Width::I16), Form::Uuid, Form::UuidBytes, Form::Char(12)];

/// How many values another table has.
const FEW: usize = 4;

impl Maker<'_> {
    /// The shape of a column that holds the value itself, or of one that leads to it.
    pub(super) fn maybe_led(&mut self, place: usize, field: Field, shape: Shape) -> Shape {
        let is_text = matches!(field.kind, Kind::Key | Kind::OptionalKey | Kind::Text);
        let can_lead = is_text && place != 0 && !matches!(shape.column.null, Some(Null::Also(_)));
        if !self.choices.one_of(5) || !can_lead {
            return shape;
        }
        let is_of_all = self.scope.is_empty() || self.choices.one_of(3);
        let via = Via {
            table: Table { schema: None, name: format!("{} of {place}", self.table).leak() },
            stores: KEY,
            reads: VALUE,
            scope: (!is_of_all).then_some(TENANT),
            form: KEYS[self.choices.below(KEYS.len())],
        };
        let mut values: Vec<Value> = Vec::new();
        for value in shape.holds.into_iter().filter(|value| value.text().is_some()) {
            if values.len() <= FEW && !values.contains(&value) {
                values.push(value);
            }
        }
        let (mut others, mut refuses) = (shape.others, shape.refuses);
        let of_stranger = values.pop().expect("a form holds more than one value");
        refuses.push(of_stranger.clone());
        others.retain(|(literal, _)| literal == "NULL");
        self.led.push(Led { place, values: values.clone(), of_stranger });
        let column = shape.column.via(Box::leak(Box::new(via)));
        Shape { column, holds: values, refuses, others, ..shape }
    }
}
