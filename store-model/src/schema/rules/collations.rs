//! Keys and words are compared byte for byte, in columns and in unique indexes.

use std::collections::BTreeSet;

use super::Subject;
use super::labels::{meanings, values};
use super::live;
use crate::adapter::{self, Stored};
use crate::contract::subscription::STATUS;
use crate::contract::{Entity, Kind};
use crate::form::Form;
use crate::schema::finding::Finding;
use crate::schema::remedy;
use crate::schema::table::{Collation, Column, Equality, Index, ListedBy, Part, same_name};
use crate::sql::{folds_case, identity, provider_place};

/// What a collation overlooks, if it does.
pub(super) fn effect(collation: &Collation) -> Option<String> {
    match collation.equality {
        Equality::Bytes => None,
        Equality::Padded => Some("spaces at the end".into()),
        Equality::Folded => Some("case or marks".into()),
    }
}

/// The columns in which something is looked up.
pub(super) fn of_columns(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    let finding = |(part, column): (adapter::Part<'_>, &Column)| {
        let kind = adapter.entity.fields()[part.place].kind;
        let is_status = (adapter.entity, part.place) == (Entity::Subscription, STATUS)
            && !is_closed(subject, part, column);
        let is_key = matches!(kind, Kind::Key | Kind::OptionalKey) || is_status;
        // What leads to another table is compared as that one does.
        let is_compared = is_key && part.column.via.is_none() && !part.column.is_within();
        let is_equal = |it: &&Collation| is_status || subject.compares(column, it);
        let is_open = |it: &&Collation| is_compared && !is_settled(part.column, it);
        let collation = column.collation.as_ref().filter(is_equal).filter(is_open)?;
        Some(Finding::ColumnCollation {
            table: subject.name(),
            column: column.name.clone(),
            collation: collation.name.clone(),
            effect: effect(collation)?,
            remedy: remedy(subject, part, column, collation),
        })
    };
    subject.columns().filter_map(finding).collect()
}

impl Subject<'_> {
    /// Whether texts that a collation holds equal are so for statements, or for a key. What is bound is a text, which `citext` is
    /// compared with as one.
    pub(super) fn compares(&self, column: &Column, collation: &Collation) -> bool {
        !collation.is_of_type() || self.table.is_in_key(self.dialect(), &column.name)
    }
}

/// Whether a form has no two texts that are held equal: a UUID is written in one way alone, and what has a fixed length ends in
/// no blank.
const fn is_spelt_one_way(form: Form<'_>, equality: Equality) -> bool {
    matches!((form, equality), (Form::Uuid, _) | (Form::Char(_), Equality::Padded))
}

/// Whether nothing is left to say of a collation under which texts are held equal: there are no two such texts, or the adapter
/// says that there are, so that statements compare bytes beside it: by a collation, whichever it is, or by the type that does so.
pub(super) fn is_settled(column: &adapter::Column<'_>, collation: &Collation) -> bool {
    let is_declared = match column.sql_type {
        Some(named) => collation.is_of_type() && folds_case(named),
        None => column.collation.is_some() && !collation.is_of_type(),
    };
    is_declared || is_spelt_one_way(column.form, collation.equality)
}

/// What a column of a type that the adapter names is under, it can say.
fn remedy(subject: &Subject<'_>, part: adapter::Part<'_>, column: &Column, collation: &Collation) -> String {
    let field = subject.adapter.field(part.place);
    match part.column.sql_type {
        Some(_) if collation.is_of_type() => format!("say `type = \"{}\"` of `{field}`", column.type_name),
        Some(_) => format!("say `collation = \"{}\"` of `{field}`, and no `type`", collation.name),
        None => remedy::compare_bytes(subject.adapter, part, column),
    }
}

/// Whether nothing is compared with the words of a column but its labels, and no two of them are equal under any collation.
/// A check would take other words for them, that can't be read.
fn is_closed(subject: &Subject<'_>, part: adapter::Part<'_>, column: &Column) -> bool {
    let adapter = subject.adapter;
    let labels = adapter.column(part.place).and_then(|column| column.labels);
    let is_checked = column.lists.iter().any(|list| matches!(list.by, ListedBy::Check(_)));
    let stored = meanings(adapter, part.place).into_iter().flat_map(|it| values(adapter, part, it));
    let texts: BTreeSet<_> =
        stored.filter_map(|it| if let Stored::Text(it) = it { Some(it) } else { None }).collect();
    let folded: BTreeSet<_> = texts.iter().map(|text| text.trim().to_lowercase()).collect();
    labels.is_some_and(|labels| !labels.open) && !is_checked && folded.len() == texts.len()
}

/// The unique keys that the contract rests on, where they compare in another way than their columns.
pub(super) fn of_keys(subject: &Subject<'_>) -> Vec<Finding> {
    let finding = |index: &Index| {
        let mut unequal = index.parts.iter().filter_map(|part| unequal(subject, part));
        let (collation, effect) = unequal.next()?;
        Some(Finding::KeyCollation {
            table: subject.name(),
            key: index.name.clone(),
            collation: collation.name.clone(),
            effect,
            remedy: replacement(subject, index),
        })
    };
    keys(subject).into_iter().filter_map(finding).collect()
}

/// The collation under which a part of a key holds texts equal, where nothing was said of it, nor told of its column.
fn unequal<'a>(subject: &Subject<'_>, part: &'a Part) -> Option<(&'a Collation, String)> {
    let Part::Column { name, collation: Some(collation) } = part else {
        return None;
    };
    let is_it = |other: &str| same_name(subject.dialect(), other, name);
    let mut fields = subject.columns().filter(|(_, column)| is_it(&column.name));
    let is_settled = fields.any(|(part, _)| is_settled(part.column, collation));
    let is_named = subject.columns().any(|(_, column)| is_it(&column.name))
        || subject.adapter.options().scope.iter().any(|extra| is_it(extra.column.name));
    let own = subject.table.column(subject.dialect(), name)?.collation.as_ref();
    let is_told = is_named && own.map(|own| own.equality) == Some(collation.equality);
    Some((collation, effect(collation).filter(|_| !is_settled && !is_told)?))
}

fn keys<'a>(subject: &'a Subject<'_>) -> Vec<&'a Index> {
    let adapter = subject.adapter;
    let mut keys: Vec<_> = subject.keys_over(identity(adapter).columns).collect();
    let provider = provider_place(adapter.entity).into_iter();
    keys.extend(provider.flat_map(|place| subject.keys_on(place)));
    keys.extend(live::candidates(subject).into_iter().map(|candidate| candidate.index));
    // One index can serve as several.
    let mut seen = Vec::new();
    keys.retain(|key| {
        let is_new = !seen.contains(&key.name.as_str());
        seen.push(key.name.as_str());
        is_new
    });
    keys
}

fn replacement(subject: &Subject<'_>, index: &Index) -> String {
    let adapter = subject.adapter;
    let mut of_ids = subject.keys_over(identity(adapter).columns);
    let mut of_providers =
        provider_place(adapter.entity).into_iter().flat_map(|place| subject.keys_on(place));
    if of_ids.any(|key| key.name == index.name) {
        remedy::add_id_key(adapter, Some(index))
    } else if of_providers.any(|key| key.name == index.name) {
        remedy::own_key(subject, &crate::sql::provider_key(adapter), Some(index))
    } else {
        remedy::own_key(subject, &crate::sql::live_key(adapter), Some(index))
    }
}
