//! Writes on the databases that have `ON CONFLICT`: Postgres and SQLite.

use super::Query;
use super::query::{ID, Writer, column, columns, conflicts, has, live, table, written};
use crate::adapter::{Adapter, Operation};
use crate::contract::{Entity, subscription};

/// The writes of an adapter.
pub(super) fn writes(adapter: &Adapter<'_>) -> Vec<Query> {
    match adapter.entity {
        Entity::Plan => vec![save(adapter), conflicts(adapter, Operation::Conflicts, "")],
        Entity::Subscription if adapter.extended => {
            vec![save(adapter), create(adapter), conflicts(adapter, Operation::Conflicts, "")]
        }
        Entity::Subscription => vec![save(adapter), conflicts(adapter, Operation::Conflicts, "")],
        Entity::Usage => vec![append(adapter)],
    }
}

fn save(adapter: &Adapter<'_>) -> Query {
    let mut query = Writer::new(adapter);
    let sets: Vec<_> = written(adapter)
        .filter(|&place| place != ID)
        .map(|place| column(adapter, place))
        .map(|column| format!("{column} = excluded.{column}"))
        .collect();
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}",
        table(adapter),
        columns(adapter),
        query.values(),
        column(adapter, ID),
        sets.join(", "),
    );
    query.finish(Operation::Save, sql)
}

/// The unique key of live rows decides among those who come at once, and the conditions refuse the rest without an error:
/// an error would end a caller's transaction on Postgres. The conflict is targeted, so that a lost index is noticed and
/// no other conflict is taken for a refusal.
fn create(adapter: &Adapter<'_>) -> Query {
    let mut query = Writer::new(adapter);
    let table = table(adapter);
    let values = query.values();
    let absent = |condition: String| format!("NOT EXISTS (SELECT 1 FROM {table} WHERE {condition})");
    let mut conditions = vec![absent(query.is(ID))];
    if has(adapter, subscription::PROVIDER_ID) {
        conditions.push(absent(query.is(subscription::PROVIDER_ID)));
    }
    conditions.push(absent(format!("{} AND {}", query.is(subscription::SUBSCRIBER_ID), live(adapter))));
    let sql = format!(
        "INSERT INTO {table} ({}) SELECT {values} WHERE {} ON CONFLICT ({}) WHERE {} DO NOTHING",
        columns(adapter),
        conditions.join(" AND "),
        column(adapter, subscription::SUBSCRIBER_ID),
        live(adapter),
    );
    query.finish(Operation::Create, sql)
}

/// No row where the id is there: an error would end a caller's transaction on Postgres.
fn append(adapter: &Adapter<'_>) -> Query {
    let mut query = Writer::new(adapter);
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO NOTHING",
        table(adapter),
        columns(adapter),
        query.values(),
        column(adapter, ID),
    );
    query.finish(Operation::Insert, sql)
}
