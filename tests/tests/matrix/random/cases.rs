//! A status, or whether a plan is active, that other columns decide.

use store_core::__private::{Entity, Form, Meaning, Place, When};
use store_core::contract::fields::Value;
use store_model::contract::{Kind, plan, subscription};
use store_model::sql::quote;

use super::Maker;
use crate::decision::{Decision, Test};
use crate::shapes::Shape;

use Meaning::{Boolean, Word};

/// What is decided for, in the order in which it is asked; the last is what is left.
const STATES: &[Meaning<'_>] =
    &[Word("canceled"), Word("trialing"), Word("it's over"), Word("paused"), Word("active")];
const TRUTHS: [&[Meaning<'_>]; 2] =
    [&[Boolean(true), Boolean(false)], &[Boolean(false), Boolean(false), Boolean(true)]];

impl Maker<'_> {
    /// Puts a case in the place of a column, if one is chosen and there are columns to decide.
    pub(super) fn maybe_decided(
        &mut self,
        places: &mut [Place<'static>],
        shapes: &mut [Option<Shape>],
    ) -> Option<Decision> {
        let (place, meanings) = match self.entity {
            Entity::Plan => (plan::ACTIVE, TRUTHS[self.choices.below(2)]),
            Entity::Subscription => (subscription::STATUS, STATES),
            Entity::Usage => return None,
        };
        let is_chosen = self.choices.one_of(4);
        let mut tests: Vec<_> = (0..places.len()).filter_map(|other| self.test(places, other)).collect();
        tests.retain(|_| !self.choices.one_of(3));
        if !is_chosen || tests.is_empty() {
            return None;
        }
        let (rest, decided) = meanings.split_last().expect("something is decided for");
        let branches: Vec<_> = decided.iter().zip(tests).collect();
        let when = |(meaning, test): &(&Meaning<'static>, Test)| When {
            meaning: **meaning,
            predicate: Some(test.sql.clone().leak()),
        };
        let rest_of_case = When { meaning: *rest, predicate: None };
        let list: Vec<_> = branches.iter().map(when).chain([rest_of_case]).collect();
        places[place] = Place::Case(list.leak());
        shapes[place] = None;
        let branches = branches.into_iter().map(|(meaning, test)| (value(*meaning), test)).collect();
        Some(Decision { place, branches, rest: value(*rest) })
    }

    /// What the column of a field can be asked for, where its own value stands in it.
    fn test(&self, places: &[Place<'static>], place: usize) -> Option<Test> {
        let Place::Column(column) = places[place] else { return None };
        let is_itself = column.null.is_none() && column.via.is_none() && !column.is_within();
        if !is_itself || column.name.contains('\'') {
            return None;
        }
        let name = quote(self.dialect, column.name);
        let is_none = |value: &Value| matches!(value, Value::MaybeText(None) | Value::MaybeTime(None));
        let (sql, is): (_, fn(&Value) -> bool) = match (self.entity.fields()[place].kind, column.form) {
            (Kind::OptionalTime, _) => (format!("{name} IS NOT NULL"), |value| value.time().is_some()),
            (Kind::OptionalKey, _) => (format!("{name} IS NULL"), is_none),
            (Kind::Integer, Form::INTEGER) => {
                (format!("{name} > 7"), |value| matches!(value, Value::Integer(8..)))
            }
            (Kind::Count, Form::INTEGER) => {
                (format!("{name} > 7"), |value| matches!(value, Value::Count(8..)))
            }
            (Kind::Key | Kind::Text, Form::Text) if column.sql_type.is_none() => {
                (format!("{name} = 'a'"), |value| value.text() == Some("a"))
            }
            _ => return None,
        };
        Some(Test { place, sql, is })
    }
}

fn value(meaning: Meaning<'_>) -> Value {
    match meaning {
        Word(word) | Meaning::Interval(word, _) => Value::Text(word.into()),
        Boolean(truth) => Value::Boolean(truth),
    }
}
