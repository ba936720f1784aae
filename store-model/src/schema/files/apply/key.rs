//! The constraints of a table: keys, checks, and those that the rules don't ask for.

use super::super::cursor::{Cursor, Fault, Read};
use super::super::names::made;
use super::super::state::{Check, Relation, State};
use super::index::{deferrable, parts, silent};
use crate::adapter::Dialect;
use crate::schema::table::{Index, Part, same_name};

/// More keys than a table has, so that looking for a free name takes no time.
const MOST: usize = 256;
/// The name of a primary key on MySQL.
pub(super) const PRIMARY: &str = "PRIMARY";
/// The name of a primary key on SQLite that is no index.
pub(super) const ROW_NUMBER: &str = "PRIMARY KEY";

/// Whether a constraint comes next, and no column.
pub(super) fn is_next(cursor: &Cursor<'_, '_>) -> bool {
    let is_mysql = cursor.dialect == Dialect::MySql;
    let mut after = *cursor;
    after.next();
    cursor.at_any(&["constraint", "primary", "unique", "check", "foreign"])
        || (is_mysql && cursor.at_any(&["key", "index", "fulltext", "spatial"]))
        || (cursor.at(&["exclude"]) && (after.at(&["using"]) || after.at_sign("(")))
        || (is_mysql && cursor.at(&["period", "for"]))
}

/// Reads a constraint and adds it.
pub(super) fn add(state: &State, relation: &mut Relation, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let line = cursor.line();
    let kinds = ["primary", "unique", "check", "foreign", "exclude", "not"];
    let name = match cursor.eat(&["constraint"]) && !cursor.at_any(&kinds) {
        true => {
            cursor.eat(&["if", "not", "exists"]);
            Some(cursor.name()?)
        }
        false => None,
    };
    if cursor.eat(&["check"]) {
        let expression = cursor.group()?;
        check(state, relation, name, None, expression);
    } else if cursor.eat(&["primary", "key"]) {
        primary(state, relation, cursor, name, line)?;
    } else if cursor.eat(&["unique"]) {
        cursor.eat_any(&["key", "index"]);
        unique(state, relation, cursor, name, line)?;
    } else if cursor.eat_any(&["key", "index"]) {
        let index = keyed(cursor, name, false)?;
        push(relation, state.dialect, Index { origin: state.origin(line), ..index })?;
    } else if cursor.eat(&["not", "null"]) {
        let column = cursor.name()?;
        relation.column(state.dialect, &column).ok_or_else(|| absent(&column))?.facts.nullable = false;
    } else if cursor.eat_any(&["foreign", "exclude", "fulltext", "spatial", "period"]) {
        cursor.skip_all();
    } else {
        return Err(cursor.not_understood());
    }
    rest(cursor);
    Ok(())
}

/// What may follow a constraint and says nothing to the rules; on SQLite the next one may come without a comma.
fn rest(cursor: &mut Cursor<'_, '_>) {
    let is_sqlite = cursor.dialect == Dialect::Sqlite;
    cursor.until(|it| is_sqlite && is_next(it));
}

fn primary(
    state: &State,
    relation: &mut Relation,
    cursor: &mut Cursor<'_, '_>,
    name: Option<String>,
    line: u32,
) -> Read<()> {
    if let Some(place) = of_index(relation, cursor)? {
        for column in columns_of(&relation.indexes[place]) {
            never_null(relation, state.dialect, &column);
        }
        constrain(relation, place, name, cursor);
        return Ok(());
    }
    let mut index = keyed(cursor, name, true)?;
    has_columns(relation, state.dialect, &index)?;
    for column in columns_of(&index) {
        never_null(relation, state.dialect, &column);
    }
    index.fault = deferrable(cursor);
    index.origin = state.origin(line);
    push_primary(relation, state.dialect, index)
}

/// Only SQLite lets a primary key be NULL.
pub(super) fn never_null(relation: &mut Relation, dialect: Dialect, column: &str) {
    if dialect != Dialect::Sqlite
        && let Some(column) = relation.column(dialect, column)
    {
        column.facts.nullable = false;
    }
}

fn unique(
    state: &State,
    relation: &mut Relation,
    cursor: &mut Cursor<'_, '_>,
    name: Option<String>,
    line: u32,
) -> Read<()> {
    if let Some(place) = of_index(relation, cursor)? {
        constrain(relation, place, name, cursor);
        return Ok(());
    }
    let nulls_equal = nulls_equal(cursor);
    let mut index = keyed(cursor, name, true)?;
    has_columns(relation, state.dialect, &index)?;
    index.nulls_equal = nulls_equal;
    index.fault = deferrable(cursor).or(silent(cursor));
    index.origin = state.origin(line);
    if index.name.is_empty() && cursor.eat(&["include"]) {
        let mut columns = columns_of(&index);
        columns.extend(included(cursor)?);
        index.name = free(relation, &columns);
    }
    push(relation, state.dialect, index)
}

/// The columns that are only read from an index of Postgres; a name that it makes has them too.
pub(super) fn included(cursor: &mut Cursor<'_, '_>) -> Read<Vec<String>> {
    cursor.group()?.parts().into_iter().map(|mut part| part.name()).collect()
}

/// The name that Postgres makes for a key.
fn free(relation: &Relation, columns: &[String]) -> String {
    let name = made(&relation.name.name, &columns.join("_"), "key");
    numbered(relation, Dialect::Postgres, &name, |number| number.to_string())
}

/// `NULLS [NOT] DISTINCT`.
pub(super) fn nulls_equal(cursor: &mut Cursor<'_, '_>) -> bool {
    let equal = cursor.eat(&["nulls", "not", "distinct"]);
    cursor.eat(&["nulls", "distinct"]);
    equal
}

/// `USING INDEX name`: an index that is there becomes the key.
fn of_index(relation: &Relation, cursor: &mut Cursor<'_, '_>) -> Read<Option<usize>> {
    let mut ahead = *cursor;
    if !ahead.eat(&["using", "index"]) || ahead.at(&["tablespace"]) {
        return Ok(None);
    }
    *cursor = ahead;
    let name = cursor.name()?;
    let place = relation.indexes.iter().position(|index| index.name == name);
    place.map(Some).ok_or_else(|| Fault(format!("there is no index `{name}` before it")))
}

/// The index has the name of its constraint.
fn constrain(relation: &mut Relation, place: usize, name: Option<String>, cursor: &Cursor<'_, '_>) {
    let index = &mut relation.indexes[place];
    index.constraint = true;
    index.fault = deferrable(cursor);
    if let Some(name) = name {
        index.name = name;
    }
}

/// `[name] [USING method] (parts)`. On MySQL a key is no constraint, and its own name goes before that of one.
fn keyed(cursor: &mut Cursor<'_, '_>, name: Option<String>, unique: bool) -> Read<Index> {
    cursor.eat(&["if", "not", "exists"]);
    let is_mysql = cursor.dialect == Dialect::MySql;
    let own = match is_mysql && cursor.at_name() && !cursor.at(&["using"]) {
        true => Some(cursor.name()?),
        false => None,
    };
    if cursor.eat(&["using"]) {
        cursor.name()?;
    }
    let parts = parts(cursor.group()?)?;
    let name = own.or(name).unwrap_or_default();
    Ok(Index { name, unique, constraint: !is_mysql, parts, ..Index::default() })
}

/// Adds a primary key.
pub(super) fn push_primary(relation: &mut Relation, dialect: Dialect, mut index: Index) -> Read<()> {
    index.primary = true;
    match dialect {
        Dialect::MySql => index.name = PRIMARY.into(),
        Dialect::Sqlite => index.name = ROW_NUMBER.into(),
        Dialect::Postgres => {
            if index.name.is_empty() {
                index.name = made(&relation.name.name, "", "pkey");
            }
            // It takes the place of a key that says the same.
            let is_new = relation.since == 0;
            relation.indexes.retain(|other| !(is_new && says_same(other, &index)));
        }
    }
    push(relation, dialect, index)
}

/// Adds a key, under a name such as the database makes where it has none.
pub(super) fn push(relation: &mut Relation, dialect: Dialect, mut index: Index) -> Read<()> {
    if relation.indexes.len() >= MOST {
        return Err(Fault("it has more keys than anyone makes".into()));
    }
    if dialect == Dialect::Sqlite && index.constraint && index.name != ROW_NUMBER {
        // The name of a constraint is not that of its index.
        index.name = automatic(relation);
    }
    if index.name.is_empty() {
        // Two keys of a new table that say the same are one to Postgres.
        let is_new = relation.since == 0 && dialect == Dialect::Postgres;
        if is_new && relation.indexes.iter().any(|other| says_same(other, &index)) {
            return Ok(());
        }
        let first = match index.parts.first() {
            Some(Part::Column { name, .. }) => name.clone(),
            Some(Part::Expression(text)) if text.starts_with("LEFT(") => text[5..text.len() - 1].to_owned(),
            _ => "functional_index".into(),
        };
        index.name = match dialect {
            Dialect::MySql => numbered(relation, dialect, &first, |number| format!("_{}", number + 1)),
            Dialect::Sqlite | Dialect::Postgres => free(relation, &columns_of(&index)),
        };
    }
    relation.indexes.push(index);
    Ok(())
}

fn says_same(one: &Index, other: &Index) -> bool {
    let of = |it: &Index| (it.constraint, it.nulls_equal, it.fault, columns_of(it));
    of(one) == of(other)
}

/// A name that no index of the table has.
pub(super) fn numbered(
    relation: &Relation,
    dialect: Dialect,
    name: &str,
    suffix: impl Fn(usize) -> String,
) -> String {
    let is_free = |name: &String| relation.indexes.iter().all(|index| !same_name(dialect, &index.name, name));
    let more = (1..).map(|number| format!("{name}{}", suffix(number)));
    std::iter::once(name.to_owned()).chain(more).find(is_free).unwrap_or_default()
}

/// The name of an index that SQLite makes for a constraint.
pub(super) fn automatic(relation: &Relation) -> String {
    let prefix = format!("sqlite_autoindex_{}_", relation.name.name);
    let count = relation.indexes.iter().filter(|index| index.name.starts_with(&prefix)).count();
    format!("{prefix}{}", count + 1)
}

/// The whole columns of an index.
pub(super) fn columns_of(index: &Index) -> Vec<String> {
    let name = |part: &Part| match part {
        Part::Column { name, .. } => Some(name.clone()),
        Part::Expression(_) => None,
    };
    index.parts.iter().filter_map(name).collect()
}

/// That the table has the columns of an index.
pub(super) fn has_columns(relation: &Relation, dialect: Dialect, index: &Index) -> Read<()> {
    let absent_one = columns_of(index).into_iter().find(|column| relation.place(dialect, column).is_none());
    absent_one.map_or(Ok(()), |column| Err(absent(&column)))
}

/// Adds a check, of one column where it stands behind that.
pub(super) fn check(
    state: &State,
    relation: &mut Relation,
    name: Option<String>,
    column: Option<&str>,
    expression: Cursor<'_, '_>,
) {
    let name = name.unwrap_or_else(|| match state.dialect {
        Dialect::Postgres => {
            let name = made(&relation.name.name, column.unwrap_or_default(), "check");
            let taken = relation.checks.iter().filter(|check| check.name.starts_with(&name)).count();
            if taken == 0 { name } else { format!("{name}{taken}") }
        }
        Dialect::MySql => {
            column.map_or_else(|| format!("CONSTRAINT_{}", relation.checks.len() + 1), str::to_owned)
        }
        Dialect::Sqlite => String::new(),
    });
    let origin = state.origin(expression.line());
    relation.checks.push(Check { name, expression: expression.to_text(), origin });
}

/// That a statement names a column that is not there.
pub(super) fn absent(column: &str) -> Fault {
    Fault(format!("there is no column `{column}` before it"))
}
