//! Fields that are kept in several columns, in SQL and in the table.

use store_model::adapter::{Adapter, Bind, Column, Dialect, Operation, Place, Table, part};
use store_model::contract::subscription::{CREATED_AT, ID, PROVIDER_ID, STATUS, SUBSCRIBER_ID};
use store_model::contract::{Entity, subscription};
use store_model::form::Form;
use store_model::sql::{Query, ddl, statements};

const NUMBER: &[Column<'static>] = &[Column::new("number", Form::INTEGER)];
const BRANCH: &[Column<'static>] = &[Column::new("branch", Form::Text)];

/// Subscriptions whose ids are texts with a number, and whose subscribers are too.
fn with<T>(dialect: Dialect, make: impl FnOnce(&Adapter<'_>) -> T) -> T {
    let fields = (0..subscription::FIELDS.len()).map(|place| match place {
        ID => Place::Column(Column::new("code", Form::Text).over(NUMBER)),
        SUBSCRIBER_ID => Place::Column(Column::new("customer", Form::Text).over(BRANCH)),
        PROVIDER_ID | STATUS | CREATED_AT => {
            let field = subscription::FIELDS[place];
            Place::Column(Column::new(field.name, Form::of(field.kind)))
        }
        _ => Place::Absent,
    });
    let fields: Vec<_> = fields.collect();
    let table = Table { schema: None, name: "subs" };
    make(&Adapter { entity: Entity::Subscription, dialect, table, fields: &fields, extended: true })
}

fn query(dialect: Dialect, operation: Operation) -> Query {
    let statements = with(dialect, statements);
    statements.into_iter().find(|query| query.operation == operation).expect("it is made")
}

const fn of(place: usize) -> Bind {
    place as Bind
}

#[test]
fn every_column_of_a_key_is_compared() {
    let get = query(Dialect::Postgres, Operation::Get);
    assert_eq!(
        get.sql,
        "SELECT \"code\", \"number\", \"provider_id\", \"customer\", \"branch\", \"status\", \"created_at\" FROM \"subs\" \
         WHERE \"code\" = $1 AND \"number\" = $2"
    );
    assert_eq!(get.binds, [of(ID), part(of(ID), 1)]);
    let delete = query(Dialect::MySql, Operation::Delete);
    assert_eq!(delete.sql, "DELETE FROM `subs` WHERE `code` = ? AND `number` = ?");
    let list = query(Dialect::Sqlite, Operation::ListBySubscriber);
    assert!(
        list.sql.ends_with("WHERE `customer` = ?1 AND `branch` = ?2 ORDER BY `created_at`, `code`, `number`"),
        "{}",
        list.sql
    );
}

#[test]
fn a_conflict_is_targeted_at_every_column_of_a_key() {
    let save = query(Dialect::Sqlite, Operation::Save);
    assert_eq!(
        save.sql,
        "INSERT INTO `subs` (`code`, `number`, `provider_id`, `customer`, `branch`, `status`, `created_at`) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (`code`, `number`) DO UPDATE SET \
         `provider_id` = excluded.`provider_id`, `customer` = excluded.`customer`, `branch` = excluded.`branch`, \
         `status` = excluded.`status`, `created_at` = excluded.`created_at`"
    );
    let create = query(Dialect::Postgres, Operation::Create);
    assert!(
        create.sql.ends_with(
            "ON CONFLICT (\"customer\", \"branch\") WHERE \"status\" IN ('active', 'trialing') DO NOTHING"
        ),
        "{}",
        create.sql
    );
    assert!(create.sql.contains(
        "NOT EXISTS (SELECT 1 FROM \"subs\" WHERE \"customer\" = $4 AND \"branch\" = $5 AND \"status\" IN"
    ));
    let conflicts = query(Dialect::MySql, Operation::Conflicts);
    assert!(
        conflicts.sql.contains(
            "EXISTS (SELECT 1 FROM `subs` WHERE `provider_id` = ? AND (`code` <> ? OR `number` <> ?))"
        ),
        "{}",
        conflicts.sql
    );
    assert_eq!(conflicts.binds[..5], [of(ID), part(of(ID), 1), of(PROVIDER_ID), of(ID), part(of(ID), 1)]);
}

#[test]
fn a_table_has_every_column_and_keys_over_them() {
    let postgres = with(Dialect::Postgres, ddl);
    for line in [
        "    \"code\" TEXT COLLATE \"C\" NOT NULL,\n    \"number\" BIGINT NOT NULL,\n",
        "    PRIMARY KEY (\"code\", \"number\")\n",
        "\"subs_live_key\" ON \"subs\" (\"customer\", \"branch\") WHERE \"status\" IN ('active', 'trialing');",
        "\"subs_created_idx\" ON \"subs\" (\"created_at\", \"code\", \"number\");",
    ] {
        assert!(postgres.contains(line), "{line} is not in {postgres}");
    }
    let mysql = with(Dialect::MySql, ddl);
    for line in [
        "`live_key` VARCHAR(255) GENERATED ALWAYS AS (CASE WHEN `status` IN ('active', 'trialing') THEN `branch` END) STORED",
        "UNIQUE KEY `subs_live_key` (`customer`, `live_key`)",
    ] {
        assert!(mysql.contains(line), "{line} is not in {mysql}");
    }
}
