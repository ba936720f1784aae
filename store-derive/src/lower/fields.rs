//! Where each field of the contract is.

use store_model::adapter::{self, Column, Place};
use store_model::contract::{Entity, Field};
use store_model::form::Form;

use crate::mapping::{self, Constant, Mapping};

/// Where a field is: a column of its own name, if nothing else is said.
pub(crate) enum Mapped {
    Column(String, Form<'static>),
    Always(Constant),
    Absent,
}

impl Mapped {
    pub(crate) fn as_place(&self) -> Place<'_> {
        match self {
            Self::Column(name, form) => Place::Column(Column::new(name, *form)),
            Self::Always(constant) => Place::Always(match constant {
                Constant::Text(text) => adapter::Constant::Text(text),
                Constant::Integer(number) => adapter::Constant::Integer(*number),
                Constant::Boolean(boolean) => adapter::Constant::Boolean(*boolean),
                Constant::Time(micros) => adapter::Constant::Time(*micros),
            }),
            Self::Absent => Place::Absent,
        }
    }
}

/// The fields of a record, in the order of the contract.
pub(crate) fn fields(entity: Entity, mapping: &Mapping) -> Vec<Mapped> {
    let field = |(place, field): (usize, &Field)| {
        let column = |name: String| Mapped::Column(name, Form::of(field.kind));
        match mapping.of(place) {
            Some(mapping::Place::Column(name)) => column(name.value()),
            Some(mapping::Place::Always(constant)) => Mapped::Always(constant.clone()),
            Some(mapping::Place::Absent) => Mapped::Absent,
            Some(mapping::Place::Unknown) | None => column(field.name.into()),
        }
    };
    entity.fields().iter().enumerate().map(field).collect()
}
