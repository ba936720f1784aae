//! The adapters under test.

use store_core::__private::{
    Atomic, Column, Dialect, Entity, Extra, Form, Key, Options, SoftDelete, Source, Stored,
};

/// A column of a value that every row of it has.
pub(crate) const fn literal(name: &'static str, value: Stored<'static>) -> Extra<'static> {
    Extra { column: Column::new(name, Form::Text), value: Source::Literal(value) }
}

/// A column with the value of a field of the store.
pub(crate) const fn own(name: &'static str, number: u8) -> Extra<'static> {
    Extra { column: Column::new(name, Form::Text), value: Source::Own(number) }
}

/// Every kind of scope at once.
pub(crate) const SCOPE: &[Extra<'static>] = &[
    own("tenant", 0),
    literal("owner type", Stored::Text("App\\Models\\User's")),
    literal("parent", Stored::Null),
    literal("shard", Stored::Integer(-7)),
];

/// The rows of one tenant, whose ids are its own.
pub(crate) const SCOPED: Options<'static> = Options { scope: SCOPE, ..*Options::NONE };

/// The rows of one tenant in a table whose ids all tenants share.
pub(crate) const SHARED_IDS: Options<'static> =
    Options { scope: SCOPE, key: Some(Key { columns: &["id"], predicate: None }), ..*Options::NONE };

/// What is deleted has the time of its deletion.
pub(crate) const MARKED: Options<'static> = Options {
    soft_delete: Some(SoftDelete {
        column: Column::new("deleted_at", Form::Time),
        live: Some(Stored::Null),
        deleted: None,
    }),
    ..*Options::NONE
};

/// What is deleted has a word, and what is not has any other or none.
pub(crate) const MARKED_BY_WORD: Options<'static> = Options {
    soft_delete: Some(SoftDelete {
        column: Column::new("state", Form::Text),
        live: None,
        deleted: Some(Stored::Text("gone")),
    }),
    ..*Options::NONE
};

/// Further columns from everywhere.
pub(crate) fn further(dialect: Dialect, entity: Entity) -> Options<'static> {
    let sql = match dialect {
        Dialect::Postgres => "now()::text",
        Dialect::MySql => "CAST(UTC_TIMESTAMP() AS CHAR)",
        Dialect::Sqlite => "datetime('now')",
    };
    let time = match entity {
        Entity::Usage => store_model::contract::usage::RECORDED_AT,
        Entity::Subscription => store_model::contract::subscription::CREATED_AT,
        Entity::Plan => store_model::contract::plan::CREATED_AT,
    };
    // A record has far fewer fields than 256.
    let copy = Extra { column: Column::new("since", Form::Time), value: Source::Field(time as u8) };
    let insert = vec![
        literal("kind", Stored::Text("default")),
        literal("ended", Stored::Null),
        literal("paid", Stored::Boolean(true)),
        own("created_by", 1),
        Extra { column: Column::new("first_copy", Form::Text), value: Source::Field(0) },
    ];
    let write = vec![
        own("updated_by", 2),
        Extra { column: Column::new("touched", Form::Text), value: Source::Sql(sql) },
        copy,
    ];
    Options { insert: insert.leak(), write: write.leak(), ..*Options::NONE }
}

/// All of it together.
pub(crate) fn everything(dialect: Dialect, entity: Entity) -> Options<'static> {
    Options {
        scope: SCOPE,
        soft_delete: Some(SoftDelete {
            column: Column::new("deleted", Form::Boolean),
            live: Some(Stored::Boolean(false)),
            deleted: Some(Stored::Boolean(true)),
        }),
        ..further(dialect, entity)
    }
}

/// A key of the table's own behind `atomic`, with a column beside that of the subscriber.
pub(crate) fn declared_live_key(dialect: Dialect) -> Options<'static> {
    let predicate = match dialect {
        Dialect::MySql => "status IN ('active', 'trialing')",
        _ => "status = 'active' OR status = 'trialing'",
    };
    const KIND: &[Extra<'_>] = &[literal("kind", Stored::Text("main"))];
    let key = Key { columns: &["kind", "subscriber_id"], predicate: Some(predicate) };
    Options { insert: KIND, atomic: Atomic::Key(key), ..*Options::NONE }
}
