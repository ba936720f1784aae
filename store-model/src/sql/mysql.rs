//! What MySQL and MariaDB do their own way.

use super::changes::{conflicts, guards, insert, update};
use super::ddl::{Index, column_lines, indexed, indexes};
use super::quote::quote;
use super::rows::rivals;
use super::tuple::left_out;
use super::within::Within;
use super::writer::{Writer, column, in_key, name, table};
use super::{Query, column_type};
use crate::adapter::{Adapter, Bind, Dialect, Operation, Part};
use crate::contract::Entity;

/// The character set and the collation of a column: each server takes the one comment that is meant for it, and both
/// collations compare bytes, unpadded.
pub(crate) const BYTES: &str =
    "utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */";

/// `ON DUPLICATE KEY UPDATE` would change whichever row has any key of the new one, so a save is an update by id and,
/// where it finds no row, an insert.
pub(super) fn writes(adapter: &Adapter<'_>) -> Vec<Query> {
    let rows = |without: &Vec<Bind>| match adapter.entity {
        Entity::Usage => vec![insert(adapter, without)],
        // Where the database makes the ids, only live records are created: others could not be found again.
        Entity::Subscription if adapter.is_locked() || adapter.extended && !adapter.makes_ids() => {
            vec![update(adapter, without), insert(adapter, without), create(adapter, without)]
        }
        Entity::Plan | Entity::Subscription => vec![update(adapter, without), insert(adapter, without)],
    };
    let mut queries: Vec<_> = left_out(adapter).iter().flat_map(rows).collect();
    queries.push(conflicts(adapter, Operation::Conflicts, ""));
    // In a transaction a plain read sees the past, where the row that refused is not there yet.
    queries.push(conflicts(adapter, Operation::ConflictsNow, " LOCK IN SHARE MODE"));
    queries
}

/// For a record that is not live: a live one takes the plain insert, where the unique key decides without a deadlock. Under
/// a lock for each.
fn create(adapter: &Adapter<'_>, without: &[Bind]) -> Query {
    let mut query = Writer::leaving(adapter, without);
    let table = table(adapter);
    let values = query.values();
    let mut conditions = guards(&mut query);
    let rivals = rivals(&mut query).join(" AND ");
    conditions.push(format!("NOT EXISTS (SELECT 1 FROM {table} WHERE {rivals})"));
    let sql = format!(
        "INSERT INTO {table} ({}) SELECT {values} FROM DUAL WHERE {}",
        query.columns(),
        conditions.join(" AND "),
    );
    query.finish(Operation::Create, sql)
}

pub(super) fn ddl(adapter: &Adapter<'_>) -> String {
    let mut lines = column_lines(adapter);
    let indexes = indexes(adapter);
    lines.extend(indexes.iter().filter_map(|index| made_column(adapter, index)));
    lines.extend(indexes.iter().map(|index| key(adapter, index)));
    format!(
        "CREATE TABLE IF NOT EXISTS {} (\n    {}\n) ENGINE = InnoDB DEFAULT CHARACTER SET {BYTES};\n",
        table(adapter),
        lines.join(",\n    "),
    )
}

/// The definition of the generated column in the stead of the last of an index: it holds that one's value in the rows
/// that are to be in the index, and NULL in all others.
fn made_column(adapter: &Adapter<'_>, index: &Index) -> Option<String> {
    let only = index.only.as_ref()?;
    let (place, made) = only.made?;
    let last = last(adapter, place);
    let (value, value_type) = if last.column.is_within() {
        let within = Within::new(Dialect::MySql, &name(adapter, last), last.column.path).in_letters();
        (within, "VARCHAR(255)".to_owned())
    } else {
        (last_in_key(adapter, place), column_type(adapter, last))
    };
    Some(format!(
        "{} {} GENERATED ALWAYS AS (CASE WHEN {} THEN {} END) STORED",
        quote(Dialect::MySql, made),
        value_type,
        only.rows,
        value,
    ))
}

/// Where a field has several columns, one that is NULL is enough to leave a row out of its key.
fn last<'a>(adapter: &Adapter<'a>, place: usize) -> Part<'a> {
    adapter.parts_of(place).last().expect("a field of an index has a column")
}

/// The value of the last column of a field as a generated column has it.
pub(crate) fn last_in_key(adapter: &Adapter<'_>, place: usize) -> String {
    in_key(adapter, last(adapter, place))
}

/// The name and the definition of the generated column of one of the adapter's own indexes.
pub(crate) fn made_column_of(adapter: &Adapter<'_>, index: &str) -> Option<(&'static str, String)> {
    let index = indexes(adapter).into_iter().find(|it| it.name == index)?;
    let (_, name) = index.only.as_ref()?.made?;
    Some((name, made_column(adapter, &index)?))
}

pub(super) fn key(adapter: &Adapter<'_>, index: &Index) -> String {
    let kind = if index.unique { "UNIQUE KEY" } else { "KEY" };
    let mut columns = index.columns.clone();
    if let Some((place, made)) = index.only.as_ref().and_then(|only| only.made) {
        let of = indexed(adapter, last(adapter, place));
        columns.iter_mut().filter(|column| **column == of).for_each(|it| *it = quote(Dialect::MySql, made));
    }
    columns.extend(index.covers.map(|place| column(adapter, place)));
    format!("{kind} {} ({})", quote(Dialect::MySql, &index.name), columns.join(", "))
}
