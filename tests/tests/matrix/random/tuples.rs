//! A status, an interval or whether a plan is active, told by two columns.

use store_core::__private::{Column, Entity, Form, Label, Meaning, Stored, Width};
use store_core::contract::fields::Value;
use store_model::contract::{Field, plan, subscription};
use store_model::sql::quote;

use super::Maker;
use crate::shapes::{Shape, literal};

use Meaning::{Interval, Word};
use Stored::{Boolean, Integer, Null, Text};

/// What two columns have for each value, and their forms.
type Tuples = (&'static [Label<'static>], [Form<'static>; 2]);

const FLAGGED: &[Label<'_>] = &[
    Label::new(Word("trialing"), &[Stored::Tuple(&[&[Text("active")], &[Boolean(true)]])]),
    Label::new(Word("active"), &[Stored::Tuple(&[&[Text("active")], &[Boolean(false), Null]])]),
    Label::new(Word("past_due"), &[Stored::Tuple(&[&[Text("late"), Text("past due")], &[]])]),
    Label::new(
        Word("canceled"),
        &[Stored::Tuple(&[&[Text("cancelled")], &[]]), Stored::Tuple(&[&[Text("ended")], &[Boolean(false)]])],
    ),
    Label::new(Word("it's over"), &[Stored::Tuple(&[&[Text("it's over")], &[]])]),
];

const NUMBERED: &[Label<'_>] = &[
    Label::new(Word("active"), &[Stored::Tuple(&[&[Integer(1)], &[Text("on"), Text("ON")]])]),
    Label::new(Word("paused"), &[Stored::Tuple(&[&[Integer(1)], &[Null, Text("off")]])]),
    Label::new(
        Word("canceled"),
        &[Stored::Tuple(&[&[Integer(2)], &[]]), Stored::Tuple(&[&[], &[Text("never")]])],
    ),
];

const COUNTED: &[Label<'_>] = &[
    Label::new(Interval("month", 1), &[Stored::Tuple(&[&[Text("m")], &[Integer(1), Null]])]),
    Label::new(Interval("month", 3), &[Stored::Tuple(&[&[Text("m")], &[Integer(3)]])]),
    Label::new(Interval("year", 1), &[Stored::Tuple(&[&[Text("y"), Text("Y")], &[]])]),
];

const UNITS: &[Label<'_>] = &[
    Label::new(Word("day"), &[Stored::Tuple(&[&[Boolean(true)], &[Integer(0), Null]])]),
    Label::new(Word("month"), &[Stored::Tuple(&[&[Boolean(false)], &[Integer(0)]])]),
    Label::new(Word("moon"), &[Stored::Tuple(&[&[Boolean(false)], &[Integer(-1)]])]),
];

const SHOWN: &[Label<'_>] = &[
    Label::new(Meaning::Boolean(true), &[Stored::Tuple(&[&[Text("on")], &[Boolean(false)]])]),
    Label::new(
        Meaning::Boolean(false),
        &[Stored::Tuple(&[&[Text("off")], &[]]), Stored::Tuple(&[&[], &[Boolean(true)]])],
    ),
];

const SHORT: Form<'_> = Form::Integer(Width::I16);

impl Maker<'_> {
    /// The shape of two columns that tell a field together, if one is chosen.
    pub(super) fn maybe_over(&mut self, place: usize, field: Field) -> Option<Shape> {
        let all: &[Tuples] = match (self.entity, place) {
            (Entity::Subscription, subscription::STATUS) => {
                &[(FLAGGED, [Form::Text, Form::Boolean]), (NUMBERED, [SHORT, Form::Text])]
            }
            (Entity::Plan, plan::INTERVAL) => {
                &[(COUNTED, [Form::Text, SHORT]), (UNITS, [Form::Boolean, SHORT])]
            }
            (Entity::Plan, plan::ACTIVE) => &[(SHOWN, [Form::Text, Form::Boolean])],
            _ => return None,
        };
        let (is_chosen, number) = (self.choices.one_of(4), self.choices.below(all.len()));
        if !is_chosen {
            return None;
        }
        let (labels, [first, second]) = all[number];
        let beside: &[Column<'_>] =
            vec![Column::new(format!("`{}`, \"too\"", field.name).leak(), second)].leak();
        let other = quote(self.dialect, beside[0].name);
        let others = labels.iter().flat_map(|label| {
            let tuples = label.stored.iter().flat_map(|stored| written(*stored, &other));
            tuples.filter_map(|literals| Some((literals, Some(value(label.meaning)?)))).collect::<Vec<_>>()
        });
        let column = Column::new("", first).labelled(labels, false).over(beside);
        let held = labels.iter().filter_map(|label| value(label.meaning));
        Some(Shape {
            column,
            holds: held.collect(),
            refuses: Vec::new(),
            others: others.collect(),
            is_own: true,
        })
    }
}

/// What another application writes in both columns, or in the first where the other one says nothing: `'m', "count" = 1`.
fn written(stored: Stored<'_>, other: &str) -> Vec<String> {
    let Stored::Tuple([first, second]) = stored else { return Vec::new() };
    let each = first.iter().flat_map(|first| match second {
        [] => vec![literal(*first)],
        second => second
            .iter()
            .map(|second| format!("{}, {other} = {}", literal(*first), literal(*second)))
            .collect(),
    });
    each.collect()
}

/// The value of a label; of several of an interval none is told.
fn value(meaning: Meaning<'_>) -> Option<Value> {
    match meaning {
        Word(word) | Interval(word, 1) => Some(Value::Text(word.into())),
        Interval(..) => None,
        Meaning::Boolean(truth) => Some(Value::Boolean(truth)),
    }
}
