//! The lock that each write takes first where no key makes a store atomic.

use super::Query;
use super::extra::value;
use super::quote::{literal, quote, quote_table};
use super::writer::Writer;
use crate::adapter::{Adapter, Atomic, Dialect, Locked, Operation, Stored};
use crate::contract::subscription::SUBSCRIBER_ID;

/// What a transaction locks before it looks; nothing on SQLite, where a transaction that begins as a writer is the only one.
///
/// The answer is the level of isolation: above READ COMMITTED the transaction would not see what others did before it got
/// the lock.
pub(super) fn lock(adapter: &Adapter<'_>) -> Option<Query> {
    let Atomic::Lock(row) = adapter.options().atomic else { return None };
    if !adapter.is_locked() {
        return None;
    }
    match (adapter.dialect, row) {
        (Dialect::Sqlite, _) | (Dialect::MySql, None) => None,
        (Dialect::Postgres, None) => Some(by_name(adapter)),
        (Dialect::Postgres | Dialect::MySql, Some(row)) => Some(of_row(adapter, &row)),
    }
}

/// `current_setting('transaction_isolation')`
const fn isolation(dialect: Dialect) -> &'static str {
    match dialect {
        // Each server reads the one comment that is meant for it.
        Dialect::MySql => "/*M! @@tx_isolation */ /*!80017 @@transaction_isolation */",
        _ => "current_setting('transaction_isolation')",
    }
}

/// The table itself is the seed, by whichever of its names; the values of the scope are in the order of their columns.
fn by_name(adapter: &Adapter<'_>) -> Query {
    let mut query = Writer::new(adapter);
    let mut scope: Vec<_> = adapter.options().scope.iter().collect();
    scope.sort_by_key(|extra| extra.column.name);
    let mut parts: Vec<_> = scope.into_iter().map(|extra| value(&mut query, extra, None)).collect();
    parts.extend(adapter.parts_of(SUBSCRIBER_ID).map(|part| query.raw_key(part)));
    let parts: Vec<_> = parts.iter().map(|part| format!("CAST({part} AS text)")).collect();
    let table = quote_table(adapter.dialect, &adapter.table);
    let sql = format!(
        "SELECT {}, pg_advisory_xact_lock(hashtextextended(json_build_array({})::text, {}::regclass::oid::bigint))",
        isolation(adapter.dialect),
        parts.join(", "),
        literal(adapter.dialect, Stored::Text(&table)),
    );
    query.finish(Operation::Lock, sql)
}

/// On Postgres a lock that lets others refer to the row, as their foreign keys do.
fn of_row(adapter: &Adapter<'_>, row: &Locked<'_>) -> Query {
    let dialect = adapter.dialect;
    let mut query = Writer::new(adapter);
    let subscriber = query.key(adapter.part(SUBSCRIBER_ID, 0));
    let sql = format!(
        "SELECT {} FROM {} WHERE {} = {} FOR {}",
        isolation(dialect),
        quote_table(dialect, &row.table),
        quote(dialect, row.column),
        subscriber,
        if dialect == Dialect::Postgres { "NO KEY UPDATE" } else { "UPDATE" },
    );
    query.finish(Operation::Lock, sql)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapter::{Column, Extra, Options, Place, Source, Table};
    use crate::contract::{Entity, subscription};
    use crate::form::Form;

    const CUSTOMERS: Locked<'_> =
        Locked { table: Table { schema: Some("crm"), name: "customers" }, column: "id" };

    /// The statements of an operation of a store under a lock.
    fn texts(
        dialect: Dialect,
        row: Option<Locked<'_>>,
        scope: &[Extra<'_>],
        subscriber: Column<'_>,
        operation: Operation,
    ) -> Vec<String> {
        let options = Options { atomic: Atomic::Lock(row), scope, ..*Options::NONE };
        let column = |field: &crate::contract::Field| Column::new(field.name, Form::of(field.kind));
        let mut fields: Vec<_> =
            subscription::FIELDS.iter().map(|field| Place::Column(column(field))).collect();
        fields[SUBSCRIBER_ID] = Place::Column(subscriber);
        fields.push(Place::Table(&options));
        let table = Table { schema: Some("billing"), name: "it's" };
        let adapter =
            Adapter { entity: Entity::Subscription, dialect, table, fields: &fields, extended: true };
        let ddl = crate::sql::ddl(&adapter);
        assert!(!ddl.contains("live_key"), "{ddl}");
        let statements = crate::sql::statements(&adapter).into_iter();
        statements.filter(|query| query.operation == operation).map(|query| query.sql).collect()
    }

    const PLAIN: Column<'_> = Column::new("subscriber_id", Form::Text);

    #[test]
    fn a_lock_by_name_is_of_the_table_the_scope_and_the_subscriber() {
        let scope = [
            Extra { column: Column::new("tenant", Form::Text), value: Source::Own(0) },
            Extra { column: Column::new("kind", Form::Text), value: Source::Literal(Stored::Integer(-1)) },
        ];
        assert_eq!(
            texts(Dialect::Postgres, None, &scope, PLAIN, Operation::Lock),
            ["SELECT current_setting('transaction_isolation'), pg_advisory_xact_lock(hashtextextended(\
              json_build_array(CAST(-1 AS text), CAST($1 AS text), CAST($2 AS text))::text, \
              '\"billing\".\"it''s\"'::regclass::oid::bigint))"]
        );
        let uuid = Column::new("user", Form::Uuid);
        assert_eq!(
            texts(Dialect::Postgres, None, &[], uuid, Operation::Lock),
            ["SELECT current_setting('transaction_isolation'), pg_advisory_xact_lock(hashtextextended(\
              json_build_array(CAST($1 AS text))::text, '\"billing\".\"it''s\"'::regclass::oid::bigint))"]
        );
    }

    #[test]
    fn a_row_is_found_by_what_is_stored_for_the_subscriber() {
        let uuid = Column::new("user", Form::Uuid);
        assert_eq!(
            texts(Dialect::Postgres, Some(CUSTOMERS), &[], uuid, Operation::Lock),
            [
                "SELECT current_setting('transaction_isolation') FROM \"crm\".\"customers\" WHERE \"id\" = $1::uuid \
              FOR NO KEY UPDATE"
            ]
        );
        assert_eq!(
            texts(Dialect::MySql, Some(CUSTOMERS), &[], PLAIN, Operation::Lock),
            ["SELECT /*M! @@tx_isolation */ /*!80017 @@transaction_isolation */ FROM `crm`.`customers` \
              WHERE `id` = ? FOR UPDATE"]
        );
    }

    #[test]
    fn sqlite_locks_by_beginning() {
        assert_eq!(texts(Dialect::Sqlite, None, &[], PLAIN, Operation::Lock), [""; 0]);
    }

    /// There is no key that a conflict could be aimed at.
    #[test]
    fn under_a_lock_a_new_row_is_only_guarded() {
        for (dialect, row) in
            [(Dialect::Sqlite, None), (Dialect::Postgres, None), (Dialect::MySql, Some(CUSTOMERS))]
        {
            let created = texts(dialect, row, &[], PLAIN, Operation::Create);
            let [create] = created.as_slice() else { panic!("{created:?}") };
            assert!(create.contains("NOT EXISTS") && !create.contains("ON CONFLICT"), "{create}");
            assert!(create.contains("IN ('active', 'trialing')"), "{create}");
        }
    }
}
