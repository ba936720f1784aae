//! What to do about a finding: the statements that bring a table to what the adapter needs.

use super::rules::{Subject, reads_null};
use super::table::{Column, Identity, Index, List, ListedBy, Table};
use crate::adapter::{Adapter, Dialect, Part, Stored};
use crate::form::Form;
use crate::sql::{self, BYTES, quote, quote_table};

fn run(statements: impl IntoIterator<Item = String>) -> String {
    let statements: Vec<_> = statements.into_iter().collect();
    format!("run: {}", statements.join("; "))
}

/// A change of a column, which SQLite knows only as a new table.
fn alter(adapter: &Adapter<'_>, change: &str) -> String {
    let table = quote_table(adapter.dialect, &adapter.table);
    run([format!("ALTER TABLE {table} {change}")])
}

const ANEW: &str = "SQLite can't change that: make the table anew, copy its rows and rename it";

/// The same for the column of a field: how it is defined in the new table.
fn anew(adapter: &Adapter<'_>, part: Part<'_>, column: &Column) -> String {
    let (name, column_type) = (quote(adapter.dialect, &column.name), sql::column_type(adapter, part));
    let null = if takes_null(adapter, part, column) { "" } else { " NOT NULL" };
    format!("{ANEW}, with {name} {column_type}{null}")
}

/// Whether the column of a field takes NULL, and may go on to.
fn takes_null(adapter: &Adapter<'_>, part: Part<'_>, column: &Column) -> bool {
    column.nullable && reads_null(adapter, part)
}

/// Makes everything.
pub(super) fn create(adapter: &Adapter<'_>) -> String {
    if adapter.options().instead_of {
        return "make the view, with triggers `INSTEAD OF` insert, update and delete".into();
    }
    let script = sql::ddl(adapter);
    let lines: Vec<_> = script.lines().map(str::trim).collect();
    run([lines.join(" ").trim_end_matches(';').to_owned()])
}

/// Adds the column of a field, for now with NULL in the rows that are there: where it is not to stay, that is told next.
/// SQLite could not take it out again.
pub(super) fn add_column(adapter: &Adapter<'_>, part: Part<'_>) -> String {
    let name = quote(adapter.dialect, part.column.name);
    let column_type = sql::column_type(adapter, part);
    let filled = match column_type.as_str() {
        _ if adapter.dialect != Dialect::Sqlite || reads_null(adapter, part) => "",
        "INTEGER" | "NUMERIC" | "REAL" => " NOT NULL DEFAULT 0",
        _ => " NOT NULL DEFAULT ''",
    };
    alter(adapter, &format!("ADD COLUMN {name} {column_type}{filled}"))
}

/// Gives the column of a field the adapter's own type and collation.
pub(super) fn change_column(adapter: &Adapter<'_>, part: Part<'_>, column: &Column) -> String {
    let own = &part.column.whole();
    let name = quote(adapter.dialect, own.name);
    let column_type = sql::column_type(adapter, part);
    match adapter.dialect {
        Dialect::Sqlite => anew(adapter, part, column),
        Dialect::Postgres => {
            let using = using(own.form, &name, &column.type_name, &column_type);
            alter(adapter, &format!("ALTER COLUMN {name} TYPE {column_type}{using}"))
        }
        Dialect::MySql => {
            let null = if takes_null(adapter, part, column) { "NULL" } else { "NOT NULL" };
            let is_plain = own.collation.is_none() && sql::is_text(adapter.dialect, own);
            let bytes = if is_plain { format!(" CHARACTER SET {BYTES}") } else { String::new() };
            alter(adapter, &format!("MODIFY {name} {column_type}{bytes} {null}"))
        }
    }
}

/// Lets a column compare byte for byte. An enum stays one.
pub(super) fn compare_bytes(adapter: &Adapter<'_>, part: Part<'_>, column: &Column) -> String {
    if adapter.dialect != Dialect::MySql || !column.type_name.starts_with("enum(") {
        return change_column(adapter, part, column);
    }
    let name = quote(adapter.dialect, &column.name);
    let null = if column.nullable { "NULL" } else { "NOT NULL" };
    alter(adapter, &format!("MODIFY {name} {} CHARACTER SET {BYTES} {null}", column.type_name))
}

/// The same of a column of Postgres that an option names, where its type does not.
pub(super) fn compare_scope_bytes(adapter: &Adapter<'_>, column: &Column) -> String {
    let name = quote(adapter.dialect, &column.name);
    alter(adapter, &format!("ALTER COLUMN {name} TYPE TEXT"))
}

/// How Postgres is to make the new values of the old ones: a time without a zone is one of UTC.
fn using(form: Form, name: &str, from: &str, to: &str) -> String {
    match form {
        Form::Time if from.ends_with("without time zone") => format!(" USING {name} AT TIME ZONE 'UTC'"),
        Form::Text => format!(" USING {name}::text"),
        _ => format!(" USING {name}::{to}"),
    }
}

/// Lets a row do without a value that the store doesn't write. A primary key takes no NULL.
pub(super) fn fill_or_let_be_null(adapter: &Adapter<'_>, table: &Table, column: &Column) -> String {
    let mut keys = table.indexes.iter().filter(|index| index.primary);
    if keys.any(|key| key.is_on(adapter.dialect, &column.name)) {
        return "give it a default".into();
    }
    let_be_null(adapter, column)
}

/// Lets a row do without a value in a column that no field has.
pub(super) fn let_be_null(adapter: &Adapter<'_>, column: &Column) -> String {
    let name = quote(adapter.dialect, &column.name);
    match adapter.dialect {
        Dialect::Sqlite => format!("{ANEW}, with a default or without NOT NULL"),
        Dialect::Postgres => alter(adapter, &format!("ALTER COLUMN {name} DROP NOT NULL")),
        Dialect::MySql => alter(adapter, &format!("MODIFY {name} {} NULL", column.type_name)),
    }
}

/// Keeps NULL out of the column of a field, whose type fits or is changed as well.
pub(super) fn set_not_null(adapter: &Adapter<'_>, part: Part<'_>, column: &Column, fits: bool) -> String {
    if adapter.dialect == Dialect::MySql && !fits {
        return change_column(adapter, part, column);
    }
    let name = quote(adapter.dialect, &column.name);
    match adapter.dialect {
        Dialect::Sqlite => anew(adapter, part, column),
        Dialect::Postgres => alter(adapter, &format!("ALTER COLUMN {name} SET NOT NULL")),
        Dialect::MySql => alter(adapter, &format!("MODIFY {name} {} NOT NULL", column.type_name)),
    }
}

/// Adds values to a list.
pub(super) fn add_labels(adapter: &Adapter<'_>, column: &Column, list: &List, absent: &[String]) -> String {
    let literal = |label: &String| sql::literal(adapter.dialect, Stored::Text(label));
    match (&list.by, adapter.dialect) {
        (ListedBy::Type(name), Dialect::Postgres) => {
            run(absent.iter().map(|label| format!("ALTER TYPE {name} ADD VALUE {}", literal(label))))
        }
        (ListedBy::Type(_), _) => {
            let all: Vec<_> = list.values.iter().chain(absent).map(literal).collect();
            let null = if column.nullable { "NULL" } else { "NOT NULL" };
            let name = quote(adapter.dialect, &column.name);
            alter(adapter, &format!("MODIFY {name} ENUM({}) {null}", all.join(", ")))
        }
        (ListedBy::Check(_), Dialect::Sqlite) => format!("{ANEW}, with a check that takes them"),
        (ListedBy::Check(_), _) => "make the check anew, with them in it".into(),
    }
}

/// Leaves the making of ids to the store.
pub(super) fn stop_numbering(adapter: &Adapter<'_>, column: &Column, identity: Identity) -> String {
    let name = quote(adapter.dialect, &column.name);
    let numbering = if identity == Identity::ByDefault { "IDENTITY" } else { "DEFAULT" };
    alter(adapter, &format!("ALTER COLUMN {name} DROP {numbering}"))
}

/// Makes a plain column of one that the database writes.
pub(super) fn make_plain(adapter: &Adapter<'_>, part: Part<'_>, column: &Column) -> String {
    let name = quote(adapter.dialect, &column.name);
    match adapter.dialect {
        Dialect::Sqlite => anew(adapter, part, column),
        Dialect::Postgres if column.has_default => {
            alter(adapter, &format!("ALTER COLUMN {name} DROP IDENTITY"))
        }
        Dialect::Postgres => alter(adapter, &format!("ALTER COLUMN {name} DROP EXPRESSION")),
        Dialect::MySql => change_column(adapter, part, column),
    }
}

/// Adds the unique key of ids.
pub(super) fn add_id_key(adapter: &Adapter<'_>, old: Option<&Index>) -> String {
    let key = sql::identity(adapter);
    let (table, target) = (quote_table(adapter.dialect, &adapter.table), key.target(adapter));
    let name = || format!("{}_id_key", adapter.table.name);
    let add = match adapter.dialect {
        // The index is in the schema of its table, which is said of the index alone.
        Dialect::Sqlite => {
            let index =
                quote_table(Dialect::Sqlite, &crate::adapter::Table { name: &name(), ..adapter.table });
            format!("CREATE UNIQUE INDEX {index} ON {} {target}", quote(Dialect::Sqlite, adapter.table.name))
        }
        Dialect::Postgres if key.predicate.is_some() => {
            format!("CREATE UNIQUE INDEX {} ON {table} {target}", quote(Dialect::Postgres, &name()))
        }
        Dialect::Postgres => format!("ALTER TABLE {table} ADD UNIQUE {target}"),
        Dialect::MySql => format!("ALTER TABLE {table} ADD UNIQUE KEY {target}"),
    };
    with_old(old.map(|old| drop_key(adapter, old)), [add])
}

/// Adds a column that an option names.
pub(super) fn add_beside(adapter: &Adapter<'_>, definition: &str) -> String {
    alter(adapter, &format!("ADD COLUMN {definition}"))
}

/// Puts the adapter's own key in the place of another, or of none. Whatever has its name gives way.
pub(super) fn own_key(subject: &Subject<'_>, name: &str, old: Option<&Index>) -> String {
    let adapter = subject.whole;
    let namesake = subject.table.indexes.iter().find(|index| index.name == name);
    let namesake = namesake.filter(|namesake| old.is_none_or(|old| old.name != namesake.name));
    let drops = old.into_iter().chain(namesake).map(|index| drop_key(adapter, index)).collect::<Vec<_>>();
    let mut adds = Vec::new();
    if let Some((column, definition)) = sql::made_column_of(adapter, name)
        && adapter.dialect == Dialect::MySql
    {
        let table = quote_table(adapter.dialect, &adapter.table);
        if subject.table.column(adapter.dialect, column).is_some() {
            adds.push(format!("ALTER TABLE {table} DROP COLUMN {}", quote(adapter.dialect, column)));
        }
        adds.push(format!("ALTER TABLE {table} ADD COLUMN {definition}"));
    }
    adds.extend(sql::index_ddl(adapter, name));
    with_old(drops, adds)
}

/// Removes an index. One that SQLite made for a constraint goes with the table alone.
fn drop_key(adapter: &Adapter<'_>, index: &Index) -> Removal {
    let table = quote_table(adapter.dialect, &adapter.table);
    let name = quote(adapter.dialect, &index.name);
    match adapter.dialect {
        Dialect::MySql => Removal::Statement(format!("ALTER TABLE {table} DROP KEY {name}")),
        Dialect::Postgres if index.constraint => {
            Removal::Statement(format!("ALTER TABLE {table} DROP CONSTRAINT {name}"))
        }
        Dialect::Sqlite if index.constraint => Removal::Anew,
        Dialect::Postgres | Dialect::Sqlite => {
            let name =
                quote_table(adapter.dialect, &crate::adapter::Table { name: &index.name, ..adapter.table });
            Removal::Statement(format!("DROP INDEX {name}"))
        }
    }
}

/// How an index is removed.
enum Removal {
    Statement(String),
    /// With the table.
    Anew,
}

fn with_old(drops: impl IntoIterator<Item = Removal>, adds: impl IntoIterator<Item = String>) -> String {
    let mut statements = Vec::new();
    let mut prefix = String::new();
    for drop in drops {
        match drop {
            Removal::Statement(statement) => statements.push(statement),
            Removal::Anew => prefix = format!("{ANEW}, without that UNIQUE; then "),
        }
    }
    statements.extend(adds);
    prefix + &run(statements)
}
