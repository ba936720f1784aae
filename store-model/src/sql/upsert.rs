//! Writes on the databases that have `ON CONFLICT`: Postgres and SQLite.

use super::assign::set_excluded;
use super::changes::{conflicts, guards, insert, insert_made, new_row, returned_id, update};
use super::quote::quote;
use super::rows::{beyond_identity, has_identity, identity, live_key, ours, rivals};
use super::tuple::left_out;
use super::writer::{Writer, is_unique, table};
use super::{Query, document, extra};
use crate::adapter::{Adapter, Bind, Operation};
use crate::contract::{Entity, subscription};

/// The writes of an adapter that isn't only read.
pub(super) fn writes(adapter: &Adapter<'_>) -> Vec<Query> {
    if adapter.options().instead_of {
        return writes_by_trigger(adapter);
    }
    if adapter.makes_ids() {
        return writes_of_made(adapter);
    }
    let rows = |without: &Vec<Bind>| match adapter.entity {
        Entity::Subscription if adapter.extended => vec![save(adapter, without), create(adapter, without)],
        Entity::Plan | Entity::Subscription => vec![save(adapter, without)],
        Entity::Usage => vec![append(adapter)],
    };
    let mut queries: Vec<_> = left_out(adapter).iter().flat_map(rows).collect();
    if adapter.entity != Entity::Usage {
        queries.push(conflicts(adapter, Operation::Conflicts, ""));
    }
    queries
}

/// A row whose id the database makes is made without one, and replaced where it is there.
fn writes_of_made(adapter: &Adapter<'_>) -> Vec<Query> {
    let is_atomic = adapter.entity == Entity::Subscription && adapter.extended;
    let rows = |without: &Vec<Bind>| {
        let rows = [update(adapter, without), insert_made(adapter, without)];
        rows.into_iter().chain(is_atomic.then(|| create(adapter, without)))
    };
    let mut queries: Vec<_> = left_out(adapter).iter().flat_map(rows).collect();
    queries.push(conflicts(adapter, Operation::Conflicts, ""));
    queries
}

/// No view takes an upsert, and no conflict can be aimed at a key of one.
fn writes_by_trigger(adapter: &Adapter<'_>) -> Vec<Query> {
    let rows = |without: &Vec<Bind>| match adapter.entity {
        Entity::Usage => vec![insert(adapter, without)],
        Entity::Plan | Entity::Subscription => vec![update(adapter, without), insert(adapter, without)],
    };
    let mut queries: Vec<_> = left_out(adapter).iter().flat_map(rows).collect();
    queries.push(conflicts(adapter, Operation::Conflicts, ""));
    queries
}

/// A row that has the key of the record and is not the store's stays as it is; no row tells so.
fn save(adapter: &Adapter<'_>, without: &[Bind]) -> Query {
    let mut query = Writer::leaving(adapter, without);
    let table = table(adapter);
    let row = new_row(&mut query);
    let mut sets: Vec<_> = query.replaced().map(|part| set_excluded(&mut query, part)).collect();
    let extras = extra::rewritten(adapter).map(|(extra, _)| quote(adapter.dialect, extra.column.name));
    sets.extend(extras.map(|column| format!("{column} = excluded.{column}")));
    let stored = format!("{}.", quote(adapter.dialect, adapter.table.name));
    let mut ours = beyond_identity(&mut query, &stored);
    ours.extend(document::soundness(adapter, &stored));
    let unless_taken = if ours.is_empty() { String::new() } else { format!(" WHERE {}", ours.join(" AND ")) };
    let sql = format!(
        "INSERT INTO {table} ({}) {row} ON CONFLICT {} DO UPDATE SET {}{unless_taken}",
        query.columns(),
        identity(adapter).target(adapter),
        sets.join(", "),
    );
    query.finish(Operation::Save, sql)
}

/// The unique key of live rows, or a lock, decides among those who come at once, and the conditions refuse the rest without an error:
/// an error would end a caller's transaction on Postgres. The conflict is targeted, so that a lost index is noticed and
/// no other conflict is taken for a refusal.
fn create(adapter: &Adapter<'_>, without: &[Bind]) -> Query {
    let mut query = Writer::leaving(adapter, without);
    let table = table(adapter);
    let values = query.values();
    let absent = |conditions: Vec<String>| {
        format!("NOT EXISTS (SELECT 1 FROM {table} WHERE {})", conditions.join(" AND "))
    };
    let mut conditions = guards(&mut query);
    if !adapter.makes_ids() {
        conditions.push(absent(has_identity(&mut query)));
    }
    if is_unique(adapter, subscription::PROVIDER_ID) {
        conditions.push(absent(ours(&mut query, |query| vec![query.equal(subscription::PROVIDER_ID)])));
    }
    conditions.push(absent(rivals(&mut query)));
    // Under a lock nobody comes between, and there is no key to conflict with.
    let unless_refused = if adapter.is_locked() {
        String::new()
    } else {
        format!(" ON CONFLICT {} DO NOTHING", live_key(adapter).target(adapter))
    };
    let sql = format!(
        "INSERT INTO {table} ({}) SELECT {values} WHERE {}{unless_refused}{}",
        query.columns(),
        conditions.join(" AND "),
        returned_id(adapter),
    );
    query.finish(Operation::Create, sql)
}

/// No row where the id is there: an error would end a caller's transaction on Postgres.
fn append(adapter: &Adapter<'_>) -> Query {
    let mut query = Writer::new(adapter);
    let sql = format!(
        "INSERT INTO {} ({}) {} ON CONFLICT {} DO NOTHING",
        table(adapter),
        query.columns(),
        new_row(&mut query),
        identity(adapter).target(adapter),
    );
    query.finish(Operation::Insert, sql)
}
