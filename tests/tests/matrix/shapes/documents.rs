//! Lists, limits and metadata.

use store_core::__private::{Constant, Dialect, Entity, Form};
use store_core::contract::fields::Value;
use store_model::contract::{Field, Kind};

use super::Shape;

pub(super) fn of(dialect: Dialect, entity: Entity, field: Field) -> Vec<Shape> {
    let list = |list: &[&str]| Value::List(list.iter().map(|text| (*text).to_owned()).collect());
    let empty = match field.kind {
        Kind::List => list(&[]),
        Kind::Numbers => Value::Numbers([].into()),
        _ => Value::Texts([].into()),
    };
    let some = match field.kind {
        Kind::List => list(&["b", "a", "b"]),
        Kind::Numbers => Value::Numbers([("a".into(), i64::MAX), ("b".into(), i64::MIN)].into()),
        _ => Value::Texts([("a".into(), "1".into()), ("é\"".into(), String::new())].into()),
    };
    let holds = || vec![empty.clone(), some.clone()];
    let json = Shape::new(Form::Json, holds(), Vec::new());
    let text = Shape::new(Form::JsonText, holds(), Vec::new());
    // Blanks and an order of keys that no store writes.
    let (blank, written) = match field.kind {
        Kind::List => ("'[ \"b\",\"a\" ]'", list(&["b", "a"])),
        Kind::Numbers => {
            ("'{ \"b\" : 2,  \"a\":1 }'", Value::Numbers([("a".into(), 1), ("b".into(), 2)].into()))
        }
        _ => (
            "'{ \"b\" : \"y\",  \"a\":\"x\" }'",
            Value::Texts([("a".into(), "x".into()), ("b".into(), "y".into())].into()),
        ),
    };
    let mut shapes = vec![
        json.clone(),
        json.if_null(Constant::Empty, empty.clone()),
        text.clone().also_reading(blank, written.clone()),
        text.if_null(Constant::Empty, empty.clone()).also_reading(blank, written),
    ];
    if field.kind == Kind::List {
        let delimited = Shape::new(
            Form::Delimited(","),
            vec![empty.clone(), some.clone(), list(&["", ""])],
            vec![list(&[""]), list(&["a,b"]), list(&["a", ","])],
        );
        shapes.push(delimited.clone());
        shapes.push(delimited.if_null(Constant::Empty, empty.clone()).also_reading("''", empty.clone()));
        if dialect == Dialect::Postgres {
            let array = Shape::new(Form::Array, holds(), Vec::new());
            shapes.push(array.clone());
            shapes.push(array.if_null(Constant::Empty, empty.clone()).also_reading("'{}'", empty.clone()));
        }
    }
    if entity == Entity::Usage {
        let any = || Value::Texts([("a".into(), "1".into()), ("b".into(), "x".into())].into());
        for form in [Form::AnyJson, Form::AnyJsonText] {
            shapes.push(
                Shape::new(form, holds(), Vec::new()).also_reading("'{\"a\": 1, \"b\": \"x\"}'", any()),
            );
        }
    }
    shapes
}
