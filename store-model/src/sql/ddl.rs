//! The tables and indexes that an adapter needs.

use super::null::counts;
use super::quote::quote;
use super::rows::{self, beside_key, identity, live_rows, scope_columns};
use super::writer::{ID, column, field_in_key, is_unique, name, provider_place, quoted, table};
use super::{blank, column_type, extra, made, tuple};
use crate::adapter::{Adapter, Atomic, Column, Dialect, Null, Part, Place, Stored};
use crate::contract::{Entity, Kind, plan, subscription, usage};
use crate::form::Form;

/// The generated column that holds the subscriber of a live row, where there are no partial indexes.
const LIVE_COLUMN: &str = "live_key";

/// The generated column that holds the provider id of a row that counts, where there are no partial indexes.
const PROVIDER_COLUMN: &str = "live_provider_id";

/// The script of a view whose triggers write: only its owner knows the tables behind it.
pub(super) const OF_VIEW: &str = "-- A view, its triggers and the tables behind it are made by hand.\n";

/// One index of an adapter.
pub(super) struct Index {
    pub(super) name: String,
    pub(super) unique: bool,
    /// Its columns, quoted.
    pub(super) columns: Vec<String>,
    /// A column that is only read from the index.
    pub(super) covers: Option<usize>,
    /// The rows that are in it; every row where there is none.
    pub(super) only: Option<Only>,
}

/// The rows of a partial index.
pub(super) struct Only {
    pub(super) rows: String,
    /// On MySQL, which has no partial indexes: the field for whose column the index has a generated one there.
    pub(super) made: Option<(usize, &'static str)>,
}

impl Index {
    pub(super) fn kind(&self) -> &'static str {
        if self.unique { "UNIQUE INDEX" } else { "INDEX" }
    }

    pub(super) fn columns(&self) -> String {
        self.columns.join(", ")
    }

    pub(super) fn predicate(&self) -> String {
        self.only.as_ref().map(|only| format!(" WHERE {}", only.rows)).unwrap_or_default()
    }
}

/// The indexes of an adapter: its keys beside the id, and one for each kind of query. What a field without column would
/// lead is not there to look for.
pub(super) fn indexes(adapter: &Adapter<'_>) -> Vec<Index> {
    let mut indexes: Vec<_> = declared_key(adapter).into_iter().collect();
    indexes.extend(provider_index(adapter));
    match adapter.entity {
        Entity::Plan => indexes.extend(plain(adapter, "created_idx", &[plan::CREATED_AT, ID])),
        Entity::Subscription => indexes.extend(subscription_indexes(adapter)),
        Entity::Usage => indexes.extend(usage_indexes(adapter)),
    }
    indexes
}

/// The key of ids that holds for some rows only, which no primary key can.
fn declared_key(adapter: &Adapter<'_>) -> Option<Index> {
    let key = identity(adapter);
    let only = Only { rows: key.predicate?, made: None };
    let columns = key.columns.iter().map(|name| quote(adapter.dialect, name)).collect();
    let name = index_name(adapter.table.name, "key");
    Some(Index { name, unique: true, columns, covers: None, only: Some(only) })
}

fn provider_index(adapter: &Adapter<'_>) -> Option<Index> {
    let place = provider_place(adapter.entity).filter(|&place| adapter.is_stored(place))?;
    if adapter.are_one(place, ID) {
        return None;
    }
    if !is_unique(adapter, place) || adapter.options().read_only {
        return plain(adapter, "provider_idx", &[place]);
    }
    let mut beside = beside_key(adapter);
    beside.extend(counts(adapter, place, &field_in_key(adapter, place)));
    // What lies within a document MySQL has an index of only where a column is made for it.
    if adapter.dialect == Dialect::MySql && adapter.kept(place).is_within() && beside.is_empty() {
        beside.push(format!("{} IS NOT NULL", column(adapter, place)));
    }
    let only = (!beside.is_empty())
        .then(|| Only { rows: beside.join(" AND "), made: Some((place, PROVIDER_COLUMN)) });
    Some(unique(adapter, provider_key(adapter), place, only))
}

fn live_index(adapter: &Adapter<'_>) -> Option<Index> {
    use subscription::SUBSCRIBER_ID;
    if !adapter.extended || adapter.is_locked() || adapter.options().read_only {
        return None;
    }
    let name = live_key(adapter);
    let made = Some((SUBSCRIBER_ID, LIVE_COLUMN));
    match adapter.options().atomic {
        Atomic::Key(_) => {
            let key = rows::live_key(adapter);
            let only = key.predicate.map(|rows| Only { rows, made });
            let columns = key.columns.iter().map(|name| quote(adapter.dialect, name)).collect();
            Some(Index { name, unique: true, columns, covers: None, only })
        }
        _ => Some(unique(adapter, name, SUBSCRIBER_ID, Some(Only { rows: live_rows(adapter), made }))),
    }
}

fn subscription_indexes(adapter: &Adapter<'_>) -> Vec<Index> {
    use subscription::{CREATED_AT, PLAN_ID, STATUS, SUBSCRIBER_ID};
    let reads = [
        plain(adapter, "created_idx", &[CREATED_AT, ID]),
        plain(adapter, "subscriber_idx", &[SUBSCRIBER_ID, CREATED_AT, ID]),
        plain(adapter, "plan_idx", &[PLAN_ID, CREATED_AT, ID]),
        plain(adapter, "status_idx", &[STATUS, CREATED_AT, ID]),
    ];
    live_index(adapter).into_iter().chain(reads.into_iter().flatten()).collect()
}

fn usage_indexes(adapter: &Adapter<'_>) -> Vec<Index> {
    use usage::{METRIC, PROVIDER_REPORTED_AT, QUANTITY, RECORDED_AT, SUBSCRIPTION_ID};
    let sums = plain(adapter, "sum_idx", &[SUBSCRIPTION_ID, METRIC, RECORDED_AT]);
    // What a codec makes may be too long for an index, and what lies within a document is no column.
    let is_covered = |column: &Column<'_>| !column.is_coded() && !column.is_within();
    let covers = Some(QUANTITY).filter(|&place| is_covered(adapter.kept(place)));
    let sums = sums.map(|sums| Index { covers, ..sums });
    let recorded = plain(adapter, "recorded_idx", &[SUBSCRIPTION_ID, RECORDED_AT, ID]);
    let unreported = if !adapter.extended {
        None
    } else if adapter.dialect == Dialect::MySql || adapter.kept(PROVIDER_REPORTED_AT).null.is_some() {
        plain(adapter, "unreported_idx", &[PROVIDER_REPORTED_AT, RECORDED_AT, ID])
    } else {
        let rows = format!("{} IS NULL", column(adapter, PROVIDER_REPORTED_AT));
        plain(adapter, "unreported_idx", &[RECORDED_AT, ID])
            .map(|index| Index { only: Some(Only { rows, made: None }), ..index })
    };
    [sums, recorded, unreported].into_iter().flatten().collect()
}

/// A unique index on a field of the rows of a scope.
fn unique(adapter: &Adapter<'_>, name: String, place: usize, only: Option<Only>) -> Index {
    Index { name, unique: true, columns: scoped(adapter, &[place]), covers: None, only }
}

fn plain(adapter: &Adapter<'_>, suffix: &str, places: &[usize]) -> Option<Index> {
    let name = index_name(adapter.table.name, suffix);
    let is_indexed = |place: &usize| {
        adapter.dialect != Dialect::MySql || adapter.parts_of(*place).all(|part| !part.column.is_within())
    };
    // What lies within a document MySQL has no index of, nor of what is sorted by it.
    let indexed: Vec<_> = places.iter().copied().take_while(is_indexed).collect();
    let columns = scoped(adapter, &indexed);
    (adapter.is_stored(places[0]) && !indexed.is_empty()).then_some(Index {
        name,
        unique: false,
        columns,
        covers: None,
        only: None,
    })
}

/// The columns of the scope, then those that the fields have.
fn scoped(adapter: &Adapter<'_>, places: &[usize]) -> Vec<String> {
    let scope = scope_columns(adapter).map(|name| quote(adapter.dialect, name));
    let fields = places.iter().filter(|&&place| adapter.is_stored(place));
    let fields = fields.flat_map(|&place| adapter.parts_of(place));
    let mut columns: Vec<_> = scope.collect();
    for column in fields.map(|part| indexed(adapter, part)) {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    columns
}

/// What an index has of a part: a column, or an expression in parentheses.
pub(super) fn indexed(adapter: &Adapter<'_>, part: Part<'_>) -> String {
    let value = quoted(adapter, part);
    if part.column.is_within() && value.starts_with("CASE") { format!("({value})") } else { value }
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

/// Whether NULL means something in a column, or is left in it.
fn takes_null(adapter: &Adapter<'_>, part: Part<'_>) -> bool {
    let column = part.column;
    if let Some(code) = column.code {
        return code.takes_null;
    }
    let mut labels = column.labels.iter().flat_map(|labels| labels.list);
    if column.null == Some(Null::Never) {
        return false;
    }
    let kind = adapter.entity.fields()[part.place].kind;
    kind.is_optional()
        || kind == Kind::Numbers && matches!(adapter.fields[part.place], Place::Keys(_))
        || column.null.is_some()
        || labels.any(|label| label.stored.contains(&Stored::Null))
        || tuple::values(adapter, part).any(|stored| stored == Stored::Null)
        || tuple::can_be_left_out(adapter, part)
}

/// The lines that define the columns, and the key of ids.
pub(super) fn column_lines(adapter: &Adapter<'_>) -> Vec<String> {
    let key = identity(adapter);
    let is_of_id = key.predicate.is_none() && key.columns == [adapter.kept(ID).name];
    let fields = adapter.stored().map(|part| {
        let mut of_column = adapter.parts().filter(|it| adapter.is_one_column(it.column, part.column));
        let takes_null = of_column.all(|it| takes_null(adapter, it));
        let null = match part.column.form {
            Form::Coded(coded) => blank::unless_null(coded, " NOT NULL"),
            _ if takes_null => String::new(),
            _ => " NOT NULL".into(),
        };
        let key = if is_of_id && part.place == ID { " PRIMARY KEY" } else { "" };
        let made = made::value(adapter, part).unwrap_or_default();
        format!("{} {}{null}{made}{key}", name(adapter, part), column_type(adapter, part))
    });
    let mut lines = extra::scope_lines(adapter);
    lines.extend(fields);
    lines.extend(extra::lines(adapter));
    if !is_of_id && key.predicate.is_none() {
        lines.push(format!("PRIMARY KEY {}", key.target(adapter)));
    }
    lines
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
