//! The tables and indexes that an adapter needs.

use super::column_type;
use super::query::{ID, column, has, live, places, table};
use crate::adapter::{Adapter, Dialect};
use crate::contract::{Entity, plan, subscription, usage};

/// One index of an adapter.
pub(super) struct Index {
    pub(super) name: String,
    pub(super) unique: bool,
    pub(super) places: Vec<usize>,
    /// A column that is only read from the index.
    pub(super) covers: Option<usize>,
    /// The rows that are in it; every row where there is none. Only where a database can do it.
    pub(super) only: Option<String>,
}

impl Index {
    pub(super) fn kind(&self) -> &'static str {
        if self.unique { "UNIQUE INDEX" } else { "INDEX" }
    }

    pub(super) fn columns(&self, adapter: &Adapter<'_>) -> String {
        self.places.iter().map(|&place| column(adapter, place)).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn predicate(&self) -> String {
        self.only.as_ref().map(|only| format!(" WHERE {only}")).unwrap_or_default()
    }
}

/// The indexes of an adapter: its keys beside the id, and one for each kind of query. What a field without column would
/// lead is not there to look for.
pub(super) fn indexes(adapter: &Adapter<'_>) -> Vec<Index> {
    let mut indexes = match adapter.entity {
        Entity::Plan => vec![
            unique(provider_key(adapter), plan::PROVIDER_ID),
            plain(adapter, "created_idx", &[plan::CREATED_AT, ID]),
        ],
        Entity::Subscription => subscription_indexes(adapter),
        Entity::Usage => usage_indexes(adapter),
    };
    indexes.retain(|index| has(adapter, index.places[0]));
    for index in &mut indexes {
        index.places.retain(|&place| has(adapter, place));
    }
    indexes
}

fn subscription_indexes(adapter: &Adapter<'_>) -> Vec<Index> {
    use subscription::{CREATED_AT, PLAN_ID, STATUS, SUBSCRIBER_ID};
    let mut indexes = vec![unique(provider_key(adapter), subscription::PROVIDER_ID)];
    if adapter.extended {
        indexes.push(Index { only: Some(live(adapter)), ..unique(live_key(adapter), SUBSCRIBER_ID) });
    }
    indexes.extend([
        plain(adapter, "created_idx", &[CREATED_AT, ID]),
        plain(adapter, "subscriber_idx", &[SUBSCRIBER_ID, CREATED_AT, ID]),
        plain(adapter, "plan_idx", &[PLAN_ID, CREATED_AT, ID]),
        plain(adapter, "status_idx", &[STATUS, CREATED_AT, ID]),
    ]);
    indexes
}

fn usage_indexes(adapter: &Adapter<'_>) -> Vec<Index> {
    use usage::{METRIC, PROVIDER_REPORTED_AT, QUANTITY, RECORDED_AT, SUBSCRIPTION_ID};
    let sums = plain(adapter, "sum_idx", &[SUBSCRIPTION_ID, METRIC, RECORDED_AT]);
    let mut indexes = vec![
        Index { covers: Some(QUANTITY), ..sums },
        plain(adapter, "recorded_idx", &[SUBSCRIPTION_ID, RECORDED_AT, ID]),
    ];
    if adapter.extended {
        indexes.push(if adapter.dialect == Dialect::MySql {
            plain(adapter, "unreported_idx", &[PROVIDER_REPORTED_AT, RECORDED_AT, ID])
        } else {
            let only = format!("{} IS NULL", column(adapter, PROVIDER_REPORTED_AT));
            Index { only: Some(only), ..plain(adapter, "unreported_idx", &[RECORDED_AT, ID]) }
        });
    }
    indexes
}

fn unique(name: String, place: usize) -> Index {
    Index { name, unique: true, places: vec![place], covers: None, only: None }
}

fn plain(adapter: &Adapter<'_>, suffix: &str, places: &[usize]) -> Index {
    let name = index_name(adapter.table.name, suffix);
    Index { name, unique: false, places: places.to_vec(), covers: None, only: None }
}

/// The name of the unique key of live rows.
#[must_use]
pub fn live_key(adapter: &Adapter<'_>) -> String {
    index_name(adapter.table.name, "live_key")
}

/// The name of the unique key of provider ids.
#[must_use]
pub fn provider_key(adapter: &Adapter<'_>) -> String {
    index_name(adapter.table.name, "provider_key")
}

/// `{table}_{suffix}`, within the length that every database allows (63 bytes). Postgres would cut a longer one in
/// silence, and two indexes of one table would have one name.
fn index_name(table: &str, suffix: &str) -> String {
    const LONGEST: usize = 63;
    let room = LONGEST - suffix.len() - 1;
    if table.len() <= room {
        return format!("{table}_{suffix}");
    }
    let hash = fnv1a(table.as_bytes());
    let mut end = room - 9;
    while !table.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}_{hash:08x}_{suffix}", &table[..end])
}

/// The 32-bit hash FNV-1a (Fowler, Noll, Vo): stable, and enough to tell the tables of one schema apart.
fn fnv1a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// The lines that define the columns.
pub(super) fn column_lines(adapter: &Adapter<'_>) -> Vec<String> {
    let fields = adapter.entity.fields();
    places(adapter)
        .map(|place| {
            let kind = fields[place].kind;
            let null = if kind.is_optional() { "" } else { " NOT NULL" };
            let key = if place == ID { " PRIMARY KEY" } else { "" };
            let name = column(adapter, place);
            format!("{name} {}{null}{key}", column_type(adapter, place))
        })
        .collect()
}

/// One `CREATE TABLE` and its indexes, where they are statements of their own.
pub(super) fn script(adapter: &Adapter<'_>, index: fn(&Adapter<'_>, &Index) -> String) -> String {
    let lines = column_lines(adapter);
    let mut script =
        format!("CREATE TABLE IF NOT EXISTS {} (\n    {}\n);\n", table(adapter), lines.join(",\n    "));
    for it in indexes(adapter) {
        script.push_str(&index(adapter, &it));
        script.push_str(";\n");
    }
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_stay_apart_and_in_bounds() {
        let table = "t".repeat(60);
        let twin = format!("{}u", "t".repeat(59));
        let names =
            [index_name(&table, "live_key"), index_name(&twin, "live_key"), index_name(&table, "plan_idx")];
        assert!(names.iter().all(|name| name.len() <= 63));
        assert!(names[0] != names[1] && names[0] != names[2]);
        assert_eq!(index_name("subs", "live_key"), "subs_live_key");
    }

    #[test]
    fn long_names_are_cut_between_letters() {
        assert!(index_name(&"é".repeat(40), "live_key").ends_with("_live_key"));
    }
}
