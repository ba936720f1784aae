//! The tables of the default adapters, as their DDL makes them and as each database's own tool prints them: read, they are
//! what the adapters need.
#![cfg(feature = "schema")]

mod describe;

use std::path::Path;
use std::{env, fs};

use store_model::adapter::{
    self, Adapter, Atomic, Column, Constant, Dialect, Extra, Key, Meaning, Null, Options, Place, Step,
    Stored, Table, Via, When,
};
use store_model::contract::{Entity, plan, subscription};
use store_model::form::Form;
use store_model::schema::files::{Lookup, Schema, Source, own, read};
use store_model::schema::{Finding, check};
use store_model::sql::{ddl, provider_place};

const ENTITIES: [(Entity, &str); 3] =
    [(Entity::Plan, "plans"), (Entity::Subscription, "subscriptions"), (Entity::Usage, "usage_records")];

/// Calls with the adapter of each record as the derive makes it where no column is spoken of, with its extension.
fn each(dialect: Dialect, schema: Option<&str>, mut then: impl FnMut(&Adapter<'_>)) {
    for (entity, name) in ENTITIES {
        let fields: Vec<_> = entity
            .fields()
            .iter()
            .map(|field| Place::Column(Column::new(field.name, Form::of(field.kind))))
            .collect();
        let table = Table { schema, name };
        then(&Adapter { entity, dialect, table, fields: &fields, extended: true });
    }
}

fn read_one(dialect: Dialect, path: &str, text: String) -> Schema {
    read(dialect, &[Source { path: path.into(), text }])
}

fn findings(schema: &Schema, adapter: &Adapter<'_>) -> Vec<Finding> {
    match schema.table(adapter.table.schema, adapter.table.name) {
        Lookup::Found(table) => check(adapter, Some(table)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_ddl_of_an_adapter_makes_what_it_needs() {
    for dialect in Dialect::ALL {
        for schema in [None, Some("billing")] {
            each(dialect, schema, |adapter| {
                assert_eq!(own(adapter), [], "{dialect:?} {schema:?}");
            });
        }
    }
}

/// Where a subscriber is in another table, the key has what leads there: MySQL makes it of that column's type.
#[test]
fn the_key_of_live_rows_has_what_leads_to_the_subscriber() {
    for (stores, reads) in
        [(Form::Char(12), Form::Text), (Form::Uuid, Form::INTEGER), (Form::Text, Form::Uuid)]
    {
        let table = Table { schema: None, name: "customers" };
        let via = Via { table, stores: "key", reads: "code", scope: None, form: stores };
        each(Dialect::MySql, None, |adapter| {
            let mut fields = adapter.fields.to_vec();
            if adapter.entity == Entity::Subscription {
                let subscriber = Column::new("customer", reads).via(&via);
                fields[subscription::SUBSCRIBER_ID] = Place::Column(subscriber);
            }
            assert_eq!(own(&Adapter { fields: &fields, ..*adapter }), [], "{stores:?} of {reads:?}");
        });
    }
}

/// What is copied from another table is of its type there, and not of that of what is looked for.
#[test]
fn a_copy_is_of_the_type_that_the_other_table_has() {
    let table = Table { schema: None, name: "customers" };
    let via = Via { table, stores: "region", reads: "code", scope: None, form: Form::INTEGER };
    let copy = [Extra {
        column: Column::new("region", Form::Text).via(&via),
        value: adapter::Source::Field(subscription::SUBSCRIBER_ID as u8),
    }];
    let options = Options { insert: &copy, ..*Options::NONE };
    for dialect in Dialect::ALL {
        each(dialect, None, |adapter| {
            if adapter.entity == Entity::Subscription {
                let fields = [adapter.fields, &[Place::Table(&options)]].concat();
                assert_eq!(own(&Adapter { fields: &fields, ..*adapter }), [], "{dialect:?}");
            }
        });
    }
}

/// Where other columns decide the status, the key is known by its words: whatever the subscriber's column is called, and
/// though blanks are cut off it on MySQL.
#[test]
fn the_key_of_rows_that_are_decided_to_be_live_is_known() {
    let case = [
        When { meaning: Meaning::Word("it's over"), predicate: Some("canceled_at IS NOT NULL") },
        When { meaning: Meaning::Word("active"), predicate: None },
    ];
    for (dialect, form) in Dialect::ALL.into_iter().flat_map(|it| [(it, Form::Text), (it, Form::Char(9))]) {
        each(dialect, None, |adapter| {
            let mut fields = adapter.fields.to_vec();
            if adapter.entity == Entity::Subscription {
                fields[subscription::SUBSCRIBER_ID] = Place::Column(Column::new("Order `2`", form));
                fields[subscription::STATUS] = Place::Case(&case);
            }
            assert_eq!(own(&Adapter { fields: &fields, ..*adapter }), [], "{dialect:?} {form:?}");
        });
    }
}

/// What metadata reads as where there is none is no reason for the document beside it to be NULL: others are in it.
#[test]
fn a_document_with_a_value_that_must_be_there_is_never_null() {
    for dialect in Dialect::ALL {
        each(dialect, None, |adapter| {
            let mut fields = adapter.fields.to_vec();
            if adapter.entity == Entity::Plan {
                let name = Column::new("data", Form::Text).at(&[Step::Key("name")]);
                let rest = Column::new("data", Form::Json).with_null(Null::Is(Constant::Empty));
                fields[plan::NAME] = Place::Column(name);
                fields[plan::METADATA] = Place::Column(rest);
            }
            assert_eq!(own(&Adapter { fields: &fields, ..*adapter }), [], "{dialect:?}");
        });
    }
}

/// A provider id of a number within a document is none where it is the number that stands for none.
#[test]
fn a_key_of_numbers_within_a_document_leaves_out_what_stands_for_none() {
    for dialect in Dialect::ALL {
        each(dialect, None, |adapter| {
            let mut fields = adapter.fields.to_vec();
            if let Some(place) = provider_place(adapter.entity) {
                let number = Column::new("data", Form::INTEGER).at(&[Step::Key("it's")]);
                fields[place] = Place::Column(number.with_null(Null::Also(Constant::Text("0"))));
            }
            assert_eq!(own(&Adapter { fields: &fields, ..*adapter }), [], "{dialect:?}");
        });
    }
}

/// The key behind `atomic` may be one with a column more, whose rows MySQL tells by a column that it makes.
#[test]
fn a_key_that_was_declared_is_made_and_found() {
    for dialect in Dialect::ALL {
        for columns in [&["subscriber_id"][..], &["kind", "subscriber_id"]] {
            let kind = Stored::Text("main");
            let insert =
                [Extra { column: Column::new("kind", Form::Text), value: adapter::Source::Literal(kind) }];
            let key = Key { columns, predicate: Some("status IN ('active', 'trialing') AND kind = 'main'") };
            let options = Options { insert: &insert, atomic: Atomic::Key(key), ..*Options::NONE };
            each(dialect, None, |adapter| {
                if adapter.entity == Entity::Subscription {
                    let fields = [adapter.fields, &[Place::Table(&options)]].concat();
                    assert_eq!(own(&Adapter { fields: &fields, ..*adapter }), [], "{dialect:?} {columns:?}");
                }
            });
        }
    }
}

/// What a view computes may be of any type; what it takes over is known.
#[test]
fn a_view_is_held_against_what_is_known_of_it() {
    let of = |dialect, name: &str| {
        let mut found = Vec::new();
        each(dialect, None, |adapter| {
            if adapter.entity != Entity::Plan {
                return;
            }
            let columns: Vec<_> = adapter.entity.fields().iter().map(|field| field.name).collect();
            let columns = columns.join(", ").replace("name,", name);
            let script = ddl(adapter).replace("plans", "base");
            let text = format!("{script}CREATE VIEW plans AS SELECT {columns} FROM base;");
            found.extend(findings(&read_one(dialect, "view.sql", text), adapter));
        });
        found.iter().map(Finding::kind).collect::<Vec<_>>()
    };
    for dialect in Dialect::ALL {
        assert_eq!(of(dialect, "name,"), [""; 0], "{dialect:?}");
        assert_eq!(of(dialect, "upper(name) AS name,"), [""; 0], "{dialect:?}");
        assert_eq!(of(dialect, ""), ["ColumnMissing"], "{dialect:?}");
        assert_eq!(of(dialect, "amount AS name,"), ["ColumnType"], "{dialect:?}");
    }
}

/// Without one line of it, something is missing.
#[test]
fn nothing_of_the_ddl_is_taken_for_granted() {
    for dialect in Dialect::ALL {
        each(dialect, None, |adapter| {
            let script = ddl(adapter);
            let lines: Vec<_> = script.lines().collect();
            for (place, line) in lines.iter().enumerate().filter(|(_, line)| needed(line)) {
                let mut rest = lines.clone();
                rest.remove(place);
                let text = rest.join("\n").replace(",\n)", "\n)");
                let read = read_one(dialect, "ddl.sql", text);
                let Lookup::Found(table) = read.table(None, adapter.table.name) else {
                    continue;
                };
                assert_ne!(check(adapter, Some(table)), [], "{dialect:?}: without {line}");
            }
        });
    }
}

/// A column of a field, or a unique key.
fn needed(line: &str) -> bool {
    line.contains("UNIQUE")
        || (line.starts_with("    ") && !line.contains(" KEY ") && !line.contains("GENERATED"))
}

/// Dumps of real servers: of the tables of the adapters, and of a `zoo` that has everything. What is said of the zoo is
/// what the catalog said.
#[test]
fn what_the_tools_of_the_databases_print_is_read() {
    for (dialect, file) in
        [(Dialect::Postgres, "pg_dump"), (Dialect::MySql, "mariadb-dump"), (Dialect::Sqlite, "sqlite-schema")]
    {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/printed");
        let text = fs::read_to_string(folder.join(format!("{file}.sql"))).expect(file);
        let schema = read_one(dialect, file, text);
        each(dialect, None, |adapter| assert_eq!(findings(&schema, adapter), [], "{file}"));

        let mut facts = String::new();
        for name in ["zoo", "seen", "parts", "rowless"] {
            if let Lookup::Found(table) = schema.table(None, name) {
                facts += &format!("{name}\n  {}\n", describe::describe(table).join("\n  "));
            }
        }
        let path = folder.join(format!("{file}.facts"));
        if env::var_os("UPDATE").is_some() {
            fs::write(&path, &facts).expect("written");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(facts, expected, "{}: UPDATE=1 writes it anew", path.display());
    }
}
