//! Times.

use chrono::{DateTime, TimeDelta, Utc};
use store_core::__private::{Constant, Dialect, Entity, Form};
use store_core::contract::fields::Value;
use store_core::to_micros;
use store_model::contract::{Field, Kind, plan, subscription};
use store_model::form::Unit;

use super::Shape;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// 2000-01-01, which every form holds.
const Y2K: i64 = 946_684_800 * SECOND;

pub(super) fn of(dialect: Dialect, entity: Entity, place: usize, field: Field) -> Vec<Shape> {
    let shape = |form, step| shape(dialect, field, form, step);
    let whole = shape(Form::Time, 1);
    let seconds = shape(Form::Epoch(Unit::Seconds), SECOND);
    let day = shape(Form::Date, DAY);
    let text = shape(Form::TimeText("%Y-%m-%d %H:%M:%S"), SECOND);
    let naive = shape(Form::DateTime(0), SECOND);
    let mut shapes = vec![
        whole.clone(),
        shape(Form::Timestamp(0), SECOND),
        shape(Form::Timestamp(3), 1_000),
        shape(Form::Timestamp(6), 1),
        naive.clone(),
        shape(Form::DateTime(2), 10_000),
        shape(Form::DateTime(6), 1),
        day.clone(),
        seconds.clone(),
        shape(Form::Epoch(Unit::Millis), 1_000),
        shape(Form::Epoch(Unit::Micros), 1),
        text.clone(),
        shape(Form::TimeText("%FT%T%.3fZ"), 1_000),
        shape(Form::TimeText("%F %T%.6f"), 1),
        shape(Form::TimeText("%Y%m%d"), DAY),
        shape(Form::TimeText("%F %R"), 60 * SECOND),
        exact(field, &seconds, SECOND),
        exact(field, &day, DAY),
        exact(field, &shape(Form::Timestamp(3), 1_000), 1_000),
        exact(field, &text, SECOND),
    ];
    if dialect == Dialect::Postgres {
        shapes.push(seconds.clone().with(|column| column.of_type("whole")));
    }
    let constant = Constant::Time(Y2K);
    let literal = |shape: &Shape| match shape.column.form {
        Form::Epoch(_) => "946684800".to_owned(),
        Form::Date => "'2000-01-01'".to_owned(),
        Form::Time if dialect == Dialect::Postgres => "'2000-01-01 00:00:00Z'".to_owned(),
        Form::Time if dialect == Dialect::Sqlite => "'2000-01-01T00:00:00+00:00'".to_owned(),
        _ => "'2000-01-01 00:00:00'".to_owned(),
    };
    for shape in [&whole, &seconds, &day, &text, &naive] {
        let (value, literal) = (time(field, Y2K).expect("a time"), literal(shape));
        if field.kind == Kind::OptionalTime {
            shapes.push(shape.also_none(constant, &literal, &value));
        } else {
            shapes.push(shape.if_null(constant, value.clone()).also_reading(&literal, value));
        }
    }
    let made = match entity {
        Entity::Plan => plan::CREATED_AT,
        _ => subscription::CREATED_AT,
    };
    if field.kind == Kind::Time && entity != Entity::Usage && place != made {
        shapes.extend([&whole, &seconds, &text].map(|shape| shape.if_null_field(made)));
    }
    shapes
}

fn exact(field: Field, shape: &Shape, step: i64) -> Shape {
    let mut shape = shape.clone().with(|column| column.exact());
    let fine = [1, step - 1].into_iter().filter_map(|over| time(field, Y2K + over));
    shape.refuses.extend(fine);
    shape.holds.retain(|value| value.time().is_none_or(|time| time.timestamp_micros().rem_euclid(step) == 0));
    shape
}

fn time(field: Field, micros: i64) -> Option<Value> {
    let time = DateTime::from_timestamp_micros(micros)?;
    Some(match field.kind {
        Kind::OptionalTime => Value::MaybeTime(Some(time)),
        _ => Value::Time(time),
    })
}

/// The first and the last time of a form, as the databases document them.
fn ends(dialect: Dialect, form: Form<'_>) -> [DateTime<Utc>; 2] {
    let utc = |text: &str| text.parse::<DateTime<Utc>>().expect("a time");
    match (dialect, form) {
        (_, Form::Epoch(_)) => [utc("-262143-01-01T00:00:00Z"), utc("+262142-12-31T23:59:59.999999Z")],
        (Dialect::MySql, Form::Timestamp(_)) => {
            [utc("1970-01-01T00:00:01Z"), utc("2038-01-19T03:14:07.999999Z")]
        }
        (Dialect::Postgres, form) if !matches!(form, Form::TimeText(_)) => {
            [utc("-4713-11-24T00:00:00Z"), utc("+262142-12-31T23:59:59.999999Z")]
        }
        _ => [utc("0000-01-01T00:00:00Z"), utc("9999-12-31T23:59:59.999999Z")],
    }
}

fn shape(dialect: Dialect, field: Field, form: Form<'static>, step: i64) -> Shape {
    let [first, last] = ends(dialect, form);
    let step = TimeDelta::microseconds(step);
    let value = |time: DateTime<Utc>| match field.kind {
        Kind::OptionalTime => Value::MaybeTime(Some(time)),
        _ => Value::Time(time),
    };
    let y2k = DateTime::from_timestamp_micros(Y2K).expect("a time");
    // What is finer is cut, so that the last step is whole.
    let mut holds: Vec<_> =
        [y2k, first, last, first + step, last - step, y2k + TimeDelta::microseconds(1)].map(value).to_vec();
    if field.kind == Kind::OptionalTime {
        holds.push(Value::MaybeTime(None));
    }
    let beyond = [first.checked_sub_signed(step), last.checked_add_signed(TimeDelta::microseconds(1))];
    if field.name == "recorded_at" {
        // No range has the last of all times within it.
        holds.iter_mut().for_each(|value| {
            let is_last = value.time() == Some(to_micros(DateTime::<Utc>::MAX_UTC));
            if is_last {
                *value = Value::Time(last - step);
            }
        });
    }
    Shape::new(form, holds, beyond.into_iter().flatten().map(value).collect())
}
