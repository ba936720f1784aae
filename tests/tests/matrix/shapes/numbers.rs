//! Amounts, quantities, counts and days.

use store_core::__private::{Constant, Dialect, Form};
use store_core::contract::fields::Value;
use store_model::contract::{Field, Kind};
use store_model::form::Width;

use super::Shape;

/// A double tells 15 digits apart.
const DIGITS: i64 = 999_999_999_999_999;

pub(super) fn of(dialect: Dialect, field: Field) -> Vec<Shape> {
    let all = [i64::MIN, i64::MAX];
    let decimal = if dialect == Dialect::Sqlite { [-DIGITS, DIGITS] } else { all };
    let shape = |form, ends| shape(field, form, ends);
    let whole = shape(Form::INTEGER, all);
    let cents = shape(Form::Decimal(2), decimal);
    let digits = shape(Form::Digits, all);
    let mut shapes = vec![
        whole.clone(),
        shape(Form::Integer(Width::I16), [-32_768, 32_767]),
        shape(Form::Integer(Width::I32), [-2_147_483_648, 2_147_483_647]),
        shape(Form::Integer(Width::U8), [0, 255]),
        shape(Form::Integer(Width::U16), [0, 65_535]),
        shape(Form::Integer(Width::U32), [0, 4_294_967_295]),
        shape(Form::Integer(Width::U64), [0, i64::MAX]),
        shape(Form::Decimal(0), decimal),
        cents.clone(),
        shape(Form::Decimal(18), decimal),
        shape(Form::Double(0), [-DIGITS, DIGITS]),
        shape(Form::Double(2), [-DIGITS, DIGITS]),
        digits.clone(),
        spelled(field, shape(Form::DecimalText(0), all), &[("'20'", 20)]),
        spelled(field, shape(Form::DecimalText(2), all), &[("'20'", 2_000), ("'19.990000'", 1_999)]),
    ];
    if dialect == Dialect::Postgres {
        let typed = whole.clone().with(|column| column.of_type("whole"));
        shapes.push(spelled(field, typed, &[("7", 7), ("7.00", 7)]));
    }
    match field.name {
        "amount" => shapes.push(shape(Form::DecimalOfCurrency, decimal)),
        "trial_days" => shapes.push(shape(Form::Seconds, all)),
        _ => {}
    }
    for (shape, literal) in [(&whole, "0"), (&cents, "0.00"), (&digits, "'0'")] {
        let null = shape.if_null(Constant::Integer(0), number(field, 0).expect("zero"));
        shapes.push(spelled(field, null, &[(literal, 0)]));
    }
    shapes
}

fn spelled(field: Field, shape: Shape, others: &[(&str, i64)]) -> Shape {
    others.iter().fold(shape, |shape, (literal, value)| {
        shape.also_reading(literal, number(field, *value).expect("a number of the field"))
    })
}

fn number(field: Field, number: i64) -> Option<Value> {
    match field.kind {
        Kind::Count => number.try_into().ok().map(Value::Count),
        _ => Some(Value::Integer(number)),
    }
}

/// A form that holds a range, as far as the field has it.
fn shape(field: Field, form: Form<'static>, [first, last]: [i64; 2]) -> Shape {
    let of_count = [0, i64::from(u32::MAX)];
    let [least, most] = if field.kind == Kind::Count { of_count } else { [i64::MIN, i64::MAX] };
    let (first, last) = (first.max(least), last.min(most));
    let near = [first, first + 1, 0, 1, 7, last - 1, last];
    let beyond = [first.checked_sub(1), last.checked_add(1)].into_iter().flatten();
    Shape::new(
        form,
        near.into_iter().filter_map(|it| number(field, it)).collect(),
        beyond.filter_map(|it| number(field, it)).collect(),
    )
}
