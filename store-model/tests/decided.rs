//! Fields that other columns decide, in SQL and in the index.

use store_model::adapter::{
    Adapter, Bind, Column, Dialect, Extra, Meaning, Operation, Options, Place, Source, Step, Stored, Table,
    Via, When,
};
use store_model::contract::subscription::{CANCELED_AT, ID, STATUS, SUBSCRIBER_ID};
use store_model::contract::{Entity, plan, subscription};
use store_model::form::{Form, Width};
use store_model::sql::{Query, ddl, statements};

const CASE: &[When<'static>] = &[
    When { meaning: Meaning::Word("canceled"), predicate: Some("canceled_at IS NOT NULL") },
    When { meaning: Meaning::Word("trialing"), predicate: Some("Kind = 'trial'") },
    When { meaning: Meaning::Word("active"), predicate: None },
];
const KIND: &[Extra<'static>] =
    &[Extra { column: Column::new("kind", Form::Text), value: Source::Literal(Stored::Text("trial")) }];
const OPTIONS: &Options<'static> = &Options { insert: KIND, ..*Options::NONE };

fn with<T>(dialect: Dialect, make: impl FnOnce(&Adapter<'_>) -> T) -> T {
    let fields = (0..=subscription::FIELDS.len()).map(|place| match place {
        STATUS => Place::Case(CASE),
        ID | SUBSCRIBER_ID | CANCELED_AT => {
            let field = subscription::FIELDS[place];
            Place::Column(Column::new(field.name, Form::of(field.kind)))
        }
        14 => Place::Table(OPTIONS),
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

const READ: &str = "CASE WHEN (canceled_at IS NOT NULL) THEN 'canceled' WHEN (Kind = 'trial') THEN 'trialing' ELSE 'active' END";

#[test]
fn a_row_reads_as_what_its_columns_say() {
    let get = query(Dialect::Postgres, Operation::Get);
    assert_eq!(
        get.sql,
        format!("SELECT \"id\", \"subscriber_id\", {READ}, \"canceled_at\" FROM \"subs\" WHERE \"id\" = $1")
    );
    let live = query(Dialect::Sqlite, Operation::GetActive);
    assert!(
        live.sql.contains(&format!("WHERE `subscriber_id` = ?1 AND {READ} IN ('active', 'trialing') ORDER"))
    );
    let list = query(Dialect::MySql, Operation::ListByStatus);
    assert!(list.sql.ends_with(&format!(" WHERE BINARY {READ} = ? ORDER BY `id`")), "{}", list.sql);
    assert_eq!(list.binds, [STATUS as Bind]);
}

#[test]
fn a_save_writes_only_what_reads_as_it_says() {
    let save = query(Dialect::Postgres, Operation::Save);
    assert_eq!(
        save.sql,
        format!(
            "INSERT INTO \"subs\" (\"id\", \"subscriber_id\", \"canceled_at\", \"kind\") SELECT $1, $2, $3, 'trial' \
             WHERE (SELECT {READ} FROM (SELECT $3 AS \"canceled_at\", 'trial' AS \"kind\") AS new_row) = $4 \
             ON CONFLICT (\"id\") DO UPDATE SET \"subscriber_id\" = excluded.\"subscriber_id\", \
             \"canceled_at\" = excluded.\"canceled_at\""
        )
    );
    let create = query(Dialect::Sqlite, Operation::Create);
    let asked = "FROM (SELECT `canceled_at`, `kind` FROM `subs` WHERE 0 UNION ALL \
                 SELECT CAST(?3 AS TEXT) AS `canceled_at`, 'trial' AS `kind`) AS new_row) = ?4 AND NOT EXISTS";
    assert!(create.sql.contains(asked), "{}", create.sql);
    let update = query(Dialect::MySql, Operation::Update);
    let asked = format!(
        "WHERE `id` = ? AND BINARY (SELECT {READ} FROM (SELECT ? AS `canceled_at`, (SELECT * FROM \
         (SELECT `kind` FROM `subs` WHERE FALSE UNION ALL SELECT 'trial') AS new_text) AS `kind`) AS new_row) = ?"
    );
    assert!(update.sql.ends_with(&asked), "{}", update.sql);
    let [id, canceled_at, status] = [ID as Bind, CANCELED_AT as Bind, STATUS as Bind];
    assert_eq!(update.binds, [SUBSCRIBER_ID as Bind, canceled_at, id, canceled_at, status]);
    let insert = query(Dialect::MySql, Operation::Insert);
    assert!(
        insert.sql.contains("SELECT ?, ?, ?, 'trial' FROM DUAL WHERE BINARY (SELECT CASE"),
        "{}",
        insert.sql
    );
    let ask = query(Dialect::Sqlite, Operation::Decide);
    assert!(ask.sql.starts_with("SELECT (SELECT CASE WHEN (canceled_at IS NOT NULL)"), "{}", ask.sql);
}

#[test]
fn the_live_key_is_of_rows_that_read_as_live() {
    let postgres = with(Dialect::Postgres, ddl);
    let key = format!("ON \"subs\" (\"subscriber_id\") WHERE {READ} IN ('active', 'trialing');");
    assert!(postgres.contains(&key), "{postgres}");
    assert!(!postgres.contains("status"), "{postgres}");
    let mysql = with(Dialect::MySql, ddl);
    assert!(
        mysql.contains(&format!("(CASE WHEN {READ} IN ('active', 'trialing') THEN `subscriber_id` END)"))
    );
}

#[test]
fn a_truth_can_be_decided_too() {
    const ACTIVE: &[When<'static>] = &[
        When { meaning: Meaning::Boolean(false), predicate: Some("hidden > 0") },
        When { meaning: Meaning::Boolean(true), predicate: None },
    ];
    const HIDDEN: &Options<'static> = &Options {
        write: &[Extra {
            column: Column::new("hidden", Form::Integer(Width::I16)),
            value: Source::Literal(Stored::Integer(0)),
        }],
        ..*Options::NONE
    };
    let mut fields = vec![Place::Absent; plan::FIELDS.len()];
    fields[plan::ID] = Place::Column(Column::new("id", Form::Text));
    fields[plan::ACTIVE] = Place::Case(ACTIVE);
    fields.push(Place::Table(HIDDEN));
    for (dialect, read, is_active) in [
        (Dialect::Postgres, "CASE WHEN (hidden > 0) THEN FALSE ELSE TRUE END", "END = TRUE ORDER BY"),
        (Dialect::MySql, "CASE WHEN (hidden > 0) THEN 0 ELSE 1 END", "END = 1 ORDER BY"),
    ] {
        let table = Table { schema: None, name: "plans" };
        let adapter = Adapter { entity: Entity::Plan, dialect, table, fields: &fields, extended: false };
        let list = statements(&adapter).into_iter().find(|it| it.operation == Operation::ListActive);
        let list = list.expect("it is made").sql;
        assert!(list.contains(read) && list.contains(is_active), "{list}");
    }
}

/// What leads to another table is a number though what it leads to is a text, and a document is text whatever lies in it.
#[test]
fn a_new_row_has_the_affinity_of_its_own_columns() {
    const ACTIVE: &[When<'static>] = &[
        When { meaning: Meaning::Boolean(false), predicate: Some("product = 7 OR data = '{}'") },
        When { meaning: Meaning::Boolean(true), predicate: None },
    ];
    const VIA: &Via<'static> = &Via {
        table: Table { schema: None, name: "products" },
        stores: "number",
        reads: "name",
        scope: None,
        form: Form::INTEGER,
    };
    let field = |place: usize| match place {
        plan::ACTIVE => Place::Case(ACTIVE),
        plan::NAME => Place::Column(Column::new("product", Form::Text).via(VIA)),
        plan::AMOUNT => Place::Column(Column::new("data", Form::INTEGER).at(&[Step::Key("amount")])),
        _ => Place::Column(Column::new(plan::FIELDS[place].name, Form::of(plan::FIELDS[place].kind))),
    };
    let fields: Vec<_> = (0..plan::FIELDS.len()).map(field).collect();
    let table = Table { schema: None, name: "plans" };
    let (entity, dialect) = (Entity::Plan, Dialect::Sqlite);
    let made = statements(&Adapter { entity, dialect, table, fields: &fields, extended: false });
    let save = made.into_iter().find(|query| query.operation == Operation::Save).expect("it is made").sql;
    let asked = save.split(" AS new_row").next().expect("it is asked");
    assert!(asked.contains(" AS INTEGER) AS `product`"), "{save}");
    assert!(asked.contains(" AS TEXT) AS `data`"), "{save}");
}
