//! Tables that are made after others: `LIKE`, `PARTITION OF`, `INHERITS`.

use super::super::cursor::{Cursor, Fault, Read};
use super::super::names::{Name, made};
use super::super::state::{Relation, State};
use super::key::{columns_of, numbered};
use crate::adapter::Dialect;

/// What is taken over beside columns, their types and NOT NULL.
#[derive(Clone, Copy, Default)]
pub(super) struct What {
    defaults: bool,
    generated: bool,
    identity: bool,
    checks: bool,
    indexes: bool,
}

impl What {
    pub(super) const ALL: Self =
        Self { defaults: true, generated: true, identity: true, checks: true, indexes: true };
    pub(super) const PARTITION: Self = Self { identity: false, ..Self::ALL };
    pub(super) const INHERITED: Self = Self { identity: false, indexes: false, ..Self::ALL };

    /// `INCLUDING x EXCLUDING y`.
    pub(super) fn read(cursor: &mut Cursor<'_, '_>) -> Self {
        let mut what = if cursor.dialect == Dialect::MySql { Self::ALL } else { Self::default() };
        while cursor.at_any(&["including", "excluding"]) {
            let takes = cursor.eat(&["including"]);
            if !takes {
                cursor.next();
            }
            if cursor.at(&["all"]) {
                what = if takes { Self::ALL } else { Self::default() };
            }
            for (word, flag) in [
                ("defaults", &mut what.defaults),
                ("generated", &mut what.generated),
                ("identity", &mut what.identity),
                ("constraints", &mut what.checks),
                ("indexes", &mut what.indexes),
            ] {
                if cursor.at(&[word]) {
                    *flag = takes;
                }
            }
            cursor.next();
        }
        what
    }
}

/// Takes over from a table.
pub(super) fn into(state: &State, relation: &mut Relation, other: &Name, what: What) -> Read<()> {
    let Some(source) = state.relations.get(&state.key(other)) else {
        return Err(Fault(format!("there is no table `{other}` before it")));
    };
    let line = state.origin(0);
    for column in &source.columns {
        if relation.place(state.dialect, &column.facts.name).is_some() {
            continue;
        }
        let mut column = column.clone();
        let facts = &mut column.facts;
        facts.origin.clone_from(&line);
        if !(what.identity && facts.identity.is_some() || what.defaults && is_plain(facts)) {
            facts.has_default = false;
        }
        if !what.identity {
            facts.identity = facts.identity.filter(|it| what.defaults && !is_identity(*it));
        }
        let keeps =
            if facts.generated.as_deref() == Some("identity") { what.identity } else { what.generated };
        facts.generated = facts.generated.take().filter(|_| keeps);
        relation.columns.push(column);
    }
    if what.checks {
        relation.checks.extend(source.checks.iter().cloned());
    }
    for index in source.indexes.iter().filter(|_| what.indexes) {
        let mut index = index.clone();
        if state.dialect == Dialect::Postgres {
            let is_primary = index.constraint && index.name == made(&source.name.name, "", "pkey");
            let label = if is_primary {
                "pkey"
            } else if index.constraint {
                "key"
            } else {
                "idx"
            };
            let columns = if is_primary { String::new() } else { columns_of(&index).join("_") };
            let name = made(&relation.name.name, &columns, label);
            index.name = numbered(relation, state.dialect, &name, |number| number.to_string());
        }
        index.origin.clone_from(&line);
        relation.indexes.push(index);
    }
    relation.collation.clone_from(&source.collation);
    relation.engine.clone_from(&source.engine);
    Ok(())
}

fn is_identity(identity: crate::schema::table::Identity) -> bool {
    use crate::schema::table::Identity::{Always, ByDefault};
    matches!(identity, Always | ByDefault)
}

/// Whether a column has a default that is no identity.
fn is_plain(facts: &crate::schema::table::Column) -> bool {
    facts.has_default && !facts.identity.is_some_and(is_identity)
}
