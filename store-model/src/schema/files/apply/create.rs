//! `CREATE`.

use super::super::cursor::{Cursor, Fault, Read};
use super::super::state::{Relation, State};
use super::{column, copy, hidden, index, key, named, view};
use crate::adapter::Dialect;
use crate::schema::table::{self, Collation, Identity};

/// Objects that may stand behind words of MySQL that say whose they are.
const OWNED: [&str; 5] = ["view", "trigger", "procedure", "function", "event"];

pub(super) fn statement(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let replaces = cursor.eat(&["or", "replace"]);
    if cursor.at_any(&["algorithm", "definer"]) || cursor.at(&["sql", "security"]) {
        cursor.until(|it| it.at_any(&OWNED));
    }
    cursor.eat_any(&["global", "local"]);
    let is_passing = cursor.eat_any(&["temp", "temporary"]);
    cursor.eat_any(&["unlogged", "foreign", "virtual", "recursive", "materialized"]);
    let is_unique = cursor.eat(&["unique"]);
    let _ = cursor.eat_any(&["fulltext", "spatial"]);
    if cursor.eat(&["table"]) {
        // That of a session shadows no table of others.
        return if is_passing { Ok(()) } else { table(state, cursor, replaces) };
    }
    if cursor.eat(&["view"]) {
        return if is_passing { Ok(()) } else { view::create(state, cursor) };
    }
    if cursor.eat(&["index"]) {
        return index::create(state, cursor, is_unique);
    }
    if cursor.eat(&["procedure"]) {
        return hidden::create_procedure(state, cursor);
    }
    if cursor.eat(&["type"]) {
        return named::create_type(state, cursor);
    }
    if cursor.eat(&["domain"]) {
        return named::create_domain(state, cursor);
    }
    if cursor.eat(&["collation"]) {
        return named::create_collation(state, cursor);
    }
    if cursor.eat(&["schema"]) && state.dialect == Dialect::Postgres {
        return schema(cursor);
    }
    if cursor.eat(&["database"]) {
        cursor.eat(&["if", "not", "exists"]);
        cursor.name()?;
        return database(state, cursor);
    }
    Ok(())
}

/// The database of MySQL that the files are about is taken to be the one that they speak of.
pub(super) fn database(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    if state.dialect == Dialect::MySql
        && let Some(collation) = charset(cursor)?
    {
        state.collation = Some(collation);
    }
    Ok(())
}

/// What is made in the same statement as its schema is not looked into.
fn schema(cursor: &mut Cursor<'_, '_>) -> Read<()> {
    cursor.until(|it| it.at(&["create"]));
    if cursor.is_end() { Ok(()) } else { Err(Fault("its tables are made in one statement with it".into())) }
}

fn table(state: &mut State, cursor: &mut Cursor<'_, '_>, replaces: bool) -> Read<()> {
    let if_absent = cursor.eat(&["if", "not", "exists"]);
    let name = cursor.qualified()?;
    let key = state.new_key(&name);
    if if_absent && !replaces && state.relations.contains_key(&key) {
        return Ok(());
    }
    state.relations.remove(&key);
    state.about = Some(key);
    let mut relation = Relation::new(table::Relation::Table);
    relation.name = name.clone();
    relation.collation.clone_from(&state.collation);
    if cursor.eat(&["partition", "of"]) {
        let parent = cursor.qualified()?;
        copy::into(state, &mut relation, &parent, copy::What::PARTITION)?;
        if cursor.at_sign("(") {
            elements(state, &mut relation, cursor)?;
        }
    } else if cursor.eat(&["like"]) {
        let other = cursor.qualified()?;
        copy::into(state, &mut relation, &other, copy::What::ALL)?;
    } else if cursor.at(&["using"]) {
        // The columns of a virtual table are up to its module.
        return Err(Fault("the columns of a virtual table are not known".into()));
    } else if !cursor.at_sign("(") {
        cursor.until(|it| it.at_any(&["as", "select"]));
        cursor.eat(&["as"]);
        relation.columns = view::columns(state, cursor.bare())?;
        cursor.skip_all();
    } else {
        elements(state, &mut relation, cursor)?;
    }
    tail(state, &mut relation, cursor)?;
    state.insert(name, relation);
    Ok(())
}

fn elements(state: &State, relation: &mut Relation, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let elements = cursor.group()?;
    for mut element in elements.parts() {
        if element.at(&["like"]) {
            element.next();
            let other = element.qualified()?;
            let what = copy::What::read(&mut element);
            copy::into(state, relation, &other, what)?;
        } else if key::is_next(&element) {
            key::add(state, relation, &mut element)?;
        } else {
            column::add(state, relation, &mut element)?;
        }
        // SQLite wants no comma between constraints.
        while state.dialect == Dialect::Sqlite && key::is_next(&element) {
            key::add(state, relation, &mut element)?;
        }
        if !element.is_end() {
            return Err(element.not_understood());
        }
    }
    Ok(())
}

/// What follows the columns.
fn tail(state: &State, relation: &mut Relation, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let mut has_row_number = true;
    if state.dialect == Dialect::MySql {
        if cursor.tokens().iter().any(|token| token.is_word("select")) {
            return Err(Fault("some of its columns are those of a query".into()));
        }
        if let Some(collation) = charset(cursor)? {
            relation.collation = Some(collation);
        }
        set_engine(relation, cursor);
    }
    while !cursor.is_end() {
        if cursor.eat(&["inherits"]) {
            for mut parent in cursor.group()?.parts() {
                let parent = parent.qualified()?;
                copy::into(state, relation, &parent, copy::What::INHERITED)?;
            }
        } else if cursor.eat(&["without", "rowid"]) {
            has_row_number = false;
        } else if cursor.eat(&["strict"]) {
            relation.columns.iter_mut().for_each(|column| column.facts.is_strict = true);
        } else {
            cursor.skip();
        }
    }
    match state.dialect {
        Dialect::Sqlite => row_number(relation, has_row_number),
        Dialect::MySql => collate(relation),
        Dialect::Postgres => {}
    }
    Ok(())
}

/// Columns of text that name no collation have that of the table in which they are made.
pub(super) fn collate(relation: &mut Relation) {
    for column in &mut relation.columns {
        if column.is_text && column.facts.collation.is_none() {
            column.facts.collation.clone_from(&relation.collation);
        }
    }
}

/// `CHARACTER SET x` and `COLLATE y`, wherever they stand in the rest of a statement.
pub(super) fn charset(cursor: &Cursor<'_, '_>) -> Read<Option<Collation>> {
    let mut rest = *cursor;
    let mut found = None;
    while !rest.is_end() {
        let is_charset = rest.eat(&["character", "set"]) || rest.eat(&["charset"]);
        if is_charset || rest.eat(&["collate"]) {
            rest.eat_sign("=");
            let name = super::super::types::word(&mut rest)?;
            if !is_charset {
                found = Some(Collation::named(&name));
            } else if found.is_none() {
                found = Some(default_of(&name));
            }
        } else {
            rest.skip();
        }
    }
    Ok(found)
}

/// Of MySQL and MariaDB: all that keep rows and know no transactions.
const WITHOUT_TRANSACTIONS: [&str; 11] = [
    "myisam",
    "aria",
    "maria",
    "memory",
    "heap",
    "csv",
    "archive",
    "merge",
    "mrg_myisam",
    "blackhole",
    "isam",
];

/// `ENGINE x`, wherever it stands in the rest of a statement.
pub(super) fn set_engine(relation: &mut Relation, cursor: &Cursor<'_, '_>) {
    let mut rest = *cursor;
    while !rest.is_end() {
        if !rest.eat(&["engine"]) {
            rest.skip();
            continue;
        }
        rest.eat_sign("=");
        if let Ok(name) = super::super::types::word(&mut rest) {
            let has_none = WITHOUT_TRANSACTIONS.contains(&name.to_lowercase().as_str());
            relation.engine = has_none.then_some(name);
        }
    }
}

/// How texts of a character set of MySQL compare where no collation is named: every server folds, each in its way.
pub(super) fn default_of(charset: &str) -> Collation {
    match charset.to_ascii_lowercase().as_str() {
        "binary" => Collation::named("binary"),
        _ => Collation { name: format!("{charset}'s default"), ..Collation::named("_ci") },
    }
}

/// An `INTEGER PRIMARY KEY` of SQLite is the number of the row; any other has an index.
fn row_number(relation: &mut Relation, has_row_number: bool) {
    let Some(place) = relation.indexes.iter().position(|index| index.name == key::ROW_NUMBER) else {
        return;
    };
    let columns = key::columns_of(&relation.indexes[place]);
    let places: Vec<_> = columns.iter().filter_map(|it| relation.place(Dialect::Sqlite, it)).collect();
    if let ([place], true) = (places.as_slice(), has_row_number)
        && relation.columns[*place].facts.type_name.eq_ignore_ascii_case("integer")
    {
        let column = &mut relation.columns[*place].facts;
        column.has_default = true;
        column.identity.get_or_insert(Identity::RowNumber);
        return;
    }
    relation.indexes[place].name = key::automatic(relation);
    for place in places.into_iter().filter(|_| !has_row_number) {
        relation.columns[place].facts.nullable = false;
    }
}
