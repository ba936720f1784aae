//! The unique key behind `atomic`: one row for each subscriber, of those that are live and no others.

use super::keys::{is_known_by, other_words};
use super::rows::{Extent, extent};
use super::words::are_alike;
use super::{Subject, beside};
use crate::adapter::{Adapter, Atomic, Dialect, Key, Stored};
use crate::contract::Entity;
use crate::contract::subscription::{STATUS, SUBSCRIBER_ID};
use crate::form::Form;
use crate::schema::finding::Finding;
use crate::schema::predicate::{Condition, Literal, case, condition};
use crate::schema::remedy;
use crate::schema::table::{Index, Part, Table, same_name};
use crate::sql::{self, last_in_key, live_key, live_rows, live_values, names, quote};

/// A unique index of subscribers.
pub(super) struct Candidate<'a> {
    pub(super) index: &'a Index,
    /// The rows that are in it, as far as that is understood.
    rows: Option<Condition>,
    /// Whether rows that are not the store's are left out.
    is_own: bool,
    /// The rows in words.
    words: String,
}

/// The rows that are live.
enum Live {
    Rows(Condition),
    /// In words that are not understood, without what databases add to them.
    Said(String),
}

fn is_atomic(subject: &Subject<'_>) -> bool {
    let adapter = subject.adapter;
    let has_columns = [SUBSCRIBER_ID, STATUS].iter().all(|&place| {
        let mut parts = adapter.parts_of(place);
        adapter.is_told(place) && parts.all(|part| subject.part(part).is_some())
    });
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
    let exact = of(Extent::Exact);
    if wide.is_empty()
        && let Some(meant) = sql::live_rows_of(subject.adapter)
        && let Some(other) =
            exact.first().filter(|_| !exact.iter().any(|it| is_known_by(subject, it.index, &meant)))
    {
        let own = remedy::own_key(subject, &live_key(subject.adapter), Some(other.index));
        return vec![other_words(subject, other.index, &meant, own)];
    }
    if exact.iter().any(|it| it.index.fault.is_none()) || !wide.is_empty() {
        return wide.into_iter().map(|it| it.finding(subject, &live)).collect();
    }
    let mut findings: Vec<_> = candidates.iter().map(|it| it.finding(subject, &live)).collect();
    if findings.is_empty() {
        findings
            .push(missing(subject, names(subject.adapter, SUBSCRIBER_ID).collect::<Vec<_>>().join("`, `")));
    }
    findings
}

/// Whether the key that an adapter declares leaves out rows that are live, as far as its predicate is understood.
#[must_use]
pub fn leaves_out_live(adapter: &Adapter<'_>) -> bool {
    let Atomic::Key(Key { predicate: Some(predicate), .. }) = adapter.options().atomic else { return false };
    let is_atomic = adapter.entity == Entity::Subscription && adapter.extended;
    if !is_atomic || !adapter.is_told(STATUS) || adapter.parts_of(STATUS).any(|part| part.column.is_within())
    {
        return false;
    }
    let table = Table::default();
    let subject = Subject { adapter, table: &table, whole: adapter };
    let index = Index { predicate: Some(predicate.to_owned()), ..Index::default() };
    of_index(&subject, &index).extent(&live(&subject)) == Extent::Narrow
}

fn missing(subject: &Subject<'_>, column: String) -> Finding {
    let remedy = remedy::own_key(subject, &live_key(subject.adapter), None);
    Finding::LiveKeyMissing { table: subject.name(), column, remedy }
}

/// A key of the table's own is there, and leaves out no live row. It can hold more: that was said with it.
fn declared(subject: &Subject<'_>, key: &Key<'_>) -> Vec<Finding> {
    let is_partial = key.predicate.is_some() && subject.dialect() != Dialect::MySql;
    let named = subject.keys_over(key.columns.to_vec()).filter(|it| it.predicate.is_some() == is_partial);
    let subscriber = subject.last(SUBSCRIBER_ID);
    let is_other = |column: &&str| !same_name(subject.dialect(), column, subscriber);
    let others: Vec<_> = key.columns.iter().copied().filter(is_other).collect();
    let indexes = subject.table.indexes.iter();
    let made = indexes.filter_map(|index| made(subject, index, subject.other_than(&others, index)?));
    let keys: Vec<_> = named.map(|index| of_index(subject, index)).chain(made).collect();
    let live = live(subject);
    let meant = key.predicate.filter(|_| subject.dialect() != Dialect::MySql);
    let is_known = |it: &Candidate<'_>| meant.is_none_or(|meant| is_known_by(subject, it.index, meant));
    if let (Some(meant), Some(other)) = (meant, keys.first().filter(|_| !keys.iter().any(is_known))) {
        let own = remedy::own_key(subject, &live_key(subject.adapter), Some(other.index));
        return vec![other_words(subject, other.index, meant, own)];
    }
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
    let indexes = subject.table.indexes.iter();
    let made = indexes.filter_map(|index| made(subject, index, subject.in_stead_of(SUBSCRIBER_ID, index)?));
    on_column.chain(made).collect()
}

/// What is stored for the statuses that are live.
fn live(subject: &Subject<'_>) -> Live {
    let adapter = subject.adapter;
    if adapter.decided(STATUS).is_some() {
        return Live::Rows(decided());
    }
    if let Some(said) = adapter.kept(STATUS).live_sql {
        let understood = condition(said).and_then(|condition| rows(subject, &condition));
        return understood.map_or_else(|| Live::Said(plain(&live_rows(adapter))), Live::Rows);
    }
    let row = |stored: &Stored<'_>| match stored {
        Stored::Tuple(parts) => {
            let said = names(adapter, STATUS).zip(*parts).filter(|(_, values)| !values.is_empty());
            Condition::All(said.map(|(name, values)| has_one_of(name, values)).collect())
        }
        single => has_one_of(adapter.kept(STATUS).name, std::slice::from_ref(single)),
    };
    Live::Rows(Condition::Any(live_values(adapter.kept(STATUS)).iter().map(row).collect()))
}

/// The live rows where other columns decide the status. What these have is not looked at: a condition is that of live rows,
/// in the words of the adapter, or it is not understood.
fn decided() -> Condition {
    Condition::NotNull("the case".into())
}

/// The rows of an index, where other columns decide the status.
fn decided_rows(printed: Option<&str>, meant: &[String]) -> (Option<Condition>, bool) {
    let is_meant = |printed| meant.iter().any(|meant| are_alike(printed, meant));
    let rows = printed.map_or(Some(every_row()), |printed| is_meant(printed).then(decided));
    (rows, true)
}

fn has_one_of(column: &str, values: &[Stored<'_>]) -> Condition {
    let literal = |stored: &Stored<'_>| match *stored {
        Stored::Text(text) => Some(Literal::Text(text.to_owned())),
        Stored::Integer(number) => Some(Literal::Integer(number)),
        Stored::Boolean(boolean) => Some(Literal::Integer(boolean.into())),
        Stored::Null | Stored::Tuple(_) => None,
    };
    let known = Condition::In { column: column.into(), values: values.iter().filter_map(literal).collect() };
    let null = values.contains(&Stored::Null).then(|| Condition::Null(column.into()));
    Condition::Any([known].into_iter().chain(null).collect())
}

fn of_index<'a>(subject: &Subject<'_>, index: &'a Index) -> Candidate<'a> {
    let words = index.predicate.clone().unwrap_or_else(|| "every row".into());
    let (rows, is_own) = match index.predicate.as_deref() {
        predicate if subject.adapter.decided(STATUS).is_some() => {
            decided_rows(predicate, &[live_rows(subject.adapter)])
        }
        Some(text) => condition(text).map_or((None, true), |it| rows_of(subject, it)),
        None => (Some(every_row()), true),
    };
    Candidate { index, rows, is_own, words }
}

/// The rows for which a condition holds, and whether only rows of the store are among them.
fn rows_of(subject: &Subject<'_>, condition: Condition) -> (Option<Condition>, bool) {
    let (rest, is_own) = beside::without(subject.adapter, condition);
    (rest.map_or_else(|| Some(every_row()), |rest| rows(subject, &rest)), is_own)
}

const fn every_row() -> Condition {
    Condition::All(Vec::new())
}

/// On MySQL, which has no predicates: an index of values that are NULL in the rows that are to be left out.
fn made<'a>(subject: &Subject<'_>, index: &'a Index, part: &Part) -> Option<Candidate<'a>> {
    let expression = match part {
        Part::Column { name, .. } => subject.table.column(subject.dialect(), name)?.generated.clone()?,
        Part::Expression(expression) => expression.clone(),
    };
    if subject.dialect() != Dialect::MySql || !index.unique {
        return None;
    }
    let subscriber = subject.last(SUBSCRIBER_ID);
    let (rows, is_own) = match case(&expression) {
        _ if subject.adapter.decided(STATUS).is_some() => {
            let rows = live_rows(subject.adapter);
            let values = [quote(Dialect::MySql, subscriber), last_in_key(subject.adapter, SUBSCRIBER_ID)];
            let meant = values.map(|value| format!("CASE WHEN {rows} THEN {value} END"));
            decided_rows(Some(&expression), &meant)
        }
        Some(case) if !same_name(Dialect::MySql, &case.column, subscriber) => return None,
        Some(case) if case.is_trimmed && !is_fixed(subject) => (None, true),
        Some(case) => rows_of(subject, case.condition),
        None if expression.contains(subscriber) => (None, true),
        None => return None,
    };
    Some(Candidate { index, rows, is_own, words: expression })
}

/// Whether blanks at the end of a subscriber's id are none of it.
fn is_fixed(subject: &Subject<'_>) -> bool {
    matches!(subject.adapter.kept(SUBSCRIBER_ID).own_form(), Form::Uuid | Form::Char(_))
}

/// A condition under the names that the adapter has for columns, as far as it speaks of the status. That the subscriber has
/// a value says nothing: it always has.
fn rows(subject: &Subject<'_>, condition: &Condition) -> Option<Condition> {
    let adapter = subject.adapter;
    let of = |place, column: &str| {
        let mut names = names(adapter, place);
        names.find(|name| same_name(subject.dialect(), column, name)).map(str::to_owned)
    };
    Some(match condition {
        Condition::In { column, values } => {
            Condition::In { column: of(STATUS, column)?, values: values.clone() }
        }
        Condition::Null(column) => Condition::Null(of(STATUS, column)?),
        Condition::NotNull(column) if of(SUBSCRIBER_ID, column).is_some() => every_row(),
        Condition::NotNull(column) => Condition::NotNull(of(STATUS, column)?),
        Condition::Not { .. } => return None,
        Condition::All(parts) => Condition::All(each(subject, parts)?),
        Condition::Any(parts) => Condition::Any(each(subject, parts)?),
    })
}

fn each(subject: &Subject<'_>, parts: &[Condition]) -> Option<Vec<Condition>> {
    parts.iter().map(|part| rows(subject, part)).collect()
}

/// A condition without what databases add to it when they print it; on MySQL it stands in a `CASE`.
fn plain(words: &str) -> String {
    let is_word = |letter: &char| !letter.is_whitespace() && !"()`\"".contains(*letter);
    let words: String = words.chars().filter(is_word).flat_map(char::to_lowercase).collect();
    let within = words.strip_prefix("casewhen").and_then(|rest| rest.rsplit_once("then"));
    within.map_or(words.clone(), |(condition, _)| condition.to_owned())
}

impl Candidate<'_> {
    fn extent(&self, live: &Live) -> Extent {
        let extent = match (live, &self.rows) {
            (Live::Rows(live), Some(rows)) => extent(rows, live),
            (Live::Said(words), _) if plain(&self.words) == *words => Extent::Exact,
            _ => Extent::Unknown,
        };
        match extent {
            Extent::Exact if !self.is_own => Extent::Wide,
            extent => extent,
        }
    }

    /// What is wrong with this index as the key behind `atomic`.
    fn finding(&self, subject: &Subject<'_>, live: &Live) -> Finding {
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
