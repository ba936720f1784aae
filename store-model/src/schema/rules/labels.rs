//! Columns that are confined to a list of values, by an enum or a check: that the store's values are in it, and that it can
//! read all of them.

use super::Subject;
use super::columns::fit;
use crate::adapter::{Adapter, Constant, Dialect, Extra, Meaning, Null, Part, Source, Stored};
use crate::contract::{Entity, interval, plan, status, subscription};
use crate::form::Form;
use crate::schema::finding::Finding;
use crate::schema::remedy;
use crate::schema::table::{self, List, ListedBy};
use crate::schema::types::Fit;
use crate::sql::stored;

/// The values that an annotation or the contract has for a field.
pub(super) fn meanings<'a>(adapter: &Adapter<'a>, place: usize) -> Vec<Meaning<'a>> {
    // What a codec makes of them, only it knows.
    let Some(column) = adapter.column(place).filter(|column| !column.is_coded()) else { return Vec::new() };
    let words: &[&str] = match (adapter.entity, place) {
        (Entity::Subscription, subscription::STATUS) => &status::ALL,
        (Entity::Plan, plan::INTERVAL) if !matches!(column.form, Form::Iso8601 | Form::Code) => {
            &interval::ALL
        }
        _ => &[],
    };
    let truths: &[bool] = if is_active(adapter, place) { &[true, false] } else { &[] };
    let known = words.iter().map(|word| Meaning::Word(word));
    let known: Vec<_> = known.chain(truths.iter().map(|truth| Meaning::Boolean(*truth))).collect();
    let labels = column.labels.iter().flat_map(|labels| labels.list).map(|label| label.meaning);
    let others: Vec<_> = labels.filter(|meaning| !known.contains(meaning)).collect();
    known.into_iter().chain(others).collect()
}

fn is_active(adapter: &Adapter<'_>, place: usize) -> bool {
    (adapter.entity, place) == (Entity::Plan, plan::ACTIVE)
}

/// What is stored in a column for a value of its field, of which the first is written.
pub(super) fn values<'a>(adapter: &Adapter<'a>, part: Part<'a>, meaning: Meaning<'a>) -> Vec<Stored<'a>> {
    let Some(column) = adapter.column(part.place) else { return Vec::new() };
    let of_part = |stored| match stored {
        Stored::Tuple(parts) => parts.get(part.number).map(|it| it.to_vec()).unwrap_or_default(),
        one if part.number == 0 => vec![one],
        _ => Vec::new(),
    };
    stored(column, meaning).into_iter().flat_map(of_part).collect()
}

/// What a value is called in a list; none for NULL, which every list allows.
fn listed(stored: Stored<'_>) -> Option<String> {
    match stored {
        Stored::Text(text) => Some(text.to_owned()),
        Stored::Integer(number) => Some(number.to_string()),
        Stored::Boolean(boolean) => Some(i32::from(boolean).to_string()),
        Stored::Null | Stored::Tuple(_) => None,
    }
}

/// Every value that is written is in the lists of its column.
pub(super) fn missing(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    if adapter.options().read_only || subject.is_view() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for part in adapter.written() {
        // What is of another type has lists of another.
        let Some(column) = subject.part(part).filter(|it| fit(subject, part, it) == Fit::Fits) else {
            continue;
        };
        for list in &column.lists {
            let needed = needed(adapter, part, list);
            findings.extend(lacking(subject, column, list, &needed, adapter.field(part.place)));
        }
    }
    findings
}

/// What is written, and on Postgres, where a literal of an enum is one of its labels, what is looked for in literals.
fn needed(adapter: &Adapter<'_>, part: Part<'_>, list: &List) -> Vec<String> {
    let is_sought = is_active(adapter, part.place)
        || (adapter.entity, part.place) == (Entity::Subscription, subscription::STATUS);
    let is_literal =
        adapter.dialect == Dialect::Postgres && matches!(list.by, ListedBy::Type(_)) && is_sought;
    let written = meanings(adapter, part.place).into_iter().flat_map(|meaning| {
        let all = values(adapter, part, meaning);
        let count = if is_literal { all.len() } else { 1 };
        all.into_iter().take(count)
    });
    let mut needed: Vec<String> = Vec::new();
    for label in written.filter_map(listed) {
        if !needed.contains(&label) {
            needed.push(label);
        }
    }
    needed
}

fn lacking(
    subject: &Subject<'_>,
    column: &table::Column,
    list: &List,
    needed: &[String],
    of: &str,
) -> Option<Finding> {
    let absent: Vec<_> = needed.iter().filter(|label| !list.values.contains(label)).cloned().collect();
    (!absent.is_empty()).then(|| Finding::LabelMissing {
        table: subject.name(),
        column: column.name.clone(),
        list: name(list),
        labels: quoted(&absent),
        of: of.into(),
        remedy: remedy::add_labels(subject.adapter, column, list, &absent),
    })
}

/// Literals of options are in the lists of their columns too.
pub(super) fn missing_beside(subject: &Subject<'_>) -> Vec<Finding> {
    let options = subject.adapter.options();
    let of = |extras: &[Extra<'_>], option: &str| -> Vec<Finding> {
        let literals = extras.iter().filter_map(|extra| match extra.value {
            Source::Literal(stored) => Some((extra.column.name, listed(stored)?)),
            _ => None,
        });
        literals.filter_map(|(name, value)| beside(subject, name, value, option)).flatten().collect()
    };
    let mut findings = of(options.scope, "scope");
    findings.extend(of(options.insert, "insert"));
    findings.extend(of(options.write, "write"));
    if let Some(mark) = &options.soft_delete {
        let marks = [mark.live, mark.deleted].into_iter().flatten().filter_map(listed);
        let found = marks.filter_map(|value| beside(subject, mark.column.name, value, "soft_delete"));
        findings.extend(found.flatten());
    }
    findings
}

fn beside(subject: &Subject<'_>, name: &str, value: String, option: &str) -> Option<Vec<Finding>> {
    let column = subject.table.column(subject.dialect(), name)?;
    let needed = [value];
    Some(column.lists.iter().filter_map(|list| lacking(subject, column, list, &needed, option)).collect())
}

/// Every value of a list reads as something: another application may write it.
pub(super) fn unread(subject: &Subject<'_>) -> Vec<Finding> {
    let finding = |(part, column): (Part<'_>, &table::Column)| {
        let (first, others) = column.lists.split_first()?;
        let readable = readable(subject.adapter, part)?;
        let allowed = first.values.iter().filter(|value| others.iter().all(|it| it.values.contains(value)));
        let unread: Vec<_> = allowed.filter(|value| !readable.contains(value)).cloned().collect();
        (!unread.is_empty()).then(|| Finding::LabelUnread {
            table: subject.name(),
            column: column.name.clone(),
            list: name(first),
            labels: quoted(&unread),
            field: subject.adapter.field(part.place).into(),
            remedy: "give each a label".into(),
        })
    };
    subject.columns().filter_map(finding).collect()
}

/// All that reads as a value of the field; nothing where anything does, or what does depends on other columns.
fn readable(adapter: &Adapter<'_>, part: Part<'_>) -> Option<Vec<String>> {
    let is_closed = part.column.labels.is_some_and(|labels| !labels.open);
    let is_alone = adapter.fields[part.place].width() == 1;
    if !is_alone || !(is_closed || is_active(adapter, part.place)) {
        return None;
    }
    let none = match part.column.null {
        Some(Null::Also(Constant::Text(none))) => Some(none.to_owned()),
        _ => None,
    };
    let read = meanings(adapter, part.place).into_iter().flat_map(|meaning| values(adapter, part, meaning));
    Some(read.filter_map(listed).chain(none).collect())
}

fn name(list: &List) -> String {
    match &list.by {
        ListedBy::Type(name) if name == "enum" => "the enum".into(),
        ListedBy::Type(name) => format!("the enum `{name}`"),
        ListedBy::Check(name) if name.is_empty() => "the check".into(),
        ListedBy::Check(name) => format!("the check `{name}`"),
    }
}

fn quoted(labels: &[String]) -> String {
    labels.iter().map(|label| format!("`{label}`")).collect::<Vec<_>>().join(", ")
}
