//! The unique key behind `atomic`: one row for each subscriber, of those that are live and no others.

use std::collections::BTreeSet;

use super::{Subject, beside};
use crate::adapter::{Atomic, Dialect, Key, Stored};
use crate::contract::Entity;
use crate::contract::subscription::{STATUS, SUBSCRIBER_ID};
use crate::form::Form;
use crate::schema::finding::Finding;
use crate::schema::predicate::{Condition, Literal, case, condition};
use crate::schema::remedy;
use crate::schema::table::{Index, Part, same_name};
use crate::sql::{live_key, live_values, names};

/// A unique index of subscribers.
pub(super) struct Candidate<'a> {
    pub(super) index: &'a Index,
    rows: Rows,
    /// Whether rows that are not the store's are left out.
    is_own: bool,
    /// The rows in words.
    words: String,
}

/// What a row has as status; none for NULL.
type Value = Option<Literal>;

/// Which rows are in an index.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Rows {
    /// Those with one of these values as status.
    Of(BTreeSet<Value>),
    /// Those with any other.
    But(BTreeSet<Value>),
    Unknown,
}

/// How the rows of an index stand to those that are live.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    Exact,
    Narrow,
    Wide,
    Unknown,
}

fn is_atomic(subject: &Subject<'_>) -> bool {
    let adapter = subject.adapter;
    let has_columns = [SUBSCRIBER_ID, STATUS].iter().all(|&place| subject.column(place).is_some());
    let by_key = !matches!(adapter.options().atomic, Atomic::Lock(_));
    adapter.entity == Entity::Subscription && adapter.extended && has_columns && by_key
}

/// A view shows no keys.
pub(super) fn view(subject: &Subject<'_>) -> Vec<Finding> {
    if !subject.is_view() || !is_atomic(subject) {
        return Vec::new();
    }
    vec![Finding::LiveKeyOfView {
        table: subject.name(),
        remedy: "name the table behind it in `table`, or leave out `atomic`".into(),
    }]
}

/// There is such a key, and none that refuses more.
pub(super) fn key(subject: &Subject<'_>) -> Vec<Finding> {
    if subject.is_view() || !is_atomic(subject) {
        return Vec::new();
    }
    if let Atomic::Key(key) = subject.adapter.options().atomic {
        return declared(subject, &key);
    }
    let candidates = candidates(subject);
    let live = live(subject);
    let of = |extent| candidates.iter().filter(|it| it.extent(&live) == extent).collect::<Vec<_>>();
    let wide = of(Extent::Wide);
    if of(Extent::Exact).iter().any(|it| it.index.fault.is_none()) || !wide.is_empty() {
        return wide.into_iter().map(|it| it.finding(subject, &live)).collect();
    }
    let mut findings: Vec<_> = candidates.iter().map(|it| it.finding(subject, &live)).collect();
    if findings.is_empty() {
        findings
            .push(missing(subject, names(subject.adapter, SUBSCRIBER_ID).collect::<Vec<_>>().join("`, `")));
    }
    findings
}

fn missing(subject: &Subject<'_>, column: String) -> Finding {
    let remedy = remedy::own_key(subject, &live_key(subject.adapter), None);
    Finding::LiveKeyMissing { table: subject.name(), column, remedy }
}

/// A key of the table's own is there, and leaves out no live row. It can hold more: that was said with it.
fn declared(subject: &Subject<'_>, key: &Key<'_>) -> Vec<Finding> {
    let is_partial = key.predicate.is_some() && subject.dialect() != Dialect::MySql;
    let named = subject.keys_over(key.columns.to_vec()).filter(|it| it.predicate.is_some() == is_partial);
    let made = subject.table.indexes.iter().filter_map(|index| made(subject, index));
    let keys: Vec<_> = named.map(|index| of_index(subject, index)).chain(made).collect();
    let live = live(subject);
    let is_enough = |it: &&Candidate<'_>| it.index.fault.is_none() && it.extent(&live) != Extent::Narrow;
    if keys.iter().any(|it| is_enough(&it)) {
        return Vec::new();
    }
    if keys.is_empty() {
        return vec![missing(subject, key.columns.join("`, `"))];
    }
    keys.iter().map(|it| it.finding(subject, &live)).collect()
}

/// Puts the adapter's own key in the place of one that says the same in other words.
pub(super) fn anew(subject: &Subject<'_>) -> Option<String> {
    let candidates = candidates(subject);
    let live = live(subject);
    let exact = candidates.iter().find(|it| it.extent(&live) == Extent::Exact)?;
    Some(remedy::own_key(subject, &live_key(subject.adapter), Some(exact.index)))
}

/// The unique indexes that could be the key: on the subscriber's column, or on one that the database makes from it.
pub(super) fn candidates<'a>(subject: &'a Subject<'_>) -> Vec<Candidate<'a>> {
    if !is_atomic(subject) {
        return Vec::new();
    }
    let on_column = subject.keys_on(SUBSCRIBER_ID).map(|index| of_index(subject, index));
    let made = subject.table.indexes.iter().filter_map(|index| made(subject, index));
    on_column.chain(made).collect()
}

/// What is stored for the statuses that are live.
fn live(subject: &Subject<'_>) -> BTreeSet<Value> {
    let stored = live_values(subject.adapter.kept(STATUS));
    let literal = |stored: Stored<'_>| match stored {
        Stored::Text(text) => Some(Some(Literal::Text(text.to_owned()))),
        Stored::Integer(number) => Some(Some(Literal::Integer(number))),
        Stored::Boolean(boolean) => Some(Some(Literal::Integer(boolean.into()))),
        Stored::Null => Some(None),
        Stored::Tuple(_) => None,
    };
    stored.into_iter().filter_map(literal).collect()
}

fn of_index<'a>(subject: &Subject<'_>, index: &'a Index) -> Candidate<'a> {
    let words = index.predicate.clone().unwrap_or_else(|| "every row".into());
    let (rows, is_own) = match index.predicate.as_deref() {
        Some(text) => condition(text).map_or((Rows::Unknown, true), |it| rows_of(subject, it)),
        None => (Rows::all(), true),
    };
    Candidate { index, rows, is_own, words }
}

/// The rows for which a condition holds, and whether only rows of the store are among them.
fn rows_of(subject: &Subject<'_>, condition: Condition) -> (Rows, bool) {
    let (rest, is_own) = beside::without(subject.adapter, condition);
    (rest.map_or_else(Rows::all, |rest| rows(subject, &rest).unwrap_or(Rows::Unknown)), is_own)
}

/// On MySQL, which has no predicates: an index of values that are NULL in the rows that are to be left out.
fn made<'a>(subject: &Subject<'_>, index: &'a Index) -> Option<Candidate<'a>> {
    let expression = match subject.in_stead_of(SUBSCRIBER_ID, index)? {
        Part::Column { name, .. } => subject.table.column(subject.dialect(), name)?.generated.clone()?,
        Part::Expression(expression) => expression.clone(),
    };
    if subject.dialect() != Dialect::MySql || !index.unique {
        return None;
    }
    let subscriber = subject.last(SUBSCRIBER_ID);
    let (rows, is_own) = match case(&expression) {
        Some(case) if !same_name(Dialect::MySql, &case.column, subscriber) => return None,
        Some(case) if case.is_trimmed && !is_fixed(subject) => (Rows::Unknown, true),
        Some(case) => rows_of(subject, case.condition),
        None if expression.contains(subscriber) => (Rows::Unknown, true),
        None => return None,
    };
    Some(Candidate { index, rows, is_own, words: expression })
}

/// Whether blanks at the end of a subscriber's id are none of it.
fn is_fixed(subject: &Subject<'_>) -> bool {
    matches!(subject.adapter.kept(SUBSCRIBER_ID).form, Form::Uuid | Form::Char(_))
}

/// The rows for which a condition holds, as far as it speaks of the status. That the subscriber has a value says nothing:
/// it always has.
fn rows(subject: &Subject<'_>, condition: &Condition) -> Option<Rows> {
    let is =
        |column: &str, place: usize| same_name(subject.dialect(), column, subject.adapter.kept(place).name);
    match condition {
        Condition::In { column, values } if is(column, STATUS) => {
            Some(Rows::Of(values.iter().cloned().map(Some).collect()))
        }
        Condition::Null(column) if is(column, STATUS) => Some(Rows::Of(BTreeSet::from([None]))),
        Condition::NotNull(column) if is(column, STATUS) => Some(Rows::But(BTreeSet::from([None]))),
        Condition::NotNull(column) if is(column, SUBSCRIBER_ID) => Some(Rows::all()),
        Condition::In { .. } | Condition::Not { .. } | Condition::Null(_) | Condition::NotNull(_) => None,
        Condition::All(parts) => join(subject, parts, Rows::and),
        Condition::Any(parts) => join(subject, parts, Rows::or),
    }
}

fn join(subject: &Subject<'_>, parts: &[Condition], join: fn(Rows, Rows) -> Rows) -> Option<Rows> {
    let parts: Option<Vec<_>> = parts.iter().map(|part| rows(subject, part)).collect();
    parts?.into_iter().reduce(join)
}

impl Rows {
    const fn all() -> Self {
        Self::But(BTreeSet::new())
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Of(one), Self::Of(other)) => Self::Of(&one & &other),
            (Self::Of(these), Self::But(others)) | (Self::But(others), Self::Of(these)) => {
                Self::Of(&these - &others)
            }
            (Self::But(one), Self::But(other)) => Self::But(&one | &other),
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
        }
    }

    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Of(one), Self::Of(other)) => Self::Of(&one | &other),
            (Self::Of(these), Self::But(others)) | (Self::But(others), Self::Of(these)) => {
                Self::But(&others - &these)
            }
            (Self::But(one), Self::But(other)) => Self::But(&one & &other),
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
        }
    }

    fn extent(&self, live: &BTreeSet<Value>) -> Extent {
        match self {
            Self::Unknown => Extent::Unknown,
            Self::Of(values) if values == live => Extent::Exact,
            Self::Of(values) if values.is_superset(live) => Extent::Wide,
            Self::But(values) if values.is_disjoint(live) => Extent::Wide,
            Self::Of(_) | Self::But(_) => Extent::Narrow,
        }
    }
}

impl Candidate<'_> {
    fn extent(&self, live: &BTreeSet<Value>) -> Extent {
        match self.rows.extent(live) {
            Extent::Exact if !self.is_own => Extent::Wide,
            extent => extent,
        }
    }

    /// What is wrong with this index as the key behind `atomic`.
    fn finding(&self, subject: &Subject<'_>, live: &BTreeSet<Value>) -> Finding {
        let table = subject.name();
        let key = self.index.name.clone();
        let rows = self.words.clone();
        let remedy = remedy::own_key(subject, &live_key(subject.adapter), Some(self.index));
        match (self.extent(live), self.index.fault) {
            (Extent::Exact, fault) => {
                Finding::KeyUnusable { table, key, reason: fault.unwrap_or_default().into(), remedy }
            }
            (Extent::Narrow, _) => Finding::LiveKeyTooNarrow { table, key, rows, remedy },
            (Extent::Wide, _) => Finding::LiveKeyTooWide { table, key, rows, remedy },
            (Extent::Unknown, _) => Finding::LiveKeyUnproven { table, key, rows, remedy },
        }
    }
}
