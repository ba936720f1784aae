//! The names of the options, one list for each level: reading, messages and docs use the same.

use store_model::adapter::Dialect;
use store_model::contract::Entity;

pub(crate) const STORE: &str = "store";

pub(crate) const CRATE: &str = "crate";
pub(crate) const DATABASE: &str = "database";
pub(crate) const SCHEMA: &str = "schema";

pub(crate) const ATOMIC: &str = "atomic";
pub(crate) const REPORTABLE: &str = "reportable";
pub(crate) const TABLE: &str = "table";

pub(crate) const COLUMNS: &str = "columns";
pub(crate) const ABSENT: &str = "absent";
pub(crate) const ALWAYS: &str = "always";

pub(crate) const LOSSY: &str = "lossy";
pub(crate) const LABELS: &str = "labels";
pub(crate) const OVER: &str = "over";
pub(crate) const CASE: &str = "case";
pub(crate) const WITH: &str = "with";
pub(crate) const LIVE_SQL: &str = "live_sql";

/// The lists that say where fields of the contract are.
pub(crate) const LISTS: &[&str] = &[COLUMNS, ABSENT, ALWAYS, LOSSY];

pub(crate) const SCOPE: &str = "scope";
pub(crate) const KEY: &str = "key";
pub(crate) const INSERT: &str = "insert";
pub(crate) const WRITE: &str = "write";
pub(crate) const SOFT_DELETE: &str = "soft_delete";
pub(crate) const READ_FROM: &str = "read_from";
pub(crate) const READ_ONLY: &str = "read_only";
pub(crate) const INSTEAD_OF: &str = "instead_of";
pub(crate) const COLLATION: &str = "collation";

/// What is said of the table itself.
pub(crate) const OF_TABLE: &[&str] =
    &[SCOPE, KEY, INSERT, WRITE, SOFT_DELETE, READ_FROM, READ_ONLY, INSTEAD_OF, COLLATION];

/// The options of a field of the contract, in `columns(..)`.
pub(crate) const FIELD: &[&str] = &[
    "column",
    "as",
    WITH,
    "type",
    "collation",
    OVER,
    "path",
    "keys",
    LABELS,
    CASE,
    LIVE_SQL,
    "if_null",
    "also_none",
    "not_null",
    "via",
    "generated",
    "view_only",
    "repeats",
];

/// The options of `via(..)`.
pub(crate) const VIA: &[&str] = &["table", "stores", "reads", "scope", "as"];

/// What is said of all ids.
pub(crate) const IDS: &[&str] = &["as", "type", "collation"];

/// What is said of all times.
pub(crate) const TIMES: &[&str] = &["as", "type"];

/// What is said of a field of the contract in a further column.
pub(crate) const COPIED: &[&str] = &["as", "type", LABELS, "via"];

/// The options of a field of the struct.
pub(crate) const ON_FIELD: &[&str] = &[POOL, SCOPE, INSERT, WRITE];

/// The options of `scope(..)` and its like there, where each section may have a column of its own.
pub(crate) const OF_FIELD: &[&str] = &["column", "type"];

/// The word for a lock in `atomic(..)`, and its options.
pub(crate) const LOCK: &str = "lock";
pub(crate) const LOCKED: &[&str] = &["table", "column"];

/// The options of `soft_delete(..)`.
pub(crate) const MARK: &[&str] = &["column", "as", "marked_live", "deleted"];

/// A form with what may stand in its parentheses, as examples in messages have it.
pub(crate) fn example_form(word: &str) -> &'static str {
    match word {
        "timestamp" => "timestamp(6)",
        "datetime" => "datetime(6)",
        "date" => "date",
        "epoch" => "epoch(ms)",
        "is_null" => "is_null(timestamp(6))",
        "is_set" => "is_set(timestamp(6))",
        _ => "text(\"%Y-%m-%d %H:%M:%S\")",
    }
}

/// The option of a field, and the name of the field that needs no option.
pub(crate) const POOL: &str = "pool";

/// What every derive of a struct shares; never in a section.
pub(crate) const SHARED: &[&str] = &[DATABASE, SCHEMA, CRATE];

/// Where a store's own options stand if a struct derives several.
pub(crate) const SECTIONS: &[&str] = &["plan", "subscription", "usage"];

/// Every option of a store.
pub(crate) const OWN: &[&str] = &[
    TABLE,
    ATOMIC,
    REPORTABLE,
    COLUMNS,
    ABSENT,
    ALWAYS,
    LOSSY,
    SCOPE,
    KEY,
    INSERT,
    WRITE,
    SOFT_DELETE,
    READ_FROM,
    READ_ONLY,
    INSTEAD_OF,
    COLLATION,
];

/// The section of a store.
pub(crate) const fn section(entity: Entity) -> &'static str {
    match entity {
        Entity::Plan => SECTIONS[0],
        Entity::Subscription => SECTIONS[1],
        Entity::Usage => SECTIONS[2],
    }
}

/// The trait and its derive.
pub(crate) const fn derive(entity: Entity) -> &'static str {
    match entity {
        Entity::Plan => "PlanStore",
        Entity::Subscription => "SubscriptionStore",
        Entity::Usage => "UsageStore",
    }
}

/// The option that adds the extension of a trait.
pub(crate) const fn extension(entity: Entity) -> Option<&'static str> {
    match entity {
        Entity::Plan => None,
        Entity::Subscription => Some(ATOMIC),
        Entity::Usage => Some(REPORTABLE),
    }
}

/// A store's own options.
pub(crate) fn own(entity: Entity) -> Vec<&'static str> {
    [TABLE].into_iter().chain(extension(entity)).chain([LISTS, OF_TABLE].concat()).collect()
}

/// A table's name, as examples in messages have it.
pub(crate) const fn example_table(entity: Entity) -> &'static str {
    match entity {
        Entity::Plan => "plans",
        Entity::Subscription => "subscriptions",
        Entity::Usage => "usage_records",
    }
}

/// The words for databases.
pub(crate) fn databases() -> impl Iterator<Item = &'static str> {
    Dialect::ALL.into_iter().map(Dialect::word)
}

/// The word that somebody may have meant, if one is near.
pub(crate) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|word| (distance(written, word), word))
        .filter(|&(distance, word)| distance <= word.len().div_ceil(3))
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, word)| word)
}

/// How many letters must be added, dropped, changed or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        assert_eq!(nearest("tabel", OWN.iter().copied()), Some(TABLE));
        assert_eq!(nearest("reprotable", OWN.iter().copied()), Some(REPORTABLE));
        assert_eq!(nearest("sqlit", databases()), Some("sqlite"));
    }

    #[test]
    fn keeps_silent_where_nothing_is_near() {
        assert_eq!(nearest("quantity", OWN.iter().copied()), None);
        assert_eq!(nearest("", OWN.iter().copied()), None);
    }
}
