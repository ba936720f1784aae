//! Reads files of SQL and tells which tables there are after the last statement.
//!
//! The files are migrations in order, or what `pg_dump`, `mysqldump` and SQLite's `.schema` print. A statement that defines
//! something and can't be understood is passed over and remembered: whoever looks for its table is told.

mod apply;
mod cursor;
mod finish;
mod folder;
mod lex;
mod lists;
mod names;
mod own;
#[cfg(test)]
mod random;
mod split;
mod state;
mod types;
#[cfg(test)]
mod work;

use std::collections::BTreeMap;

use self::names::{Key, Name, distance, fold};
use self::state::{State, Unread};
use super::table::Table;
use crate::adapter::Dialect;

pub use folder::{files, source, sources};
pub use own::own;

/// A file of SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file, as messages show it.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The tables that there are after the last statement.
#[derive(Clone, Debug)]
pub struct Schema {
    dialect: Dialect,
    tables: BTreeMap<Key, (Table, usize)>,
    /// The names of all tables, for those who misspell one.
    names: Vec<String>,
    unread: Vec<Unread>,
    /// Where names without a schema are looked for.
    paths: Vec<Option<String>>,
}

/// What is known of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup<'a> {
    /// It is there.
    Found(&'a Table),
    /// No statement makes it.
    Missing {
        /// A table with almost that name.
        nearest: Option<&'a str>,
    },
    /// A statement that says something of it can't be read.
    Unreadable {
        /// The file with the statement, as messages show it.
        file: &'a str,
        /// The line on which the statement begins, from 1 on.
        line: u32,
        /// The first words of the statement.
        beginning: &'a str,
        /// Why it can't be read, as the end of a sentence.
        reason: &'a str,
    },
}

/// Reads files in order. Never fails: what can't be read is told to who looks for a table that it is about.
///
/// The time it takes grows with the length of the texts.
///
/// ```
/// use store_model::adapter::Dialect;
/// use store_model::schema::files::{Lookup, Source, read};
///
/// let text = "CREATE TABLE plans (id text PRIMARY KEY); ALTER TABLE plans ADD COLUMN name varchar(20) NOT NULL;";
/// let source = Source { path: "migrations/1_plans.sql".into(), text: text.into() };
/// let schema = read(Dialect::Postgres, &[source]);
/// let Lookup::Found(plans) = schema.table(None, "plans") else {
///     panic!("no table");
/// };
/// assert_eq!(plans.columns[1].type_name, "character varying(20)");
/// assert_eq!(schema.table(None, "plan"), Lookup::Missing { nearest: Some("plans") });
/// ```
#[must_use]
pub fn read(dialect: Dialect, sources: &[Source]) -> Schema {
    let mut state = State::new(dialect);
    for source in sources {
        state.file.clone_from(&source.path);
        apply::text(&mut state, &source.text, 1);
    }
    finish::schema(state)
}

impl Schema {
    /// A table or view by its name and, where it is named, the schema that it is in (on MySQL the database).
    #[must_use]
    pub fn table(&self, schema: Option<&str>, name: &str) -> Lookup<'_> {
        let keys = self.keys(schema, name);
        let found = keys.iter().find_map(|key| Some((key, self.tables.get(key)?)));
        let since = found.map_or(0, |(_, (_, since))| *since);
        let unread = self.unread.iter().rev().find(|unread| {
            let is_about = match &unread.about {
                Some(about) => found.map_or_else(|| keys.contains(about), |(key, _)| key == about),
                None => unread.words.contains(&name.to_lowercase()),
            };
            is_about && unread.at >= since
        });
        match (unread, found) {
            (Some(unread), _) => Lookup::Unreadable {
                file: &unread.origin.file,
                line: unread.origin.line,
                beginning: &unread.beginning,
                reason: &unread.reason,
            },
            (None, Some((_, (table, _)))) => Lookup::Found(table),
            (None, None) => Lookup::Missing { nearest: self.nearest(schema, name) },
        }
    }

    /// What a name may mean, the likeliest first. The database of a connection and the name under which a file is attached
    /// don't stand in files that are all about that database.
    fn keys(&self, schema: Option<&str>, name: &str) -> Vec<Key> {
        let name = fold(self.dialect, name);
        let key = |schema: Option<String>| Key { schema, name: name.clone() };
        match schema {
            Some(schema) => {
                let schema = names::schema(self.dialect, schema);
                let is_home = schema.is_some() && self.dialect != Dialect::Postgres;
                std::iter::once(key(schema)).chain(is_home.then(|| key(None))).collect()
            }
            None => self.paths.iter().cloned().map(key).collect(),
        }
    }

    fn nearest(&self, schema: Option<&str>, name: &str) -> Option<&str> {
        let wanted = Name { schema: schema.map(str::to_owned), name: name.to_owned() }.to_string();
        let near = |other: &String| {
            let own = other.rsplit('.').next().unwrap_or(other);
            let distance = distance(&other.to_lowercase(), &wanted.to_lowercase())
                .min(distance(&own.to_lowercase(), &name.to_lowercase()));
            (distance * 3 <= name.chars().count()).then_some(distance)
        };
        let nearest = self.names.iter().filter_map(|other| Some((near(other)?, other))).min();
        nearest.map(|(_, name)| name.as_str())
    }
}
