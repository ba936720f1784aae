//! Columns of another type.

use store_core::__private::{Column as Kept, Dialect, Entity, Extra, Form, Source, Unit};

use crate::mutations::{Mutant, Subject, kept_rest};
use crate::script::Column;

const RULES: &[&str] = &[
    "ColumnType",
    "ColumnNarrow",
    "ColumnShort",
    "ColumnCoarse",
    "OptionColumnType",
    "ColumnCollation",
    "LabelMissing",
    // A default goes with its type.
    "ColumnUnmade",
    "ColumnUnwritten",
];

/// Types of other columns, which a mistaken migration may give to this one.
fn other_types(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::Sqlite => &[
            "TEXT",
            "INTEGER",
            "REAL",
            "NUMERIC",
            "BLOB",
            "",
            "VARCHAR(3)",
            "DATETIME",
            "BOOLEAN",
            "JSON",
            "BIGINT",
            "STRING",
            "DECIMAL(10, 2)",
        ],
        Dialect::Postgres => &[
            "text",
            "varchar(40)",
            "char(9)",
            "smallint",
            "integer",
            "bigint",
            "numeric",
            "numeric(12, 1)",
            "real",
            "double precision",
            "boolean",
            "timestamptz",
            "timestamptz(0)",
            "timestamp",
            "timestamp(0)",
            "date",
            "json",
            "jsonb",
            "uuid",
            "bytea",
            "text[]",
        ],
        Dialect::MySql => &[
            "varchar(40)",
            "char(40)",
            "longtext",
            "smallint",
            "int",
            "int unsigned",
            "bigint",
            "bigint unsigned",
            "decimal(20, 0)",
            "decimal(12, 1)",
            "double",
            "tinyint(1)",
            "datetime",
            "datetime(3)",
            "datetime(6)",
            "timestamp(6)",
            "date",
            "json",
            "binary(16)",
            "varbinary(40)",
        ],
    }
}

pub(crate) fn all(subject: &Subject<'_>, at: usize, column: &Column, mutants: &mut Vec<Mutant>) {
    if subject.kept(column).is_none() || column.rest.contains("GENERATED") {
        return;
    }
    let own = column.ty.to_lowercase();
    let mut retype = |ty: &str| {
        let changed = subject.script.clone().with_column(at, |it| {
            it.ty = ty.into();
            it.rest = kept_rest(&it.rest);
        });
        let mut mutant = subject.mutant("column retyped", format!("{} {ty}", column.name), RULES, changed);
        // SQLite keeps texts in them too, but who calls a column so has numbers in it.
        let is_number = subject.kept(column).is_some_and(|kept| {
            matches!(kept.form, Form::Integer(_) | Form::Boolean | Form::Epoch(_) | Form::Seconds)
        });
        let sounds_like_one = ["INT", "REAL"].iter().any(|it| ty.contains(it));
        if subject.dialect == Dialect::Sqlite && sounds_like_one && !is_number {
            mutant.others.push((column.name.clone(), "1700000000"));
        }
        let is_seconds = subject.kept(column).is_some_and(|kept| kept.form == Form::Epoch(Unit::Seconds));
        if is_seconds && matches!(ty, "integer" | "int" | "int unsigned") {
            mutant.excluded =
                Some("seconds in 32 bits end in 2038 or 2106, after which times are refused, as is told");
        }
        mutant.others.extend(of_others(subject, column, ty));
        mutant.excluded = mutant.excluded.or_else(|| unjudged(subject, column, ty));
        mutants.push(mutant);
    };
    other_types(subject.dialect).iter().filter(|ty| ty.to_lowercase() != own).for_each(|ty| retype(ty));
    // Shorter than a word: of other texts any may be too long.
    if subject.kept(column).is_some_and(|kept| is_of_words(subject, &kept))
        && subject.dialect != Dialect::Sqlite
    {
        retype(if subject.adapter.entity == Entity::Plan { "varchar(3)" } else { "varchar(7)" });
    }
}

/// What those write who give the column of a number the type of a text, or of a fraction.
fn of_others(subject: &Subject<'_>, column: &Column, ty: &str) -> Option<(String, &'static str)> {
    let kept = subject.kept(column).filter(|kept| !kept.is_coded() && subject.dialect == Dialect::MySql)?;
    if !matches!(kept.form, Form::Integer(_) | Form::Decimal(_)) {
        return None;
    }
    let value = match ty {
        "double" => "0.125",
        "json" => "'\"x\"'",
        _ if ["char", "text", "binary"].iter().any(|it| ty.contains(it)) => "'x'",
        _ => return None,
    };
    Some((column.name.clone(), value))
}

/// Why nobody can say what a type does to what is kept in a column.
fn unjudged(subject: &Subject<'_>, column: &Column, ty: &str) -> Option<&'static str> {
    let options = subject.adapter.options();
    let is_it = |name: &str| name == column.name;
    let is_of_sql = |extra: &Extra<'_>| is_it(extra.column.name) && matches!(extra.value, Source::Sql(_));
    if options.insert.iter().chain(options.write).any(is_of_sql) {
        return Some("what SQL of the user makes, files don't tell; verification asks the database");
    }
    let is_narrower = ["int", "char("].iter().any(|it| ty.contains(it));
    if is_narrower && subject.kept(column).is_some_and(|kept| kept.is_coded()) {
        return Some("how much of a type a codec needs, it alone knows");
    }
    let is_mark = options.soft_delete.is_some_and(|mark| is_it(mark.column.name));
    let is_time = ["time", "date"].iter().any(|it| ty.contains(it));
    (is_mark && !is_time && subject.dialect == Dialect::MySql).then_some(
        "MySQL makes a text or a number of the time of a mark; what others read in it, they alone know",
    )
}

fn is_of_words(subject: &Subject<'_>, kept: &Kept<'_>) -> bool {
    let place = match subject.adapter.entity {
        Entity::Subscription => 4,
        Entity::Plan => 6,
        Entity::Usage => return false,
    };
    subject.adapter.column(place).is_some_and(|it| it.name == kept.name)
}
