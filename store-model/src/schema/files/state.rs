//! What the statements so far have made.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Key, Name, fold, schema};
use super::types::Written;
use crate::adapter::Dialect;
use crate::schema::table::{self, Collation, Index, Origin, same_name};

/// A column, before its type is looked up.
#[derive(Clone, Debug, Default)]
pub(super) struct Column {
    pub(super) facts: table::Column,
    /// Its type among [`State::types`].
    pub(super) user_type: Option<usize>,
    /// Whether it holds text that is compared by a collation.
    pub(super) is_text: bool,
}

/// A check of a table.
#[derive(Clone, Debug)]
pub(super) struct Check {
    pub(super) name: String,
    pub(super) expression: String,
    pub(super) origin: Option<Origin>,
}

/// A table or a view.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    /// As it was written.
    pub(super) name: Name,
    pub(super) kind: table::Relation,
    pub(super) columns: Vec<Column>,
    pub(super) indexes: Vec<Index>,
    pub(super) checks: Vec<Check>,
    /// Of new columns of text that name none, on MySQL.
    pub(super) collation: Option<Collation>,
    /// That keeps it, where it is one without transactions, on MySQL.
    pub(super) engine: Option<String>,
    /// How many statements came before it.
    pub(super) since: usize,
}

/// An enum or a domain of Postgres.
#[derive(Clone, Debug)]
pub(super) struct UserType {
    pub(super) key: Key,
    pub(super) name: Name,
    pub(super) kind: TypeKind,
    pub(super) origin: Option<Origin>,
    pub(super) is_dropped: bool,
}

#[derive(Clone, Debug)]
pub(super) enum TypeKind {
    Enum(Vec<String>),
    Domain {
        base: Box<Written>,
        /// Where it is made from a type of the files.
        of: Option<usize>,
        not_null: bool,
        has_default: bool,
        collation: Option<Collation>,
        checks: Vec<Check>,
    },
    /// One that is not looked into.
    Other,
}

/// A statement that was passed over.
#[derive(Clone, Debug)]
pub(super) struct Unread {
    /// The table that it is about, where that could be read.
    pub(super) about: Option<Key>,
    /// Every word of it, in lower case, where not.
    pub(super) words: BTreeSet<String>,
    pub(super) origin: Origin,
    pub(super) beginning: String,
    pub(super) reason: String,
    pub(super) at: usize,
}

/// Everything that was made, by the statements so far.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) dialect: Dialect,
    pub(super) relations: BTreeMap<Key, Relation>,
    pub(super) types: Vec<UserType>,
    /// Collations that hold different texts equal.
    pub(super) folding: BTreeSet<Key>,
    pub(super) unread: Vec<Unread>,
    /// The schemas in which names without one are looked for; the first is that in which things are made.
    pub(super) path: Vec<Option<String>>,
    /// Every schema that was ever in a path, the latest first.
    pub(super) paths: Vec<String>,
    /// The collation of new tables that name none, on MySQL.
    pub(super) collation: Option<Collation>,
    /// How many statements there were.
    pub(super) at: usize,
    /// The table that the one that is being read is about, once that is known.
    pub(super) about: Option<Key>,
    /// What it mentions beside its own words.
    pub(super) mentioned: BTreeSet<String>,
    /// The words of procedures that define something, by name.
    pub(super) procedures: BTreeMap<String, BTreeSet<String>>,
    /// Where the one that is being read stands.
    pub(super) file: String,
    pub(super) line: u32,
}

impl State {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            relations: BTreeMap::new(),
            types: Vec::new(),
            folding: BTreeSet::new(),
            unread: Vec::new(),
            path: vec![None],
            paths: Vec::new(),
            collation: None,
            at: 0,
            about: None,
            mentioned: BTreeSet::new(),
            procedures: BTreeMap::new(),
            file: String::new(),
            line: 1,
        }
    }

    /// Where the token of a line stands.
    pub(super) fn origin(&self, line: u32) -> Option<Origin> {
        let line = if line == 0 { self.line } else { line };
        Some(Origin { file: self.file.clone(), line })
    }

    pub(super) fn set_path(&mut self, schemas: Vec<Option<String>>) {
        for schema in schemas.iter().rev().flatten() {
            self.paths.retain(|it| it != schema);
            self.paths.insert(0, schema.clone());
        }
        self.path = if schemas.is_empty() { vec![None] } else { schemas };
    }

    /// What a name means to a statement that makes a thing.
    pub(super) fn new_key(&self, name: &Name) -> Key {
        let schema = match &name.schema {
            Some(named) => schema(self.dialect, named),
            None => self.path.first().cloned().flatten(),
        };
        Key { schema, name: fold(self.dialect, &name.name) }
    }

    /// What a name means to a statement that uses a thing.
    pub(super) fn key(&self, name: &Name) -> Key {
        self.found(name, |key| self.relations.contains_key(key))
    }

    fn found(&self, name: &Name, has: impl Fn(&Key) -> bool) -> Key {
        let made = self.new_key(name);
        if name.schema.is_some() || has(&made) {
            return made;
        }
        let keys = self.path.iter().map(|schema| Key { schema: schema.clone(), name: made.name.clone() });
        keys.into_iter().find(has).unwrap_or(made)
    }

    /// The table or view that a statement means.
    pub(super) fn relation(&mut self, name: &Name) -> Option<&mut Relation> {
        let key = self.key(name);
        self.relations.get_mut(&key)
    }

    /// Whether a collation, of whichever schema, was made to hold different texts equal.
    pub(super) fn folds(&self, collation: &str) -> bool {
        self.folding.iter().any(|key| key.name == collation)
    }

    /// The type of the files that a statement means.
    pub(super) fn user_type(&self, name: &Name) -> Option<usize> {
        let position = |key: &Key| self.types.iter().rposition(|it| !it.is_dropped && it.key == *key);
        position(&self.found(name, |key| position(key).is_some()))
    }

    pub(super) fn insert(&mut self, name: Name, mut relation: Relation) {
        let key = self.new_key(&name);
        relation.name = name;
        relation.since = self.at;
        self.relations.insert(key, relation);
    }

    /// Gives a table another name, and what was not understood of it too.
    pub(super) fn rename(&mut self, old: &Key, new: Key) {
        for unread in self.unread.iter_mut().filter(|unread| unread.about.as_ref() == Some(old)) {
            unread.about = Some(new.clone());
        }
        if let Some(relation) = self.relations.remove(old) {
            self.relations.insert(new, relation);
        }
    }

    /// The tables and views of a schema.
    pub(super) fn keys_in(&self, schema: &Option<String>) -> Vec<Key> {
        self.relations.keys().filter(|key| key.schema == *schema).cloned().collect()
    }

    /// The key of the table that has an index, and its place there.
    pub(super) fn index(&self, name: &Name) -> Option<(Key, usize)> {
        let named = self.new_key(name);
        let place = |schema: &Option<String>| {
            self.relations.iter().filter(|(key, _)| key.schema == *schema).find_map(|(key, relation)| {
                let is_it = |index: &Index| same_name(self.dialect, &index.name, &named.name);
                Some((key.clone(), relation.indexes.iter().position(is_it)?))
            })
        };
        if name.schema.is_some() {
            return place(&named.schema);
        }
        self.path.iter().find_map(place)
    }
}

impl Relation {
    pub(super) fn new(kind: table::Relation) -> Self {
        Self {
            name: Name { schema: None, name: String::new() },
            kind,
            columns: Vec::new(),
            indexes: Vec::new(),
            checks: Vec::new(),
            collation: None,
            engine: None,
            since: 0,
        }
    }

    pub(super) fn place(&self, dialect: Dialect, column: &str) -> Option<usize> {
        self.columns.iter().position(|it| same_name(dialect, &it.facts.name, column))
    }

    pub(super) fn column(&mut self, dialect: Dialect, column: &str) -> Option<&mut Column> {
        let place = self.place(dialect, column)?;
        self.columns.get_mut(place)
    }
}
