//! Limits and features with a column for each of a few keys.

use store_core::__private::{Column, Constant, Dialect, Entity, Form, Keyed, Null, Place, Unit, Width};
use store_core::contract::fields::Value;
use store_model::contract::plan;

use super::Maker;
use crate::shapes::Shape;

/// The keys, and names of columns for them.
const KEYS: [(&str, &str); 3] = [("seats", "max seats"), ("é'`\" $1", "its `\"third\"'"), ("Seats", "seats")];

/// What a form of limits holds at its ends.
const LIMITS: [(Form<'_>, [i64; 2]); 6] = [
    (Form::INTEGER, [i64::MIN, i64::MAX]),
    (Form::Integer(Width::I16), [-32_768, 32_767]),
    (Form::Integer(Width::U32), [0, 4_294_967_295]),
    (Form::Decimal(2), [i64::MIN, i64::MAX]),
    (Form::Digits, [i64::MIN, i64::MAX]),
    (Form::DecimalText(2), [i64::MIN, i64::MAX]),
];

/// A feature is there where its column is true, or has a time or none.
const FEATURES: [(Form<'_>, Option<bool>); 5] = [
    (Form::Boolean, None),
    (Form::Integer(Width::I16), None),
    (Form::DateTime(6), Some(false)),
    (Form::Date, Some(true)),
    (Form::Epoch(Unit::Seconds), Some(false)),
];

impl Maker<'_> {
    /// A column for each key, if that is chosen.
    pub(super) fn maybe_keyed(&mut self, place: usize) -> Option<(Place<'static>, Shape)> {
        let is_of_keys = self.entity == Entity::Plan && matches!(place, plan::LIMITS | plan::FEATURES);
        if !is_of_keys || !self.choices.one_of(3) {
            return None;
        }
        let known = &KEYS[..=self.choices.below(KEYS.len())];
        if place == plan::LIMITS {
            let (form, ends) = LIMITS[self.choices.below(LIMITS.len())];
            // SQLite keeps a decimal as a double.
            let is_double = self.dialect == Dialect::Sqlite && matches!(form, Form::Decimal(_));
            let ends = if is_double { [-999_999_999_999_999, 999_999_999_999_999] } else { ends };
            Some(shape(place, known, Column::new("", form), limits(known, ends)))
        } else {
            let (form, without_time) = FEATURES[self.choices.below(FEATURES.len())];
            let null = without_time.map(|truth| Null::Is(Constant::Boolean(truth)));
            let column = Column { null, ..Column::new("", form) };
            Some(shape(place, known, column, features(known)))
        }
    }
}

/// What is held, and what is refused.
type Ends = [Vec<Value>; 2];

fn shape(
    place: usize,
    known: &'static [(&'static str, &'static str)],
    column: Column<'static>,
    [holds, refuses]: Ends,
) -> (Place<'static>, Shape) {
    let keyed = known.iter().map(|&(key, name)| Keyed {
        key,
        column: Column { name: format!("{name} {place}").leak(), ..column },
    });
    let keys: Vec<_> = keyed.collect();
    (Place::Keys(keys.leak()), Shape { column, holds, refuses, others: Vec::new(), is_own: true })
}

fn limits(known: &[(&str, &str)], [first, last]: [i64; 2]) -> Ends {
    let map = |list: &[(&str, i64)]| {
        Value::Numbers(list.iter().map(|(key, number)| ((*key).to_owned(), *number)).collect())
    };
    let all = |number: i64| map(&known.iter().map(|(key, _)| (*key, number)).collect::<Vec<_>>());
    let (one, of_all) = (known[0].0, known[known.len() - 1].0);
    let beyond = [first.checked_sub(1), last.checked_add(1)].into_iter().flatten();
    let other = map(&[(one, 1), ("other", 1)]);
    [
        vec![map(&[]), map(&[(one, 7)]), map(&[(of_all, last)]), all(first), all(last)],
        beyond.map(|number| map(&[(of_all, number)])).chain([other]).collect(),
    ]
}

fn features(known: &[(&str, &str)]) -> Ends {
    let list = |list: &[&str]| Value::List(list.iter().map(|key| (*key).to_owned()).collect());
    let all: Vec<_> = known.iter().map(|(key, _)| *key).collect();
    let turned: Vec<_> = all.iter().rev().copied().collect();
    let mut refuses = vec![list(&["other"]), list(&[all[0], all[0]])];
    refuses.extend((all.len() > 1).then(|| list(&turned)));
    [vec![list(&[]), list(&all[all.len() - 1..]), list(&all)], refuses]
}
