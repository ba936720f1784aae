//! Words of a status or an interval, and what is true or false.

use store_core::__private::{Constant, Dialect, Form, Label, Meaning, Stored};
use store_core::contract::fields::Value;
use store_model::contract::Field;
use store_model::form::{Unit, Width};

use super::{Shape, text};

const fn word(word: &'static str, stored: &'static [Stored<'static>]) -> Label<'static> {
    Label::new(Meaning::Word(word), stored)
}

const fn of_count(word: &'static str, count: u32, stored: &'static [Stored<'static>]) -> Label<'static> {
    Label::new(Meaning::Interval(word, count), stored)
}

use Stored::{Boolean, Integer, Null, Text};

const STATES: &[Label<'_>] = &[
    word("trialing", &[Text("trialing")]),
    word("active", &[Text("active")]),
    word("past_due", &[Text("past due")]),
    word("paused", &[Text("paused")]),
    word("canceled", &[Text("cancelled")]),
    word("done", &[Text("it's over")]),
];

const TWINS: &[Label<'_>] = &[
    word("active", &[Text("on"), Text("running")]),
    word("paused", &[Text("off"), Text("Off"), Null]),
    word("canceled", &[Text("cancelled"), Text("canceled")]),
    word("incomplete", &[Text("new")]),
];

const NUMBERED: &[Label<'_>] = &[
    word("pending", &[Integer(0)]),
    word("active", &[Integer(1)]),
    word("canceled", &[Integer(3), Integer(4), Null]),
    word("paused", &[Integer(100)]),
];

const UNITS: &[Label<'_>] = &[
    word("day", &[Text("day")]),
    word("week", &[Text("wk")]),
    word("month", &[Text("month")]),
    word("year", &[Text("year")]),
];

const NUMBERED_UNITS: &[Label<'_>] = &[
    word("week", &[Integer(0), Integer(9), Null]),
    word("month", &[Integer(1)]),
    word("year", &[Integer(2)]),
];

const COUNTED: &[Label<'_>] = &[
    of_count("week", 1, &[Text("wk")]),
    of_count("month", 1, &[Text("month"), Text("30 days")]),
    of_count("month", 3, &[Text("quarter"), Null]),
];

const COUNTED_NUMBERS: &[Label<'_>] = &[
    of_count("week", 1, &[Integer(0)]),
    of_count("month", 1, &[Integer(1)]),
    of_count("year", 1, &[Integer(2)]),
    of_count("month", 3, &[Integer(3)]),
    of_count("month", 6, &[Integer(4), Integer(-4), Null]),
];

const WIDTHS: [Width; 6] = [Width::I16, Width::I32, Width::I64, Width::U8, Width::U16, Width::U32];

pub(super) fn of(dialect: Dialect, field: Field) -> Vec<Shape> {
    let is_status = field.name == "status";
    let texts = |list: &[&str]| list.iter().map(|it| text(field, it)).collect::<Vec<_>>();
    let (states, numbered) = if is_status { (STATES, NUMBERED) } else { (UNITS, NUMBERED_UNITS) };
    let meanings = |labels: &[Label<'_>]| {
        let words = labels.iter().filter_map(|label| match label.meaning {
            Meaning::Word(word) => Some(text(field, word)),
            _ => None,
        });
        words.collect::<Vec<_>>()
    };
    let known = if is_status { "active" } else { "month" };
    let odd = texts(&["", "incomplete!", "007", "99999999999999999999"]);
    let plain = Shape::new(Form::Text, texts(&[known, "", "ACTIVE", "a ", "日本"]), Vec::new());
    let mut shapes = vec![
        plain.clone(),
        plain
            .if_null(Constant::Text(known), text(field, known))
            .also_reading(&format!("'{known}'"), text(field, known)),
        Shape::new(Form::Char(9), texts(&[known, "", "123456789"]), texts(&["1234567890", "a "])),
        reading(
            field,
            Shape::new(Form::Text, meanings(states), odd.clone()).with(|it| it.labelled(states, false)),
        ),
        reading(
            field,
            Shape::new(Form::Char(9), meanings(states), odd.clone()).with(|it| it.labelled(states, false)),
        ),
        reading(
            field,
            Shape::new(Form::Char(9), texts(&["short"]), texts(&["far too long", "a "]))
                .with(|it| it.labelled(states, true)),
        ),
    ];
    if is_status {
        let open = texts(&["active", "paused", "canceled", "incomplete", "expired", "ON", "", "on "]);
        let taken = texts(&["on", "running", "off", "Off", "cancelled", "new"]);
        let closed = texts(&["expired", "on", "off", ""]);
        shapes.push(reading(field, Shape::new(Form::Text, open, taken).with(|it| it.labelled(TWINS, true))));
        shapes.push(reading(
            field,
            Shape::new(Form::Text, meanings(TWINS), closed).with(|it| it.labelled(TWINS, false)),
        ));
    }
    for width in WIDTHS {
        let closed = Shape::new(Form::Integer(width), meanings(numbered), texts(&["5", "1", "expired", ""]));
        shapes.push(reading(field, closed.with(|it| it.labelled(numbered, false))));
        let last = match width {
            Width::U8 => "255",
            Width::I16 => "32767",
            Width::U16 => "65535",
            Width::I32 => "2147483647",
            Width::U32 => "4294967295",
            _ => "9223372036854775807",
        };
        let beyond = (last.parse::<i128>().expect("a number") + 1).to_string();
        let open = Shape::new(
            Form::Integer(width),
            texts(&["active", "canceled", "month", "7", last])
                .into_iter()
                .filter(|it| {
                    let word = it.text().unwrap_or_default();
                    word.parse::<i128>().is_ok() || meanings(numbered).contains(it)
                })
                .collect(),
            texts(&["1", "0", "expired", "007", "+7", "", &beyond]),
        );
        shapes.push(reading(field, open.with(|it| it.labelled(numbered, true))));
    }
    if dialect == Dialect::Postgres {
        let ty = if is_status { "state" } else { "unit" };
        let native = Shape::new(Form::Text, meanings(states), odd);
        shapes.push(reading(field, native.with(|it| it.of_type(ty).labelled(states, false))));
        let whole = Shape::new(Form::Integer(Width::I32), meanings(numbered), texts(&["5", ""]));
        shapes.push(reading(field, whole.with(|it| it.of_type("whole").labelled(numbered, false))));
    }
    if !is_status {
        shapes.extend(counted(field));
    }
    shapes
}

/// Intervals that have their count with them.
fn counted(field: Field) -> Vec<Shape> {
    let of = |form, labels: &'static [Label<'static>], open| {
        let shape = Shape::new(form, Vec::new(), vec![text(field, "day")]);
        reading(field, shape.with(|it| it.labelled(labels, open)))
    };
    let mut open = of(Form::Text, COUNTED, true);
    open.refuses.clear();
    let months = || vec![text(field, "month"), text(field, "year")];
    vec![
        of(Form::Text, COUNTED, false),
        of(Form::Integer(Width::I32), COUNTED_NUMBERS, false),
        of(Form::Integer(Width::I16), COUNTED_NUMBERS, false),
        open,
        Shape::new(Form::Iso8601, months(), vec![text(field, "quarter"), text(field, "")]),
        Shape::new(Form::Code, months(), vec![text(field, "quarter"), text(field, "")]),
    ]
}

pub(super) fn of_boolean() -> Vec<Shape> {
    const fn label(boolean: bool, stored: &'static [Stored<'static>]) -> Label<'static> {
        Label::new(Meaning::Boolean(boolean), stored)
    }
    const SWAPPED: &[Label<'_>] = &[label(true, &[Boolean(false)]), label(false, &[Boolean(true), Null])];
    const LETTERS: &[Label<'_>] = &[label(true, &[Text("y"), Text("Y")]), label(false, &[Text("n"), Null])];
    const NUMBERS: &[Label<'_>] = &[label(true, &[Integer(1), Integer(7)]), label(false, &[Integer(2)])];
    const ONLY_TRUE: &[Label<'_>] = &[label(true, &[Integer(1)])];
    let both = || [true, false].map(Value::Boolean).to_vec();
    let labelled = |form, labels: &'static [Label<'static>]| {
        let mut shape = Shape::new(form, both(), Vec::new()).with(|it| it.labelled(labels, false));
        shape.others = others(labels, |meaning| match meaning {
            Meaning::Boolean(boolean) => Some(Value::Boolean(boolean)),
            _ => None,
        });
        shape
    };
    let plain = Shape::new(Form::Boolean, both(), Vec::new());
    let mut shapes = vec![plain.clone()];
    for (boolean, literal) in [(true, "TRUE"), (false, "FALSE")] {
        let value = Value::Boolean(boolean);
        shapes.push(plain.if_null(Constant::Boolean(boolean), value.clone()).also_reading(literal, value));
    }
    // Whether there is a time.
    let times = [
        (Form::Timestamp(0), "'2001-02-03 04:05:06'"),
        (Form::Date, "'2001-02-03'"),
        (Form::Epoch(Unit::Seconds), "-5"),
    ];
    for ((form, literal), null) in times.into_iter().flat_map(|it| [(it, true), (it, false)]) {
        let shape = Shape::new(form, both(), Vec::new());
        let shape = shape.if_null(Constant::Boolean(null), Value::Boolean(null));
        shapes.push(shape.also_reading(literal, Value::Boolean(!null)));
    }
    shapes.extend(WIDTHS.map(|width| Shape::new(Form::Integer(width), both(), Vec::new())));
    shapes.extend([
        labelled(Form::Boolean, SWAPPED),
        labelled(Form::Text, LETTERS),
        labelled(Form::Char(1), LETTERS),
        labelled(Form::Integer(Width::I16), NUMBERS),
        Shape {
            holds: vec![Value::Boolean(true)],
            refuses: vec![Value::Boolean(false)],
            ..labelled(Form::Integer(Width::U8), ONLY_TRUE)
        },
    ]);
    shapes
}

/// The same shape, which reads each label as what it means. What is live could be so twice.
fn reading(field: Field, shape: Shape) -> Shape {
    let labels = shape.column.labels.expect("it has labels").list;
    let others = others(labels, |meaning| match meaning {
        Meaning::Word("active" | "trialing") => None,
        Meaning::Word(word) => Some(text(field, word)),
        Meaning::Interval(word, 1) => Some(text(field, word)),
        _ => None,
    });
    Shape { others, ..shape }
}

fn others(
    labels: &[Label<'static>],
    value: impl Fn(Meaning<'static>) -> Option<Value>,
) -> Vec<(String, Option<Value>)> {
    let each = labels.iter().flat_map(|label| label.stored.iter().map(|stored| (label.meaning, *stored)));
    let read = each.filter_map(|(meaning, stored)| Some((literal(stored), Some(value(meaning)?))));
    read.collect()
}

pub(crate) fn literal(stored: Stored<'_>) -> String {
    match stored {
        Text(text) => format!("'{}'", text.replace('\'', "''")),
        Integer(number) => number.to_string(),
        Boolean(boolean) => boolean.to_string().to_uppercase(),
        _ => "NULL".into(),
    }
}
