//! The definition of a column.

use super::super::cursor::{Cursor, Fault, Read};
use super::super::lex::Kind;
use super::super::state::{Column, Relation, State};
use super::super::types::{self, Written};
use super::create;
use super::index::{DEFERRABLE, collation_named, silent};
use super::key::{check, never_null, nulls_equal, push, push_primary};
use crate::adapter::Dialect;
use crate::schema::table::{Collation, Equality, Identity, Index, List, ListedBy, Part};

/// The words with which the definition goes on after a type, a default or another expression.
const GOES_ON: [&str; 29] = [
    "constraint",
    "not",
    "null",
    "default",
    "primary",
    "unique",
    "key",
    "check",
    "references",
    "deferrable",
    "initially",
    "collate",
    "generated",
    "as",
    "auto_increment",
    "autoincrement",
    "comment",
    "on",
    "invisible",
    "visible",
    "column_format",
    "storage",
    "srid",
    "first",
    "after",
    "compression",
    "options",
    "virtual",
    "stored",
];

/// As many columns as MySQL takes; the others take fewer.
const MOST: usize = 4096;

/// A definition as it was read.
struct Defined {
    column: Column,
    keys: Vec<(bool, Index)>,
}

/// Reads a column and adds it.
pub(super) fn add(state: &State, relation: &mut Relation, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    if relation.columns.len() >= MOST {
        return Err(Fault("it has more columns than a database takes".into()));
    }
    let mut defined = read(state, relation, cursor)?;
    defined.column.facts.is_strict = relation.columns.first().is_some_and(|it| it.facts.is_strict);
    match relation.place(state.dialect, &defined.column.facts.name) {
        // One that is inherited.
        Some(place) => relation.columns[place] = defined.column,
        None => relation.columns.push(defined.column),
    }
    push_keys(relation, state.dialect, defined.keys)
}

/// Reads a column and puts it in the place of another; keys stay.
pub(super) fn replace(
    state: &State,
    relation: &mut Relation,
    place: usize,
    cursor: &mut Cursor<'_, '_>,
) -> Read<()> {
    let mut defined = read(state, relation, cursor)?;
    let column = &mut defined.column;
    let name = relation.columns[place].facts.name.clone();
    let is_primary =
        |index: &Index| index.name == super::key::PRIMARY && super::key::columns_of(index).contains(&name);
    column.facts.nullable &= !relation.indexes.iter().any(is_primary);
    relation.columns[place] = defined.column;
    push_keys(relation, state.dialect, defined.keys)
}

fn push_keys(relation: &mut Relation, dialect: Dialect, keys: Vec<(bool, Index)>) -> Read<()> {
    for (is_primary, key) in keys {
        if !is_primary {
            push(relation, dialect, key)?;
            continue;
        }
        for column in super::key::columns_of(&key) {
            never_null(relation, dialect, &column);
        }
        push_primary(relation, dialect, key)?;
    }
    Ok(())
}

fn read(state: &State, relation: &mut Relation, cursor: &mut Cursor<'_, '_>) -> Read<Defined> {
    let line = cursor.line();
    let name = cursor.name()?;
    let mut column = Column::default();
    column.facts.nullable = true;
    column.facts.origin = state.origin(line);
    if cursor.is_end() || cursor.at_any(&GOES_ON) && cursor.dialect == Dialect::Sqlite {
        untyped(&mut column);
    } else {
        let written = types::read(cursor, &GOES_ON)?;
        set_type(state, &mut column, written);
    }
    column.facts.name.clone_from(&name);
    let mut defined = Defined { column, keys: Vec::new() };
    if defined.column.facts.identity == Some(Identity::AutoIncrement) {
        // SERIAL of MySQL is a key as well.
        defined.keys.push((false, key(state, &name, line, None)));
    }
    let mut constraint = None;
    while !cursor.is_end() {
        option(state, relation, &mut defined, cursor, &mut constraint)?;
    }
    if state.dialect == Dialect::MySql {
        let column = &mut defined.column;
        if column.is_text && column.facts.collation.is_none() && !relation.columns.is_empty() {
            // That of the table, where it is made already; a new table has it at its end.
            column.facts.collation = relation.collation.clone().filter(|_| relation.since > 0);
        }
    }
    Ok(defined)
}

fn untyped(column: &mut Column) {
    column.is_text = true;
    column.facts.collation = Some(Collation::named("BINARY"));
}

/// Takes over what a type says of a column.
pub(super) fn set_type(state: &State, column: &mut Column, written: Written) {
    column.is_text = written.is_text;
    column.user_type = written.user.as_ref().and_then(|name| state.user_type(name));
    let facts = &mut column.facts;
    facts.lists.clear();
    if let Some(values) = written.labels {
        facts.lists.push(List { by: ListedBy::Type("enum".into()), values, origin: facts.origin.clone() });
    }
    if written.serial {
        facts.nullable = false;
        facts.has_default = true;
        let is_mysql = state.dialect == Dialect::MySql;
        facts.identity = Some(if is_mysql { Identity::AutoIncrement } else { Identity::Serial });
    }
    facts.collation = match state.dialect {
        Dialect::Postgres => {
            written.is_text.then(|| Collation { name: "default".into(), equality: Equality::Bytes })
        }
        Dialect::Sqlite => Some(Collation::named("BINARY")),
        Dialect::MySql => {
            let named = written.collation.as_deref().map(Collation::named);
            named.or_else(|| written.charset.as_deref().map(create::default_of))
        }
    };
    facts.type_name = written.name;
}

/// A unique key on one column.
fn key(state: &State, column: &str, line: u32, name: Option<String>) -> Index {
    Index {
        name: name.unwrap_or_default(),
        unique: true,
        constraint: state.dialect != Dialect::MySql,
        parts: vec![Part::Column { name: column.to_owned(), collation: None }],
        origin: state.origin(line),
        ..Index::default()
    }
}

/// One of what follows the type. A name of a constraint is kept for the next.
fn option(
    state: &State,
    relation: &mut Relation,
    defined: &mut Defined,
    cursor: &mut Cursor<'_, '_>,
    constraint: &mut Option<String>,
) -> Read<()> {
    let line = cursor.line();
    let is_mysql = state.dialect == Dialect::MySql;
    let facts = &mut defined.column.facts;
    let name = facts.name.clone();
    if cursor.eat(&["constraint"]) {
        *constraint = Some(cursor.name()?);
        return Ok(());
    }
    if cursor.eat(&["not", "null"]) {
        facts.nullable = false;
        cursor.eat(&["no", "inherit"]);
    } else if cursor.eat(&["null"]) {
        facts.nullable = true;
    } else if cursor.eat(&["default"]) {
        let value = expression(cursor)?;
        set_default(&mut defined.column, value);
    } else if cursor.eat(&["primary", "key"]) || (is_mysql && cursor.eat(&["key"])) {
        cursor.eat_any(&["asc", "desc"]);
        defined.keys.push((true, key(state, &name, line, constraint.take())));
    } else if cursor.eat(&["unique"]) {
        let _ = is_mysql && cursor.eat(&["key"]);
        let nulls_equal = nulls_equal(cursor);
        let fault = silent(cursor);
        defined
            .keys
            .push((false, Index { nulls_equal, fault, ..key(state, &name, line, constraint.take()) }));
    } else if cursor.eat(&["check"]) {
        let expression = cursor.group()?;
        check(state, relation, constraint.take(), Some(&name), expression);
        cursor.eat(&["no", "inherit"]);
    } else if cursor.eat(&["references"]) {
        references(cursor)?;
    } else if cursor.eat(&["collate"]) {
        facts.collation = Some(collation_named(cursor)?);
    } else if cursor.eat(&["generated"]) {
        generated(&mut defined.column, cursor)?;
    } else if cursor.eat(&["as"]) {
        facts.generated = Some(cursor.group()?.to_text());
    } else if cursor.eat_any(&["auto_increment", "autoincrement"]) {
        facts.has_default = true;
        facts.identity = Some(Identity::AutoIncrement);
        facts.nullable &= !is_mysql;
    } else if cursor.eat(&["not", "deferrable"]) {
    } else if cursor.eat(&["deferrable"]) {
        if let Some((_, key)) = defined.keys.last_mut() {
            key.fault = Some(DEFERRABLE);
        }
    } else {
        return without_meaning(cursor);
    }
    *constraint = None;
    Ok(())
}

/// What says nothing to the rules.
fn without_meaning(cursor: &mut Cursor<'_, '_>) -> Read<()> {
    if cursor.eat(&["on", "update"]) {
        expression(cursor)?;
    } else if cursor.eat(&["on", "conflict"]) || cursor.eat_any(&["after", "srid", "initially"]) {
        cursor.next();
    } else if cursor.eat_any(&[
        "comment",
        "column_format",
        "storage",
        "compression",
        "engine_attribute",
        "ref_system_id",
    ]) {
        cursor.eat_sign("=");
        cursor.next();
    } else if cursor.eat(&["using", "index", "tablespace"]) {
        cursor.name()?;
    } else if cursor.eat(&["character", "set"]) || cursor.eat(&["charset"]) {
        types::word(cursor)?;
    } else if cursor.eat_any(&["options", "include", "with"]) {
        let _ = cursor.eat(&["system", "versioning"]);
        cursor.group().map(|_| ()).or_else(|fault| if cursor.is_end() { Ok(()) } else { Err(fault) })?;
    } else if cursor.eat(&["without", "system", "versioning"]) || cursor.eat(&["not", "enforced"]) {
    } else if !cursor.eat_any(&[
        "first",
        "invisible",
        "visible",
        "stored",
        "virtual",
        "persistent",
        "enforced",
        "asc",
        "desc",
    ]) {
        return Err(cursor.not_understood());
    }
    Ok(())
}

/// `table [(column)] [MATCH x] [ON DELETE y] [ON UPDATE z]`.
fn references(cursor: &mut Cursor<'_, '_>) -> Read<()> {
    cursor.qualified()?;
    let _ = cursor.group();
    loop {
        if cursor.eat(&["match"]) {
            cursor.next();
        } else if cursor.eat(&["on", "delete"]) || cursor.eat(&["on", "update"]) {
            if !cursor.eat(&["no", "action"]) {
                if cursor.eat(&["set"]) {
                    cursor.eat_any(&["null", "default"]);
                    let _ = cursor.group();
                } else {
                    cursor.next();
                }
            }
        } else if !(cursor.eat(&["not", "deferrable"])
            || cursor.eat(&["deferrable"])
            || cursor.eat(&["initially", "deferred"])
            || cursor.eat(&["initially", "immediate"])
            || cursor.eat(&["not", "valid"]))
        {
            return Ok(());
        }
    }
}

/// An expression up to the words with which a definition goes on, of which the first is none.
pub(super) fn expression<'s, 'a>(cursor: &mut Cursor<'s, 'a>) -> Read<Cursor<'s, 'a>> {
    let whole = *cursor;
    if cursor.is_end() {
        return Err(cursor.fault("a value"));
    }
    let mut cases = 0_usize;
    loop {
        cases += usize::from(cursor.at(&["case"]));
        cases = cases.saturating_sub(usize::from(cursor.at(&["end"])));
        cursor.skip();
        // A sign joins what is on both sides of it: the words after `::` are a type.
        let is_type = whole.dialect == Dialect::Postgres && cursor.at_any(&["character"]);
        let is_charset = cursor.at(&["character", "set"]) && whole.dialect == Dialect::MySql;
        let with = cursor.at_any(&["with", "without"])
            && !cursor.at(&["with", "time"])
            && !cursor.at(&["without", "time"]);
        let ends =
            (cursor.at_any(&GOES_ON) && !is_type) || is_charset || with || cursor.at(&["using", "index"]);
        if cursor.is_end() || (cases == 0 && ends) {
            let length = whole.tokens().len() - cursor.tokens().len();
            return Ok(Cursor::new(whole.dialect, &whole.tokens()[..length]));
        }
    }
}

/// A default of NULL is none.
pub(super) fn set_default(column: &mut Column, value: Cursor<'_, '_>) {
    let facts = &mut column.facts;
    let value = value.bare();
    facts.has_default = !value.at(&["null"]);
    let is_sequence = value.dialect == Dialect::Postgres && {
        let mut value = value;
        let is_own = value.eat(&["pg_catalog"]);
        let _ = is_own && value.eat_sign(".");
        value.at(&["nextval"])
    };
    if is_sequence {
        facts.identity = Some(Identity::Serial);
    } else if facts.identity == Some(Identity::Serial) {
        facts.identity = None;
    }
}

/// Behind `GENERATED`.
pub(super) fn generated(column: &mut Column, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let facts = &mut column.facts;
    let by_default = cursor.eat(&["by", "default"]);
    if !by_default {
        cursor.expect(&["always"])?;
    }
    cursor.eat(&["on", "null"]);
    cursor.expect(&["as"])?;
    if cursor.eat(&["identity"]) {
        let _ = cursor.group();
        facts.nullable = false;
        facts.has_default = true;
        facts.identity = Some(if by_default { Identity::ByDefault } else { Identity::Always });
        facts.generated = (!by_default).then(|| "identity".into());
        return Ok(());
    }
    if cursor.peek().is_some_and(|token| token.kind == Kind::Word) {
        // Rows of a temporal table of MariaDB begin and end.
        cursor.expect(&["row"])?;
        cursor.next();
        facts.generated = Some("row".into());
        return Ok(());
    }
    facts.generated = Some(cursor.group()?.to_text());
    Ok(())
}
