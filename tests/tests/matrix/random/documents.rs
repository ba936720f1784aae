//! Values that lie within a JSON document of a column, beside others and those of other applications.

use store_core::__private::{Column, Entity, Form, Place, Step};
use store_model::contract::{Kind, plan, subscription, usage};

use super::Maker;
use crate::shapes::Shape;

/// The columns that are documents.
const DOCUMENTS: [&str; 2] = ["data", "its `\"data\"'"];

impl Maker<'_> {
    /// The shape of a column, or of a value within a document; with the column's name there.
    pub(super) fn maybe_within(&mut self, place: usize, shape: Shape) -> (Shape, Option<&'static str>) {
        let is_key = place == 0 || self.is_in_live_key(place);
        if !self.choices.one_of(5) || is_key || !can_lie_within(self.entity, place, &shape.column) {
            return (shape, None);
        }
        let name = DOCUMENTS[self.choices.below(DOCUMENTS.len())];
        // None of them is on the way to another.
        let last = Step::Key(format!("é'`. {place}").leak());
        let path = match self.choices.below(4) {
            0 | 1 => vec![Step::Key(self.entity.fields()[place].name)],
            2 => vec![last],
            _ => vec![Step::Key("more"), Step::Key("a.b"), last],
        };
        (Shape { others: Vec::new(), ..shape.with(|column| column.at(path.leak())) }, Some(name))
    }

    /// Metadata that is what else a document has.
    pub(super) fn rest(&mut self, places: &mut [Place<'static>], shapes: &mut [Option<Shape>]) {
        let place = match self.entity {
            Entity::Plan => plan::METADATA,
            Entity::Subscription => subscription::METADATA,
            Entity::Usage => usage::METADATA,
        };
        let is_chosen = self.choices.one_of(2);
        let within = places.iter().find_map(|place| match place {
            Place::Column(column) if column.is_within() => Some(column.name),
            _ => None,
        });
        let (Some(name), Place::Column(column)) = (within, &mut places[place]) else { return };
        let is_document = matches!(column.form, Form::Json | Form::AnyJson) && !column.is_within();
        if is_chosen && is_document {
            column.name = name;
            // What others write there, they write over the rest.
            shapes[place].iter_mut().for_each(|shape| shape.others.clear());
        }
    }
}

/// Whether a document has room for what a column holds, in its form.
fn can_lie_within(entity: Entity, place: usize, column: &Column<'_>) -> bool {
    let is_truth_of_time = entity.fields()[place].kind == Kind::Boolean && column.form.is_time();
    let has_no_form = matches!(
        column.form,
        Form::Time
            | Form::Timestamp(_)
            | Form::DateTime(_)
            | Form::Date
            | Form::UuidBytes
            | Form::Char(_)
            | Form::Decimal(_)
            | Form::DecimalOfCurrency
            | Form::Double(_)
            | Form::JsonText
            | Form::AnyJsonText
            | Form::Array
    );
    !has_no_form && !is_truth_of_time && column.sql_type.is_none() && column.via.is_none()
}
