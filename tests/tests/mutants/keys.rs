//! Changes of keys, of indexes with their predicates, and of lists of labels.

use store_core::__private::Dialect;

use crate::mutations::{Mutant, Subject, another, is_unique};
use crate::script::{Column, Item, Rest, Script};

pub(crate) const RULES: &[&str] = &[
    "IdKeyMissing",
    "ProviderKeyMissing",
    "ProviderKeyTooWide",
    "LiveKeyMissing",
    "LiveKeyTooNarrow",
    "LiveKeyTooWide",
    "LiveKeyUnproven",
    "KeyWords",
    "KeyUnusable",
    "KeyCollation",
    // Without the primary key a column takes NULL.
    "ColumnNullable",
];

/// Every change of a key.
pub(crate) fn all(subject: &Subject<'_>) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for (at, item) in subject.script.items.iter().enumerate() {
        let changes = match item {
            Item::Column(column) if column.rest.contains("GENERATED") => made(&column.rest),
            Item::Column(column) => inline(&column.rest),
            Item::Other(text) => line(subject, text),
        };
        for (group, name, text) in changes {
            let mut script = subject.script.clone();
            match (&mut script.items[at], text) {
                (Item::Column(column), Some(text)) => column.rest = text,
                (Item::Other(line), Some(text)) => *line = text,
                (_, None) => _ = script.items.remove(at),
            }
            mutants.push(subject.mutant(group, name, RULES, script));
        }
    }
    for (at, rest) in subject.script.rest.iter().enumerate() {
        let Rest::Index(text) = rest else { continue };
        for (group, name, text) in index(subject, text) {
            let mut script = subject.script.clone();
            script.rest[at] = Rest::Text(text.unwrap_or_default());
            mutants.push(subject.mutant(group, name, RULES, script));
        }
    }
    for mutant in mutants.iter_mut().filter(|mutant| mutant.script.text().contains("folding")) {
        mutant.script = mutant.script.clone().after(
            "CREATE COLLATION folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false);",
        );
    }
    mutants
}

/// What a change is called, and the text in the place of the old one, if there is one.
type Change = (&'static str, String, Option<String>);

/// `PRIMARY KEY` behind a column.
fn inline(rest: &str) -> Vec<Change> {
    if !rest.contains("PRIMARY KEY") {
        return Vec::new();
    }
    let with = |new: &str| Some(rest.replace("PRIMARY KEY", new));
    vec![
        ("key dropped", "PRIMARY KEY".into(), with("")),
        ("key changed", "PRIMARY KEY to UNIQUE".into(), with("UNIQUE")),
    ]
}

/// A line of the table that is a key.
fn line(subject: &Subject<'_>, text: &str) -> Vec<Change> {
    let is_unique = is_unique(&Item::Other(text.to_owned()));
    let is_index = text.starts_with("KEY ");
    if !is_unique && !is_index {
        return Vec::new();
    }
    let mut changes = vec![(if is_unique { "key dropped" } else { "index dropped" }, text.to_owned(), None)];
    if is_unique && subject.dialect == Dialect::MySql && text.starts_with("UNIQUE KEY") {
        changes.push(("key not unique", text.to_owned(), Some(text.replacen("UNIQUE ", "", 1))));
    }
    if is_unique {
        changes.extend(over_others(subject, text));
    }
    changes
}

/// With a column more, and without each, where there are several.
fn over_others(subject: &Subject<'_>, text: &str) -> Vec<Change> {
    let Some(open) = text.find('(') else { return Vec::new() };
    let Some(close) = text[open..].find(')').map(|at| at + open) else { return Vec::new() };
    let columns: Vec<_> = text[open + 1..close].split(", ").collect();
    let with = |columns: &[&str]| format!("{}{}{}", &text[..=open], columns.join(", "), &text[close..]);
    let mut changes = Vec::new();
    if let Some(more) = another(subject, text) {
        let all: Vec<_> = columns.iter().copied().chain([more.written.as_str()]).collect();
        changes.push(("key over more", format!("{text} + {}", more.name), Some(with(&all))));
    }
    if columns.len() > 1 {
        for out in &columns {
            let left: Vec<_> = columns.iter().copied().filter(|column| column != out).collect();
            changes.push(("key over less", format!("{text} - {out}"), Some(with(&left))));
        }
    }
    changes
}

/// A generated column that stands for a predicate on MySQL.
fn made(rest: &str) -> Vec<Change> {
    predicates(rest).into_iter().map(|text| ("predicate", text.clone(), Some(text))).collect()
}

/// A statement that makes an index.
fn index(subject: &Subject<'_>, text: &str) -> Vec<Change> {
    let is_unique = text.contains(" UNIQUE ");
    let mut changes =
        vec![(if is_unique { "key dropped" } else { "index dropped" }, text.trim().to_owned(), None)];
    if !is_unique {
        return changes;
    }
    changes.push(("key not unique", text.trim().to_owned(), Some(text.replacen(" UNIQUE", "", 1))));
    // The name of an index may hold a parenthesis, its table's not.
    let on = text.find(" ON ").unwrap_or(0);
    changes.extend(
        over_others(subject, &text[on..])
            .into_iter()
            .map(|(group, name, new)| (group, name, new.map(|new| format!("{}{new}", &text[..on])))),
    );
    if let Some(at) = text.find(" WHERE ") {
        changes.push(("predicate", format!("none: {}", text.trim()), Some(format!("{};\n", &text[..at]))));
        let predicates = predicates(&text[at..]);
        changes.extend(
            predicates.into_iter().map(|it| ("predicate", it.clone(), Some(format!("{}{it}", &text[..at])))),
        );
    }
    changes.extend(collated(subject, text));
    changes
}

/// Under another collation, over an expression, and on Postgres with NULL as any value.
fn collated(subject: &Subject<'_>, text: &str) -> Vec<Change> {
    let Some(close) = text.find(')').filter(|_| subject.dialect != Dialect::MySql) else { return Vec::new() };
    let open = text[..close].rfind('(').map_or(0, |at| at + 1);
    let Some(last) = text[open..close].rsplit(", ").next() else { return Vec::new() };
    let of_text = subject.script.columns().any(|(_, column)| {
        column.written == last
            && ["text", "varchar"].iter().any(|it| column.ty.to_lowercase().starts_with(it))
    });
    let with = |part: &str| Some(format!("{}{part}{}", &text[..close - last.len()], &text[close..]));
    let mut changes = Vec::new();
    if of_text {
        let collation = if subject.dialect == Dialect::Sqlite { "NOCASE" } else { "folding" };
        let folded = with(&format!("{last} COLLATE {collation}"));
        changes.push(("key collation", format!("{last} {collation}"), folded));
        changes.push(("key changed", format!("lower({last})"), with(&format!("lower({last})"))));
    }
    if subject.dialect == Dialect::Postgres {
        let nulls = format!("{}) NULLS NOT DISTINCT{}", &text[..close], &text[close + 1..]);
        changes.push(("key changed", format!("{last} NULLS NOT DISTINCT"), Some(nulls)));
    }
    changes
}

/// Other predicates than this: with a label less, with one more, and with the same in another order.
fn predicates(text: &str) -> Vec<String> {
    let labels = quoted(text);
    let mut others: Vec<_> = labels
        .iter()
        .filter(|_| labels.len() > 1)
        .map(|label| text.replace(&format!("{label}, "), "").replace(&format!(", {label}"), ""))
        .collect();
    if let Some(last) = labels.last() {
        if text.contains(" IN (") {
            others.push(text.replace(last, &format!("{last}, 'paused'")));
        }
        others.push(text.replace(last, "'canceled'"));
    }
    if let [first, last] = labels.as_slice() {
        let swapped = text.replace(first, "\u{1}").replace(last, first).replace('\u{1}', last);
        others.push(swapped);
    }
    if text.contains(" IS NULL") {
        others.push(text.replacen(" IS NULL", " IS NOT NULL", 1));
    }
    others.sort();
    others.dedup();
    others.retain(|other| other != text);
    others
}

/// The texts in quotes.
fn quoted(text: &str) -> Vec<String> {
    let labels = text.split('\'').skip(1).step_by(2);
    labels.map(|label| format!("'{label}'")).collect()
}

/// Lists of labels, of enums and of checks: without each label, with another name for it, and with one more.
pub(crate) fn labels(subject: &Subject<'_>) -> Vec<Mutant> {
    let text = subject.script.text();
    let mut mutants = Vec::new();
    for List { start, end, columns } in lists(subject, &text) {
        for (name, list) in other_lists(&text[start..end]) {
            let whole = format!("{}{list}{}", &text[..start], &text[end..]);
            let script = Script::of(&whole, subject.adapter.table.name);
            let name = format!("{}: {name}", columns.join(", "));
            let mut mutant = subject.mutant("label", name, &["LabelMissing", "LabelUnread"], script);
            if list.contains(SNEAKY) {
                mutant.others = columns.iter().map(|column| (column.clone(), SNEAKY)).collect();
            }
            mutants.push(mutant);
        }
    }
    mutants
}

/// A label that nobody has heard of.
const SNEAKY: &str = "'sneaky'";

fn other_lists(list: &str) -> Vec<(String, String)> {
    let labels = quoted(list);
    let mut others = Vec::new();
    for label in &labels {
        let less = list.replacen(&format!("{label}, "), "", 1);
        let less = if less == list { list.replacen(&format!(", {label}"), "", 1) } else { less };
        others.push((format!("without {label}"), less));
        others.push((format!("{label} renamed"), list.replacen(label.as_str(), SNEAKY, 1)));
    }
    if let Some(last) = labels.last() {
        others.push(("one more".into(), list.replacen(last.as_str(), &format!("{last}, {SNEAKY}"), 1)));
    }
    others
}

/// A list in the text, and the columns that it confines.
struct List {
    start: usize,
    end: usize,
    columns: Vec<String>,
}

/// The lists that confine a column of the adapter.
fn lists(subject: &Subject<'_>, text: &str) -> Vec<List> {
    let mut lists = Vec::new();
    let columns =
        || subject.script.columns().map(|(_, column)| column).filter(|it| subject.kept(it).is_some());
    for (start, _) in text.match_indices(" AS ENUM (").chain(text.match_indices(" IN (")) {
        let line = &text[text[..start].rfind('\n').map_or(0, |at| at + 1)..start];
        let end = text[start..].find(')').map_or(text.len(), |end| start + end);
        let is_own = |column: &&Column| {
            line == format!("CREATE TYPE {}", column.ty)
                || (line.contains("CHECK (") && line.trim_start().starts_with(&column.written))
        };
        let columns: Vec<_> = columns().filter(is_own).map(|column| column.name.clone()).collect();
        if !columns.is_empty() {
            lists.push(List { start, end, columns });
        }
    }
    for column in columns().filter(|column| column.ty.starts_with("ENUM(")) {
        let start = text.find(&column.ty).unwrap_or_default();
        lists.push(List { start, end: start + column.ty.len(), columns: vec![column.name.clone()] });
    }
    lists
}
