//! The changes that are alike on every database, and the parts that the others are built from.

use super::assign::set;
use super::rows::{among_ours, beyond_identity, has_identity, is_another, other_rivals, ours};
use super::writer::{ID, Writer, is_unique, provider_place, table, truth};
use super::{Query, asks_for_taken, document, extra, form, via};
use crate::adapter::{Adapter, Bind, Dialect, Operation};
use crate::contract::{Entity, subscription, usage};

/// A plain `INSERT` of all columns.
pub(super) fn insert(adapter: &Adapter<'_>, without: &[Bind]) -> Query {
    let mut query = Writer::leaving(adapter, without);
    let sql = format!("INSERT INTO {} ({}) {}", table(adapter), query.columns(), new_row(&mut query));
    query.finish(Operation::Insert, sql)
}

/// The conditions on what a record says, under which alone it is written: that rows which it refers to in other tables are
/// there, and that it fits what other columns decide.
pub(super) fn guards(query: &mut Writer<'_>) -> Vec<String> {
    let mut guards = via::guards(query);
    guards.extend(query.fits());
    guards
}

/// `VALUES (..)`; where there are conditions `SELECT .. WHERE ..`, so that there is no row unless they hold.
pub(super) fn new_row(query: &mut Writer<'_>) -> String {
    let values = query.values();
    let guards = guards(query);
    if guards.is_empty() {
        return format!("VALUES ({values})");
    }
    let from = if query.adapter().dialect == Dialect::MySql { " FROM DUAL" } else { "" };
    format!("SELECT {values}{from} WHERE {}", guards.join(" AND "))
}

/// The same where the database makes the id, which the statement gives; the driver of MySQL gives it without being asked.
pub(super) fn insert_made(adapter: &Adapter<'_>, without: &[Bind]) -> Query {
    let mut query = insert(adapter, without);
    query.sql.push_str(&returned_id(adapter));
    query
}

/// ` RETURNING "id"`, where the database makes the id and can give it.
pub(super) fn returned_id(adapter: &Adapter<'_>) -> String {
    if !adapter.makes_ids() || adapter.dialect == Dialect::MySql {
        return String::new();
    }
    format!(" RETURNING {}", form::read(adapter, adapter.kept(ID)))
}

/// Replaces the row of an id.
pub(super) fn update(adapter: &Adapter<'_>, without: &[Bind]) -> Query {
    let mut query = Writer::leaving(adapter, without);
    let mut sets: Vec<_> = query.replaced().map(|part| set(&mut query, part)).collect();
    sets.extend(extra::assignments(&mut query));
    let this = among_ours(&mut query, |query| {
        let mut conditions = vec![query.is(ID)];
        conditions.extend(guards(query));
        conditions
    });
    let this = this + &document::soundness(adapter, "").map(|it| format!(" AND {it}")).collect::<String>();
    query.finish(Operation::Update, format!("UPDATE {} SET {}{this}", table(adapter), sets.join(", ")))
}

/// Whether a row other than this record has its id, its provider id, or is live for its subscriber; one flag for each,
/// as unique keys compare. Where a row can have the record's id and not be one of the store's, a last flag tells of such
/// a row on MySQL: an upsert tells it by itself.
pub(super) fn conflicts(adapter: &Adapter<'_>, operation: Operation, lock: &str) -> Query {
    let mut query = Writer::new(adapter);
    let table = table(adapter);
    let exists = |conditions: &[String]| {
        format!("EXISTS (SELECT 1 FROM {table} WHERE {}{lock})", conditions.join(" AND "))
    };
    let none = |query: &mut Writer<'_>| exists(&[truth(adapter, false).into(), is_another(query)]);
    let mut flags = vec![exists(&has_identity(&mut query))];
    if let Some(place) = provider_place(adapter.entity) {
        flags.push(if is_unique(adapter, place) {
            exists(&ours(&mut query, |query| vec![query.equal(place), is_another(query)]))
        } else {
            none(&mut query)
        });
    }
    if adapter.entity == Entity::Subscription {
        let [subscriber, status] = [subscription::SUBSCRIBER_ID, subscription::STATUS];
        flags.push(if adapter.is_stored(subscriber) && adapter.is_told(status) {
            exists(&other_rivals(&mut query))
        } else {
            none(&mut query)
        });
    }
    if asks_for_taken(adapter) {
        let mut conditions = has_identity(&mut query);
        let beyond = beyond_identity(&mut query, "").join(" AND ");
        conditions.push(format!("({beyond}) IS NOT TRUE"));
        flags.push(exists(&conditions));
    }
    query.finish(operation, format!("SELECT {}", flags.join(", ")))
}

/// Removes a row, or marks it. A marked one is no longer the store's, so it stays as it is.
pub(super) fn delete(adapter: &Adapter<'_>) -> Option<Query> {
    if adapter.options().read_only {
        return None;
    }
    let mut query = Writer::new(adapter);
    let table = table(adapter);
    let change = match extra::deletion(&mut query) {
        Some(mark) => {
            let mut sets = vec![mark];
            sets.extend(extra::assignments_without_record(&mut query));
            format!("UPDATE {table} SET {}", sets.join(", "))
        }
        None => format!("DELETE FROM {table}"),
    };
    let this = among_ours(&mut query, |query| vec![query.is(ID)]);
    Some(query.finish(Operation::Delete, change + &this))
}

/// Writes the time at which the provider had a record.
pub(super) fn mark(adapter: &Adapter<'_>) -> Option<Query> {
    if adapter.options().read_only {
        return None;
    }
    let mut query = Writer::new(adapter);
    let mut sets = vec![match document::of_mark(adapter) {
        Some(document) => document::set(&mut query, &document, ""),
        None => set(&mut query, adapter.part(usage::PROVIDER_REPORTED_AT, 0)),
    }];
    sets.extend(extra::assignments_without_record(&mut query));
    let this = among_ours(&mut query, |query| vec![query.is(ID)]);
    let is_sound =
        document::of_mark(adapter).map(|it| format!(" AND {}", document::is_sound(adapter, &it, "")));
    let this = this + &is_sound.unwrap_or_default();
    Some(query.finish(Operation::Mark, format!("UPDATE {} SET {}{this}", table(adapter), sets.join(", "))))
}
