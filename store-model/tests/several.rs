//! Fields that are kept in several columns, in SQL and in the table.

use store_model::adapter::{
    Adapter, Bind, Column, Dialect, Label, Meaning, Operation, Place, Stored, Table, part,
};
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
         WHERE \"code\" = $1 AND \"number\" = $2::int8"
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

const TRIALING: Label<'static> = Label::new(
    Meaning::Word("trialing"),
    &[Stored::Tuple(&[&[Stored::Text("active")], &[Stored::Boolean(true)]])],
);
const ACTIVE: Label<'static> = Label::new(
    Meaning::Word("active"),
    &[Stored::Tuple(&[&[Stored::Text("active")], &[Stored::Boolean(false), Stored::Null]])],
);
const CANCELED: Label<'static> = Label::new(
    Meaning::Word("canceled"),
    &[
        Stored::Tuple(&[&[Stored::Text("canceled")], &[]]),
        Stored::Tuple(&[&[Stored::Text("ended")], &[Stored::Boolean(false)]]),
    ],
);
const TRIAL: &[Column<'static>] = &[Column::new("trial", Form::Boolean)];

/// The statements on a status that is told by two columns.
fn of_status(dialect: Dialect) -> (Vec<Query>, String) {
    let column = Column::new("status", Form::Text).labelled(&[TRIALING, ACTIVE, CANCELED], false).over(TRIAL);
    let fields = (0..subscription::FIELDS.len()).map(|place| match place {
        STATUS => Place::Column(column),
        ID | SUBSCRIBER_ID => Place::Column(Column::new(subscription::FIELDS[place].name, Form::Text)),
        _ => Place::Absent,
    });
    let fields: Vec<_> = fields.collect();
    let table = Table { schema: None, name: "subs" };
    let adapter = Adapter { entity: Entity::Subscription, dialect, table, fields: &fields, extended: true };
    (statements(&adapter), ddl(&adapter))
}

fn named(dialect: Dialect, name: &str) -> Query {
    let (statements, _) = of_status(dialect);
    statements
        .into_iter()
        .find(|query| query.name() == name)
        .unwrap_or_else(|| panic!("`{name}` is not made"))
}

#[test]
fn a_column_that_a_label_says_nothing_of_is_left_out() {
    let save = named(Dialect::Sqlite, "save without `trial`");
    assert_eq!(
        save.sql,
        "INSERT INTO `subs` (`id`, `subscriber_id`, `status`) VALUES (?1, ?2, ?3) ON CONFLICT (`id`) DO UPDATE SET \
         `subscriber_id` = excluded.`subscriber_id`, \
         `status` = CASE WHEN excluded.`status` COLLATE BINARY = 'canceled' \
         AND (`subs`.`status` COLLATE BINARY = 'canceled' OR (`subs`.`status` COLLATE BINARY = 'ended' AND `subs`.`trial` = 0)) \
         THEN `subs`.`status` ELSE excluded.`status` END"
    );
    assert_eq!(save.without, [part(of(STATUS), 1)]);
    let insert = named(Dialect::MySql, "insert without `trial`");
    assert_eq!(insert.sql, "INSERT INTO `subs` (`id`, `subscriber_id`, `status`) VALUES (?, ?, ?)");
}

#[test]
fn a_tuple_that_reads_as_what_is_saved_stays() {
    let save = named(Dialect::Postgres, "save");
    assert!(
        save.sql.ends_with(
            "\"status\" = excluded.\"status\", \
             \"trial\" = CASE WHEN excluded.\"status\" COLLATE \"C\" = 'active' AND excluded.\"trial\" = FALSE \
             AND \"subs\".\"status\" COLLATE \"C\" = 'active' AND (\"subs\".\"trial\" = FALSE OR \"subs\".\"trial\" IS NULL) \
             THEN \"subs\".\"trial\" ELSE excluded.\"trial\" END"
        ),
        "{}",
        save.sql
    );
    assert!(save.without.is_empty());
    let update = named(Dialect::MySql, "update");
    assert_eq!(
        update.sql,
        "UPDATE `subs` SET `subscriber_id` = ?, `status` = ?, \
         `trial` = CASE WHEN BINARY CONVERT(? USING utf8mb4) = 'active' AND ? = 0 \
         AND BINARY CONVERT(`status` USING utf8mb4) = 'active' AND (`trial` = 0 OR `trial` IS NULL) THEN `trial` ELSE ? END \
         WHERE `id` = ?"
    );
    let [status, trial] = [of(STATUS), part(of(STATUS), 1)];
    assert_eq!(update.binds, [of(SUBSCRIBER_ID), status, status, trial, trial, of(ID)]);
}

/// What all statements and the index have for the rows that are live.
#[test]
fn live_rows_are_told_by_tuples() {
    let live = "((\"status\" = 'active' AND (\"trial\" = FALSE OR \"trial\" IS NULL)) OR (\"status\" = 'active' AND \"trial\" = TRUE))";
    let (_, ddl) = of_status(Dialect::Postgres);
    assert!(ddl.contains(&format!("(\"subscriber_id\") WHERE {live};")), "{ddl}");
    let create = named(Dialect::Postgres, "create if not active");
    assert!(create.sql.ends_with(&format!("ON CONFLICT (\"subscriber_id\") WHERE {live} DO NOTHING")));
    assert!(create.sql.contains(&format!("WHERE \"subscriber_id\" = $2 AND {live})")), "{}", create.sql);
    let get = named(Dialect::Postgres, "get the live one of a subscriber");
    assert!(get.sql.contains(&format!("WHERE \"subscriber_id\" = $1 AND {live} ORDER BY")));
    let (_, ddl) = of_status(Dialect::MySql);
    assert!(ddl.contains("CASE WHEN ((`status` = 'active' AND (`trial` = 0 OR `trial` IS NULL)) OR (`status` = 'active' AND `trial` = 1)) THEN `subscriber_id` END"));
    assert!(ddl.contains("`status` VARCHAR(255) NOT NULL,\n    `trial` BOOLEAN,\n"), "{ddl}");
}

#[test]
fn a_status_is_looked_for_by_all_that_reads_as_it() {
    let by = |status: &str| {
        let sql = named(Dialect::Sqlite, &format!("list by status{status}")).sql;
        sql.split_once(" WHERE ").unwrap().1.split_once(" ORDER BY").unwrap().0.to_owned()
    };
    // That of `trialing` has one value in each column, which can be bound.
    assert_eq!(by(""), "`status` = ?1 AND `trial` = ?2");
    assert_eq!(by(" `active`"), "`status` = 'active' AND (`trial` = 0 OR `trial` IS NULL)");
    assert_eq!(by(" `canceled`"), "(`status` = 'canceled' OR (`status` = 'ended' AND `trial` = 0))");
    let (statements, _) = of_status(Dialect::Sqlite);
    assert!(!statements.iter().any(|query| query.status.as_deref() == Some("trialing")));
}
