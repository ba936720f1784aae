//! Every shape that the column of a field can have: form, type, labels, what NULL stands for; with what it holds at its
//! ends and what it refuses beyond them, as the documentation says it, and not the code.

mod documents;
mod numbers;
mod texts;
mod times;
mod words;

use store_core::__private::{Column, Constant, Dialect, Entity, Form, Null};
use store_core::contract::fields::Value;
use store_model::contract::{Field, Kind};

pub(crate) use words::literal;

/// One shape of a column; its name comes with the adapter.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) column: Column<'static>,
    /// Values that it holds, at the ends of its range among them.
    pub(crate) holds: Vec<Value>,
    /// Values that it refuses, next to the ends of its range among them.
    pub(crate) refuses: Vec<Value>,
    /// Literals that others write, and what each reads as; nothing for the value of another field.
    pub(crate) others: Vec<(String, Option<Value>)>,
    /// Whether it is one of the field's own, and not what another field needs.
    pub(crate) is_own: bool,
}

impl Shape {
    fn new(form: Form<'static>, holds: Vec<Value>, refuses: Vec<Value>) -> Self {
        Self { column: Column::new("", form), holds, refuses, others: Vec::new(), is_own: true }
    }

    pub(crate) fn with(self, change: impl FnOnce(Column<'static>) -> Column<'static>) -> Self {
        Self { column: change(self.column), ..self }
    }

    fn also_reading(mut self, literal: &str, value: Value) -> Self {
        self.others.push((literal.to_owned(), Some(value)));
        self
    }

    /// The same where NULL is a value.
    fn if_null(&self, constant: Constant<'static>, value: Value) -> Self {
        let mut shape = self.clone().with(|column| column.with_null(Null::Is(constant)));
        shape.others.push(("NULL".into(), Some(value.clone())));
        shape.holds.push(value);
        shape
    }

    /// The same where NULL is the value of another field.
    fn if_null_field(&self, place: usize) -> Self {
        let place = u8::try_from(place).expect("a record has few fields");
        let mut shape = self.clone().with(|column| column.with_null(Null::IsField(place)));
        shape.others.push(("NULL".into(), None));
        shape
    }

    /// The same where a value, which a literal writes, stands for none too.
    fn also_none(&self, constant: Constant<'static>, literal: &str, value: &Value) -> Self {
        let mut shape = self.clone().with(|column| column.with_null(Null::Also(constant)));
        let none = value.empty();
        shape.others.extend(["NULL", literal].map(|literal| (literal.to_owned(), Some(none.clone()))));
        // A finer time would be cut to it.
        let step = shape.column.form.step().unwrap_or(1);
        let cut = |it: &Value| it.time().map(|time| time.timestamp_micros().div_euclid(step));
        let (refused, held) =
            shape.holds.into_iter().partition(|it| it == value || cut(it).is_some() && cut(it) == cut(value));
        (shape.holds, shape.refuses) = (held, [shape.refuses, refused].concat());
        shape.refuses.push(value.clone());
        shape
    }
}

/// The shapes of a field.
pub(crate) fn of(dialect: Dialect, entity: Entity, place: usize) -> Vec<Shape> {
    let field = entity.fields()[place];
    match field.kind {
        Kind::Key | Kind::Text | Kind::OptionalKey => texts::of(dialect, place, field),
        Kind::Word => words::of(dialect, field),
        Kind::Boolean => words::of_boolean(),
        Kind::Integer | Kind::Count => numbers::of(dialect, field),
        Kind::Time | Kind::OptionalTime => times::of(dialect, entity, place, field),
        Kind::List | Kind::Numbers | Kind::Texts => documents::of(dialect, entity, field),
    }
}

/// A text in a field.
fn text(field: Field, text: &str) -> Value {
    match field.kind {
        Kind::OptionalKey => Value::MaybeText(Some(text.into())),
        _ => Value::Text(text.into()),
    }
}

/// What the types are that shapes name, on Postgres.
pub(crate) const TYPES: &str = "
    CREATE DOMAIN whole AS NUMERIC(30, 2);
    CREATE DOMAIN identity AS UUID;
    CREATE DOMAIN code AS VARCHAR(40) COLLATE \"C\";
    CREATE TYPE state AS ENUM ('trialing', 'active', 'past due', 'paused', 'cancelled', 'it''s over');
    CREATE TYPE unit AS ENUM ('day', 'wk', 'month', 'year');
";
