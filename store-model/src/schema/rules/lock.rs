//! The table of which a row is locked for each subscriber.

use super::{Subject, name};
use crate::adapter::{self, Adapter, Atomic, Dialect, Locked};
use crate::schema::finding::Finding;
use crate::schema::table::{Relation, Table};
use crate::sql::{quote, quote_table};

const FIELD: &str = "subscriber_id";

/// The row that the store of an adapter locks, if it locks one.
#[must_use]
pub fn locked<'a>(adapter: &Adapter<'a>) -> Option<Locked<'a>> {
    match adapter.options().atomic {
        Atomic::Lock(row) if adapter.is_locked() => row,
        _ => None,
    }
}

/// What is wrong with the table that the row is in, or with there being none. Of several rows each would be the lock of one
/// writer, so a subscriber has one there.
#[must_use]
pub fn check_locked(dialect: Dialect, row: &Locked<'_>, table: Option<&Table>) -> Vec<Finding> {
    let table_name = name(&row.table);
    let Some(table) = table else {
        let remedy = "make it, or name another in `lock(..)`".into();
        return vec![Finding::OtherTableMissing { table: table_name, field: FIELD.into(), remedy }];
    };
    let column = row.column.to_owned();
    if table.column(dialect, row.column).is_none() {
        let remedy = "add it, or name another in `lock(..)`".into();
        return vec![Finding::OtherColumnMissing { table: table_name, column, field: FIELD.into(), remedy }];
    }
    let holds_all =
        |index: &&crate::schema::Index| index.predicate.is_none() && index.fault.is_none() && index.unique;
    let mut findings: Vec<_> = without_transactions(&row.table, table).into_iter().collect();
    let mut keys = table.indexes.iter().filter(holds_all);
    if keys.any(|key| key.is_on_all(dialect, &[row.column])) {
        return findings;
    }
    let remedy = match table.relation {
        Relation::View => "name the table behind this view in `lock(..)`".into(),
        _ => add_key(dialect, &row.table, row.column),
    };
    findings.push(Finding::OtherKeyMissing { table: table_name, column, field: FIELD.into(), remedy });
    findings
}

/// What is written under a lock keeps others waiting until it is there: in a transaction, as what is locked is.
pub(super) fn engine(subject: &Subject<'_>) -> Vec<Finding> {
    let adapter = subject.adapter;
    let table = Some(subject.table).filter(|_| adapter.is_locked());
    table.and_then(|table| without_transactions(&adapter.table, table)).into_iter().collect()
}

fn without_transactions(named: &adapter::Table<'_>, table: &Table) -> Option<Finding> {
    let engine = table.engine.clone()?;
    let remedy = format!("run: ALTER TABLE {} ENGINE = InnoDB", quote_table(Dialect::MySql, named));
    Some(Finding::NoTransactions { table: name(named), engine, remedy })
}

fn add_key(dialect: Dialect, table: &adapter::Table<'_>, column: &str) -> String {
    let index = quote(dialect, &format!("{}_{column}_key", table.name));
    format!(
        "run: CREATE UNIQUE INDEX {index} ON {} ({})",
        quote_table(dialect, table),
        quote(dialect, column)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::table::{Column, Index, Part};

    const CUSTOMERS: Locked<'_> =
        Locked { table: adapter::Table { schema: Some("crm"), name: "customers" }, column: "id" };

    fn told(table: Option<&Table>) -> Vec<String> {
        let findings = check_locked(Dialect::Postgres, &CUSTOMERS, table);
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_subscriber_has_one_row_to_lock() {
        assert_eq!(
            told(None),
            [
                "there is no table `crm.customers`, in which `subscriber_id` is looked for: make it, or name another in \
              `lock(..)`"
            ]
        );
        let mut table = Table {
            relation: Relation::Table,
            columns: Vec::new(),
            indexes: Vec::new(),
            checks: Vec::new(),
            engine: None,
        };
        assert_eq!(
            told(Some(&table)),
            [
                "table `crm.customers` has no column `id`, in which `subscriber_id` is looked for: add it, or name another in \
              `lock(..)`"
            ]
        );
        table.columns.push(Column { name: "id".into(), ..Column::default() });
        let missing = "table `crm.customers` has no unique key on the column `id`, so that several rows can be that of one \
                       `subscriber_id`: ";
        let add = "run: CREATE UNIQUE INDEX \"customers_id_key\" ON \"crm\".\"customers\" (\"id\")";
        assert_eq!(told(Some(&table)), [format!("{missing}{add}")]);
        let part = |name: &str| Part::Column { name: name.into(), collation: None };
        let wide = Index { unique: true, parts: vec![part("org"), part("id")], ..Index::default() };
        table.indexes.push(wide);
        assert_eq!(told(Some(&table)), [format!("{missing}{add}")], "of each org it has one");
        table.indexes.push(Index { unique: true, parts: vec![part("id")], ..Index::default() });
        assert_eq!(told(Some(&table)), [""; 0]);
        let view = Table { relation: Relation::View, indexes: Vec::new(), ..table };
        assert_eq!(told(Some(&view)), [format!("{missing}name the table behind this view in `lock(..)`")]);
    }
}
