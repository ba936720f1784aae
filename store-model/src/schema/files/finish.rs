//! From what the statements made to the tables that there are: types and collations are looked up at the end, since labels
//! may be added to an enum long after a table is made.

use std::collections::BTreeMap;

use super::lists::allowed;
use super::names::{Key, Name};
use super::state::{Check, Column, Relation, State, TypeKind};
use super::{Schema, types};
use crate::adapter::Dialect;
use crate::schema::table::{self, Collation, Equality, List, ListedBy, Part, Table, same_name};

pub(super) fn schema(mut state: State) -> Schema {
    let relations = std::mem::take(&mut state.relations);
    let mut tables = BTreeMap::new();
    let mut names = Vec::new();
    for (key, relation) in relations {
        names.push(named(&key, &relation));
        let since = relation.since;
        tables.insert(key, (table(&state, relation), since));
    }
    let paths = std::iter::once(None).chain(state.paths.into_iter().map(Some)).collect();
    Schema { dialect: state.dialect, tables, names, unread: state.unread, paths }
}

fn named(key: &Key, relation: &Relation) -> String {
    Name { schema: key.schema.clone(), name: relation.name.name.clone() }.to_string()
}

fn table(state: &State, relation: Relation) -> Table {
    let checks: Vec<_> = relation.checks.iter().flat_map(|check| lists(state, check)).collect();
    let column = |column: Column| {
        let confined = checks.iter().filter(|(of, _)| same_name(state.dialect, of, &column.facts.name));
        let confined: Vec<_> = confined.map(|(_, list)| list.clone()).collect();
        let mut facts = resolve(state, column);
        facts.lists.extend(confined);
        facts
    };
    let columns: Vec<_> = relation.columns.into_iter().map(column).collect();
    let mut indexes = relation.indexes;
    for part in indexes.iter_mut().flat_map(|index| &mut index.parts) {
        if let Part::Column { name, collation } = part {
            match collation {
                Some(collation) => fold_texts(state, collation),
                None => {
                    let column = columns.iter().find(|column| same_name(state.dialect, &column.name, name));
                    *collation = column.and_then(|column| column.collation.clone());
                }
            }
        }
    }
    let checks = relation.checks.into_iter().map(|check| check.expression).collect();
    Table { relation: relation.kind, columns, indexes, checks, engine: relation.engine }
}

/// The lists of a check, with their columns.
fn lists(state: &State, check: &Check) -> Vec<(String, List)> {
    let list = |(column, values)| {
        let by = ListedBy::Check(check.name.clone());
        (column, List { by, values, origin: check.origin.clone() })
    };
    allowed(state.dialect, &check.expression).into_iter().map(list).collect()
}

/// What the type of a column says of it.
fn resolve(state: &State, column: Column) -> table::Column {
    let mut facts = column.facts;
    let mut next = column.user_type.and_then(|place| state.types.get(place));
    facts.named_type = next.map(|of| types::quoted(&of.name));
    if let Some(name) = &facts.named_type {
        facts.type_name.clone_from(name);
    }
    while let Some(of) = next {
        next = None;
        match &of.kind {
            TypeKind::Other => {}
            TypeKind::Enum(labels) => {
                let by = ListedBy::Type(types::quoted(&of.name));
                facts.lists.push(List { by, values: labels.clone(), origin: of.origin.clone() });
            }
            TypeKind::Domain { base, of, not_null, has_default, collation, checks } => {
                facts.nullable &= !not_null;
                facts.has_default |= has_default;
                facts.type_name.clone_from(&base.name);
                let default = || Collation { name: "default".into(), equality: Equality::Bytes };
                let own = collation.clone().or_else(|| base.is_text.then(default));
                facts.collation = facts.collation.take().or(own);
                let confined = checks.iter().flat_map(|check| lists(state, check));
                facts.lists.extend(confined.filter(|(column, _)| column == "value").map(|(_, list)| list));
                next = of.and_then(|place| state.types.get(place));
            }
        }
    }
    facts.collation.iter_mut().for_each(|collation| fold_texts(state, collation));
    if state.dialect == Dialect::Postgres { facts.of_its_type() } else { facts }
}

/// A collation that was made to hold different texts equal.
fn fold_texts(state: &State, collation: &mut Collation) {
    if state.folds(&collation.name) {
        collation.equality = Equality::Folded;
    }
}
