//! Views: their columns, as far as the query tells them.

use super::super::cursor::{Cursor, Fault, Read};
use super::super::state::{Column, Relation, State};
use crate::adapter::Dialect;
use crate::schema::table::{self, same_name};

/// Words that follow a table in a FROM, and so are no other name of it.
const FOLLOWS: [&str; 19] = [
    "on",
    "using",
    "where",
    "group",
    "having",
    "order",
    "limit",
    "union",
    "except",
    "intersect",
    "join",
    "left",
    "right",
    "inner",
    "outer",
    "full",
    "cross",
    "natural",
    "with",
];

/// Behind `CREATE VIEW`.
pub(super) fn create(state: &mut State, cursor: &mut Cursor<'_, '_>) -> Read<()> {
    let line = cursor.line();
    let if_absent = cursor.eat(&["if", "not", "exists"]);
    let name = cursor.qualified()?;
    let key = state.new_key(&name);
    if if_absent && state.relations.contains_key(&key) {
        return Ok(());
    }
    state.relations.remove(&key);
    state.about = Some(key);
    let names = match cursor.group() {
        Ok(group) => group.parts().into_iter().map(|mut part| part.name()).collect::<Read<Vec<_>>>()?,
        Err(_) => Vec::new(),
    };
    cursor.until(|it| it.at(&["as"]));
    cursor.expect(&["as"])?;
    let mut columns = match columns(state, cursor.bare()) {
        Ok(columns) => columns,
        Err(_) if !names.is_empty() => vec![unknown(String::new()); names.len()],
        Err(fault) => return Err(fault),
    };
    for (column, name) in columns.iter_mut().zip(names) {
        column.facts.name = name;
    }
    for column in &mut columns {
        column.facts.origin = state.origin(line);
    }
    state.insert(name, Relation { columns, ..Relation::new(table::Relation::View) });
    Ok(())
}

/// A column of which the name alone is known.
fn unknown(name: String) -> Column {
    let facts = table::Column { name, nullable: true, ..table::Column::default() };
    Column { facts, ..Column::default() }
}

/// A table of a FROM, and what the query calls it; none where it is a query itself or not known.
struct Source<'s> {
    called: String,
    relation: Option<&'s Relation>,
}

/// The columns of a query.
pub(super) fn columns(state: &State, mut query: Cursor<'_, '_>) -> Read<Vec<Column>> {
    if !query.eat(&["select"]) {
        return Err(Fault("its columns are not those of a plain query".into()));
    }
    if query.eat(&["distinct"]) && query.eat(&["on"]) {
        query.group()?;
    }
    query.eat(&["all"]);
    let list = query.until(|it| it.at_any(&["from", "union", "except", "intersect", "where", "limit"]));
    let sources = sources(state, query)?;
    let mut columns = Vec::new();
    for item in list.parts() {
        select(state, item, &sources, &mut columns)?;
    }
    Ok(columns)
}

fn sources<'s>(state: &'s State, mut query: Cursor<'_, '_>) -> Read<Vec<Source<'s>>> {
    let mut sources = Vec::new();
    let mut query = if query.eat(&["from"]) {
        query.until(|it| {
            it.at_any(&["where", "group", "having", "order", "limit", "union", "except", "intersect"])
        })
    } else {
        return Ok(sources);
    };
    loop {
        query.eat_any(&["only", "lateral"]);
        // `(a JOIN b ON ..)`, as databases print it, begins with a table as well.
        while query.at_sign("(") {
            let mut inner = query;
            let inside = inner.group()?;
            if inside.at_any(&["select", "with", "values"]) {
                break;
            }
            let tokens = query.tokens();
            query = Cursor::new(state.dialect, &tokens[1..]);
        }
        let mut source = if query.at_sign("(") {
            query.skip();
            Source { called: String::new(), relation: None }
        } else {
            let name = query.qualified()?;
            let relation = state.relations.get(&state.key(&name));
            Source { called: name.name, relation }
        };
        query.eat(&["as"]);
        if query.at_name() && !query.at_any(&FOLLOWS) {
            source.called = query.name()?;
        }
        sources.push(source);
        query.until(|it| it.at_sign(",") || it.at(&["join"]) || it.at(&["straight_join"]));
        if query.next().is_none() {
            return Ok(sources);
        }
    }
}

/// The columns that one item of the list makes.
fn select(
    state: &State,
    item: Cursor<'_, '_>,
    sources: &[Source<'_>],
    columns: &mut Vec<Column>,
) -> Read<()> {
    let dialect = state.dialect;
    let tokens = item.tokens();
    let [.., last] = tokens else {
        return Err(item.fault("a column"));
    };
    if last.is_sign("*") && (tokens.len() == 1 || tokens[tokens.len() - 2].is_sign(".")) {
        let of = (tokens.len() > 2).then(|| tokens[tokens.len() - 3].name(dialect));
        let is_of =
            |source: &&Source<'_>| of.as_ref().is_none_or(|of| same_name(dialect, of, &source.called));
        for source in sources.iter().filter(is_of) {
            let relation =
                source.relation.ok_or_else(|| Fault("`*` stands for columns that are not known".into()))?;
            columns.extend(relation.columns.iter().cloned().map(of_view));
        }
        return Ok(());
    }
    let mut whole = item;
    let mut named = Cursor::new(dialect, &tokens[tokens.len() - 1..]);
    let expression = whole.until(|it| it.at(&["as"]));
    let plain =
        if whole.is_end() && tokens.len() > 1 && named.at_name() && !tokens[tokens.len() - 2].is_sign(".") {
            Cursor::new(dialect, &tokens[..tokens.len() - 1])
        } else {
            expression
        };
    let found = of_source(plain.bare(), sources, dialect);
    let name = if named.at_name() { named.name()? } else { "?column?".into() };
    let mut column = found.unwrap_or_else(|| unknown(String::new()));
    column.facts.name = name;
    columns.push(column);
    Ok(())
}

/// `column` or `table.column`, with what is known of it.
fn of_source(mut expression: Cursor<'_, '_>, sources: &[Source<'_>], dialect: Dialect) -> Option<Column> {
    let name = expression.qualified().ok().filter(|_| expression.is_end())?;
    let mut found = sources.iter().filter_map(|source| {
        let is_it = name.schema.as_ref().is_none_or(|table| same_name(dialect, table, &source.called));
        let relation = source.relation.filter(|_| is_it)?;
        Some(&relation.columns[relation.place(dialect, &name.name)?])
    });
    found.next().cloned().map(of_view)
}

/// A column of a view has a type and maybe NULL, and nothing else of the table's.
fn of_view(column: Column) -> Column {
    let facts = table::Column {
        name: column.facts.name,
        type_name: column.facts.type_name,
        nullable: true,
        collation: column.facts.collation,
        lists: column.facts.lists,
        ..table::Column::default()
    };
    Column { facts, ..column }
}
