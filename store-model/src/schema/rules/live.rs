//! The unique key behind `atomic`: one row for each subscriber, of those that are live and no others.

use std::collections::BTreeSet;

use super::Subject;
use crate::adapter::Dialect;
use crate::contract::Entity;
use crate::contract::status::LIVE;
use crate::contract::subscription::{STATUS, SUBSCRIBER_ID};
use crate::schema::finding::Finding;
use crate::schema::predicate::{Condition, case, condition};
use crate::schema::remedy;
use crate::schema::table::{Index, Part, same_name};
use crate::sql::live_key;

/// A unique index of subscribers.
pub(super) struct Candidate<'a> {
    pub(super) index: &'a Index,
    rows: Rows,
    /// The rows in words.
    words: String,
}

/// Which rows are in an index.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Rows {
    All,
    /// Those with one of these words as status.
    Of(BTreeSet<String>),
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
    adapter.entity == Entity::Subscription && adapter.extended && has_columns
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
    let candidates = candidates(subject);
    let of = |extent| candidates.iter().filter(move |it| it.rows.extent() == extent);
    if of(Extent::Exact).any(|it| it.index.fault.is_none()) || of(Extent::Wide).next().is_some() {
        return of(Extent::Wide).map(|it| it.finding(subject)).collect();
    }
    let mut findings: Vec<_> = candidates.iter().map(|it| it.finding(subject)).collect();
    if findings.is_empty() {
        findings.push(Finding::LiveKeyMissing {
            table: subject.name(),
            column: subject.adapter.kept(SUBSCRIBER_ID).name.into(),
            remedy: remedy::own_key(subject, &live_key(subject.adapter), None),
        });
    }
    findings
}

/// Puts the adapter's own key in the place of one that says the same in other words.
pub(super) fn anew(subject: &Subject<'_>) -> Option<String> {
    let candidates = candidates(subject);
    let exact = candidates.iter().find(|it| it.rows.extent() == Extent::Exact)?;
    Some(remedy::own_key(subject, &live_key(subject.adapter), Some(exact.index)))
}

/// The unique indexes that could be the key: on the subscriber's column, or on one that the database makes from it.
pub(super) fn candidates<'a>(subject: &'a Subject<'_>) -> Vec<Candidate<'a>> {
    if !is_atomic(subject) {
        return Vec::new();
    }
    let on_column = subject.keys_on(SUBSCRIBER_ID).map(|index| Candidate {
        index,
        rows: index.predicate.as_deref().map_or(Rows::All, |text| rows_where(subject, text)),
        words: index.predicate.clone().unwrap_or_else(|| "every row".into()),
    });
    let made = subject.table.indexes.iter().filter_map(|index| made(subject, index));
    on_column.chain(made).collect()
}

fn rows_where(subject: &Subject<'_>, text: &str) -> Rows {
    condition(text).and_then(|condition| rows(subject, &condition)).unwrap_or(Rows::Unknown)
}

/// On MySQL, which has no predicates: an index of values that are NULL in the rows that are to be left out.
fn made<'a>(subject: &Subject<'_>, index: &'a Index) -> Option<Candidate<'a>> {
    let [part] = index.parts.as_slice() else {
        return None;
    };
    let expression = match part {
        Part::Column { name, .. } => subject.table.column(subject.dialect(), name)?.generated.clone()?,
        Part::Expression(expression) => expression.clone(),
    };
    if subject.dialect() != Dialect::MySql || !index.unique {
        return None;
    }
    let subscriber = subject.adapter.kept(SUBSCRIBER_ID).name;
    let rows = match case(&expression) {
        Some(case) if !same_name(Dialect::MySql, &case.column, subscriber) => return None,
        Some(case) => rows(subject, &case.condition).unwrap_or(Rows::Unknown),
        None if expression.contains(subscriber) => Rows::Unknown,
        None => return None,
    };
    Some(Candidate { index, rows, words: expression })
}

/// The rows for which a condition holds, as far as it speaks of the status. That the subscriber has a value says nothing:
/// it always has.
fn rows(subject: &Subject<'_>, condition: &Condition) -> Option<Rows> {
    let is =
        |column: &str, place: usize| same_name(subject.dialect(), column, subject.adapter.kept(place).name);
    match condition {
        Condition::In { column, words } if is(column, STATUS) => Some(Rows::Of(words.clone())),
        Condition::NotNull(column) if is(column, STATUS) || is(column, SUBSCRIBER_ID) => Some(Rows::All),
        Condition::In { .. } | Condition::NotNull(_) => None,
        Condition::All(parts) => join(subject, parts, Rows::and),
        Condition::Any(parts) => join(subject, parts, Rows::or),
    }
}

fn join(subject: &Subject<'_>, parts: &[Condition], join: fn(Rows, Rows) -> Rows) -> Option<Rows> {
    let parts: Option<Vec<_>> = parts.iter().map(|part| rows(subject, part)).collect();
    parts?.into_iter().reduce(join)
}

impl Rows {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::All, rows) | (rows, Self::All) => rows,
            (Self::Of(one), Self::Of(other)) => Self::Of(one.intersection(&other).cloned().collect()),
            _ => Self::Unknown,
        }
    }

    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Of(one), Self::Of(other)) => Self::Of(one.union(&other).cloned().collect()),
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            _ => Self::All,
        }
    }

    fn extent(&self) -> Extent {
        match self {
            Self::All => Extent::Wide,
            Self::Unknown => Extent::Unknown,
            Self::Of(words) if !LIVE.iter().all(|word| words.contains(*word)) => Extent::Narrow,
            Self::Of(words) if words.len() > LIVE.len() => Extent::Wide,
            Self::Of(_) => Extent::Exact,
        }
    }
}

impl Candidate<'_> {
    /// What is wrong with this index as the key behind `atomic`.
    fn finding(&self, subject: &Subject<'_>) -> Finding {
        let table = subject.name();
        let key = self.index.name.clone();
        let rows = self.words.clone();
        let remedy = remedy::own_key(subject, &live_key(subject.adapter), Some(self.index));
        match (self.rows.extent(), self.index.fault) {
            (Extent::Exact, fault) => {
                Finding::KeyUnusable { table, key, reason: fault.unwrap_or_default().into(), remedy }
            }
            (Extent::Narrow, _) => Finding::LiveKeyTooNarrow { table, key, rows, remedy },
            (Extent::Wide, _) => Finding::LiveKeyTooWide { table, key, rows, remedy },
            (Extent::Unknown, _) => Finding::LiveKeyUnproven { table, key, rows, remedy },
        }
    }
}
