//! What MySQL and MariaDB do their own way.

use super::Query;
use super::ddl::{Index, column_lines, indexes};
use super::query::{ID, Writer, column, columns, conflicts, insert, live, table, written};
use super::quote::quote;
use crate::adapter::{Adapter, Dialect, Operation};
use crate::contract::{Entity, subscription};

/// The generated column that holds the subscriber of a live row: there are no partial indexes.
pub const LIVE_COLUMN: &str = "live_key";

/// The character set and the collation of a column: each server takes the one comment that is meant for it, and both
/// collations compare bytes, unpadded.
pub(crate) const BYTES: &str =
    "utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */";

/// `ON DUPLICATE KEY UPDATE` would change whichever row has any key of the new one, so a save is an update by id and,
/// where it finds no row, an insert.
pub(super) fn writes(adapter: &Adapter<'_>) -> Vec<Query> {
    let mut queries = match adapter.entity {
        Entity::Usage => vec![insert(adapter)],
        Entity::Subscription if adapter.extended => vec![update(adapter), insert(adapter), create(adapter)],
        Entity::Plan | Entity::Subscription => vec![update(adapter), insert(adapter)],
    };
    queries.push(conflicts(adapter, Operation::Conflicts, ""));
    // In a transaction a plain read sees the past, where the row that refused is not there yet.
    queries.push(conflicts(adapter, Operation::ConflictsNow, " LOCK IN SHARE MODE"));
    queries
}

fn update(adapter: &Adapter<'_>) -> Query {
    let mut query = Writer::new(adapter);
    let sets: Vec<_> = written(adapter).filter(|&place| place != ID).map(|place| query.is(place)).collect();
    let sql = format!("UPDATE {} SET {} WHERE {}", table(adapter), sets.join(", "), query.is(ID));
    query.finish(Operation::Update, sql)
}

/// For a record that is not live: a live one takes the plain insert, where the unique key decides without a deadlock.
fn create(adapter: &Adapter<'_>) -> Query {
    let mut query = Writer::new(adapter);
    let table = table(adapter);
    let sql = format!(
        "INSERT INTO {table} ({}) SELECT {} FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE {} AND {})",
        columns(adapter),
        query.values(),
        query.is(subscription::SUBSCRIBER_ID),
        live(adapter),
    );
    query.finish(Operation::Create, sql)
}

pub(super) fn ddl(adapter: &Adapter<'_>) -> String {
    let mut lines = column_lines(adapter);
    if adapter.entity == Entity::Subscription && adapter.extended {
        lines.push(live_column(adapter));
    }
    lines.extend(indexes(adapter).iter().map(|index| key(adapter, index)));
    format!(
        "CREATE TABLE IF NOT EXISTS {} (\n    {}\n) ENGINE = InnoDB DEFAULT CHARACTER SET {BYTES};\n",
        table(adapter),
        lines.join(",\n    "),
    )
}

/// The definition of the column that holds the subscriber of a live row.
pub(crate) fn live_column(adapter: &Adapter<'_>) -> String {
    format!(
        "{} VARCHAR(255) GENERATED ALWAYS AS (CASE WHEN {} THEN {} END) STORED",
        quote(Dialect::MySql, LIVE_COLUMN),
        live(adapter),
        column(adapter, subscription::SUBSCRIBER_ID),
    )
}

pub(super) fn key(adapter: &Adapter<'_>, index: &Index) -> String {
    let kind = if index.unique { "UNIQUE KEY" } else { "KEY" };
    let covers = index.covers.map(|place| format!(", {}", column(adapter, place)));
    // A key of live rows only is one on the generated column, which is null in all others.
    let columns = match index.only {
        Some(_) => quote(Dialect::MySql, LIVE_COLUMN),
        None => index.columns(adapter),
    };
    format!("{kind} {} ({columns}{})", quote(Dialect::MySql, &index.name), covers.unwrap_or_default())
}
