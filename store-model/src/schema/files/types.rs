//! The type of a column, from its words to what the catalog of its database calls it.

use super::cursor::{Cursor, Read};
use super::lex::Kind;
use super::names::Name;
use crate::adapter::Dialect;

/// A type as it is written at a column.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    /// What the catalog calls it.
    pub(super) name: String,
    /// What may be an enum or a domain of the files.
    pub(super) user: Option<Name>,
    /// A `serial` of Postgres or MySQL.
    pub(super) serial: bool,
    /// The labels of an `ENUM` of MySQL.
    pub(super) labels: Option<Vec<String>>,
    /// Whether it holds text that is compared by a collation.
    pub(super) is_text: bool,
    /// The character set of MySQL, where one is named.
    pub(super) charset: Option<String>,
    /// The collation of MySQL, where one is named within the type.
    pub(super) collation: Option<String>,
}

/// Reads a type. The words after which a column goes on end one of SQLite, where any words are a type.
pub(super) fn read(cursor: &mut Cursor<'_, '_>, goes_on: &[&str]) -> Read<Written> {
    match cursor.dialect {
        Dialect::Sqlite => Ok(sqlite(cursor, goes_on)),
        Dialect::Postgres => postgres(cursor),
        Dialect::MySql => mysql(cursor),
    }
}

fn sqlite(cursor: &mut Cursor<'_, '_>, goes_on: &[&str]) -> Written {
    let words = cursor.until(|it| !it.at_name() || it.at_any(goes_on));
    let mut name = words.tokens().iter().map(|it| it.name(Dialect::Sqlite)).collect::<Vec<_>>().join(" ");
    if let Ok(size) = cursor.group().map(Cursor::to_text)
        && !name.is_empty()
    {
        name = format!("{name}({size})");
    }
    Written { name, is_text: true, ..Written::default() }
}

/// The size in parentheses, if there is one: `(10,2)`.
fn size(cursor: &mut Cursor<'_, '_>) -> String {
    match cursor.group() {
        Ok(inner) => format!("({})", inner.to_text().replace(' ', "")),
        Err(_) => String::new(),
    }
}

fn postgres(cursor: &mut Cursor<'_, '_>) -> Read<Written> {
    let is_bare = cursor.peek().is_some_and(|token| token.kind == Kind::Word);
    let mut named = cursor.qualified()?;
    if named.schema.as_deref() == Some("pg_catalog") {
        named.schema = None;
    }
    let mut written = Written::default();
    let is_own = is_bare && named.schema.is_none();
    let known = if is_own { standard(&named.name, cursor) } else { None };
    written.name = match known {
        Some(name) => name,
        None => {
            let name = format!("{}{}", quoted(&named), size(cursor));
            written.user = Some(named.clone());
            name
        }
    };
    written.serial = is_own
        && matches!(
            named.name.as_str(),
            "serial" | "bigserial" | "smallserial" | "serial2" | "serial4" | "serial8"
        );
    let text = ["character", "text", "citext", "name"];
    written.is_text = text.iter().any(|it| written.name.starts_with(it));
    if dimensions(cursor) {
        written.name.push_str("[]");
        written.user = None;
    }
    Ok(written)
}

/// `int[3][]` and `int ARRAY[3]`.
fn dimensions(cursor: &mut Cursor<'_, '_>) -> bool {
    let mut is_array = cursor.eat(&["array"]);
    while cursor.eat_sign("[") {
        is_array = true;
        cursor.until(|it| it.at_sign("]"));
        cursor.eat_sign("]");
    }
    is_array
}

/// A type that every Postgres has, as `format_type` writes it.
fn standard(word: &str, cursor: &mut Cursor<'_, '_>) -> Option<String> {
    let plain = match word {
        "int" | "int4" | "integer" | "serial" | "serial4" => "integer",
        "int8" | "bigint" | "bigserial" | "serial8" => "bigint",
        "int2" | "smallint" | "smallserial" | "serial2" => "smallint",
        "float8" => "double precision",
        "float4" | "real" => "real",
        "bool" | "boolean" => "boolean",
        "text" => "text",
        "date" => "date",
        "uuid" => "uuid",
        "json" => "json",
        "jsonb" => "jsonb",
        "bytea" => "bytea",
        "double" => {
            cursor.eat(&["precision"]);
            "double precision"
        }
        "float" => {
            let bits = size(cursor).trim_matches(['(', ')']).parse().unwrap_or(53_u32);
            if bits < 25 { "real" } else { "double precision" }
        }
        _ => return sized(word, cursor),
    };
    Some(plain.to_owned())
}

fn sized(word: &str, cursor: &mut Cursor<'_, '_>) -> Option<String> {
    let name = match word {
        "varchar" => "character varying",
        "decimal" | "dec" | "numeric" => "numeric",
        "varbit" => "bit varying",
        "bit" if cursor.eat(&["varying"]) => "bit varying",
        "char" | "character" | "nchar" if cursor.eat(&["varying"]) => "character varying",
        "national" if cursor.eat_any(&["character", "char"]) => {
            if cursor.eat(&["varying"]) {
                "character varying"
            } else {
                "character"
            }
        }
        "char" | "character" | "nchar" | "bpchar" => "character",
        "bit" => "bit",
        "timestamp" | "timestamptz" | "time" | "timetz" => return Some(timed(word, cursor)),
        "interval" => return Some(interval(cursor)),
        _ => return None,
    };
    let mut size = size(cursor);
    if size.is_empty() && matches!(name, "character" | "bit") && word != "bpchar" {
        size = "(1)".into();
    }
    Some(format!("{name}{size}"))
}

/// `timestamp(3) with time zone`.
fn timed(word: &str, cursor: &mut Cursor<'_, '_>) -> String {
    let size = size(cursor);
    let is_with = cursor.eat(&["with", "time", "zone"]);
    let _ = is_with || cursor.eat(&["without", "time", "zone"]);
    let (name, is_short) = match word.strip_suffix("tz") {
        Some(name) => (name, true),
        None => (word, false),
    };
    let zone = if is_with || is_short { "with" } else { "without" };
    format!("{name}{size} {zone} time zone")
}

/// `interval day to second(3)`.
fn interval(cursor: &mut Cursor<'_, '_>) -> String {
    let fields = cursor.until(|it| !it.at_any(&["year", "month", "day", "hour", "minute", "second", "to"]));
    let words = fields.tokens().iter().map(|it| format!(" {}", it.raw.to_lowercase()));
    let words: String = words.collect();
    format!("interval{words}{}", size(cursor))
}

/// The name of a type as the catalog prints it, in quotes where it needs them.
pub(super) fn quoted(name: &Name) -> String {
    let quote = |name: &str| {
        let is_plain = name.starts_with(|it: char| it.is_ascii_lowercase() || it == '_')
            && name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
            && name != "char";
        if is_plain { name.to_owned() } else { crate::sql::quote(Dialect::Postgres, name) }
    };
    match name.schema.as_deref().filter(|&schema| schema != "public") {
        Some(schema) => format!("{}.{}", quote(schema), quote(&name.name)),
        None => quote(&name.name),
    }
}

fn mysql(cursor: &mut Cursor<'_, '_>) -> Read<Written> {
    let word = cursor.name()?.to_lowercase();
    let mut written = Written::default();
    let mut name = mysql_name(&word, cursor);
    if matches!(name.as_str(), "enum" | "set")
        && let Ok(inner) = cursor.group()
    {
        let labels = inner.parts().into_iter().map(|mut part| part.text()).collect::<Read<Vec<_>>>()?;
        let list =
            labels.iter().map(|it| format!("'{}'", it.replace('\'', "''"))).collect::<Vec<_>>().join(",");
        written.labels = (name == "enum").then_some(labels);
        name = format!("{name}({list})");
    } else if matches!(word.as_str(), "bool" | "boolean") {
        name.push_str("(1)");
    } else {
        name.push_str(&size(cursor));
    }
    if word == "serial" {
        name.push_str(" unsigned");
        written.serial = true;
    }
    let text = ["char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set"];
    written.is_text = text.iter().any(|it| name.split('(').next() == Some(it));
    attributes(cursor, &mut name, &mut written)?;
    written.name = name;
    Ok(written)
}

fn mysql_name(word: &str, cursor: &mut Cursor<'_, '_>) -> String {
    let name = match word {
        "integer" | "int4" => "int",
        "int1" | "bool" | "boolean" => "tinyint",
        "int2" => "smallint",
        "int3" | "middleint" => "mediumint",
        "int8" | "serial" => "bigint",
        "dec" | "numeric" | "fixed" => "decimal",
        "float4" => "float",
        "float8" | "real" => "double",
        "double" => {
            cursor.eat(&["precision"]);
            "double"
        }
        "national" => {
            let varies = cursor.eat_any(&["varchar"]) || !cursor.eat_any(&["char", "character"]);
            if cursor.eat(&["varying"]) || varies { "varchar" } else { "char" }
        }
        "char" | "character" if cursor.eat(&["varying"]) => "varchar",
        "char" if cursor.eat(&["byte"]) => "binary",
        "character" | "nchar" => "char",
        "nvarchar" | "varcharacter" => "varchar",
        "long" => {
            if cursor.eat_any(&["varbinary"]) {
                "mediumblob"
            } else {
                cursor.eat(&["char", "varying"]);
                cursor.eat_any(&["varchar"]);
                "mediumtext"
            }
        }
        other => other,
    };
    name.to_owned()
}

/// What stands behind a type of MySQL and is still part of it.
fn attributes(cursor: &mut Cursor<'_, '_>, name: &mut String, written: &mut Written) -> Read<()> {
    loop {
        if cursor.eat(&["unsigned"]) {
            name.push_str(" unsigned");
        } else if cursor.eat(&["zerofill"]) {
            let unsigned = if name.ends_with(" unsigned") { "" } else { " unsigned" };
            name.push_str(&format!("{unsigned} zerofill"));
        } else if cursor.eat(&["character", "set"]) || cursor.eat(&["charset"]) {
            written.charset = Some(word(cursor)?);
        } else if cursor.eat(&["collate"]) {
            written.collation = Some(word(cursor)?);
        } else if cursor.eat_any(&["binary"]) {
            written.collation = Some(format!("{}_bin", written.charset.as_deref().unwrap_or("utf8mb4")));
        } else if cursor.eat(&["ascii"]) {
            written.charset = Some("latin1".into());
        } else if cursor.eat(&["unicode"]) {
            written.charset = Some("ucs2".into());
        } else if !cursor.eat_any(&["signed"]) {
            return Ok(());
        }
    }
}

/// A name or a text, of a character set or a collation.
pub(super) fn word(cursor: &mut Cursor<'_, '_>) -> Read<String> {
    if cursor.at_name() { cursor.name() } else { cursor.text() }
}

#[cfg(test)]
mod tests {
    use super::super::lex::Lexer;
    use super::*;

    fn named(dialect: Dialect, text: &str) -> String {
        let mut lexer = Lexer::new(dialect, text, 1);
        let tokens: Vec<_> = std::iter::from_fn(|| lexer.next()).collect();
        let mut cursor = Cursor::new(dialect, &tokens);
        let written = read(&mut cursor, &["not"]).expect("a type");
        assert!(cursor.is_end() || cursor.at(&["not"]), "{text}");
        written.name
    }

    #[test]
    fn types_are_named_as_postgres_prints_them() {
        for (text, name) in [
            ("varchar(20)", "character varying(20)"),
            ("CHARACTER VARYING (20)", "character varying(20)"),
            ("national character varying(3)", "character varying(3)"),
            ("char", "character(1)"),
            ("\"char\"", "\"char\""),
            ("INT8", "bigint"),
            ("serial", "integer"),
            ("timestamptz(3)", "timestamp(3) with time zone"),
            ("timestamp(0)", "timestamp(0) without time zone"),
            ("timestamp (0) with time zone", "timestamp(0) with time zone"),
            ("pg_catalog.timestamptz", "timestamp with time zone"),
            ("double precision", "double precision"),
            ("float(10)", "real"),
            ("decimal(10, 2)", "numeric(10,2)"),
            ("interval DAY to second(3)", "interval day to second(3)"),
            ("text[][3]", "text[]"),
            ("int ARRAY[3]", "integer[]"),
            ("public.citext", "citext"),
            ("billing.\"State\"", "billing.\"State\""),
        ] {
            assert_eq!(named(Dialect::Postgres, text), name, "{text}");
        }
    }

    #[test]
    fn types_are_named_as_mysql_prints_them() {
        for (text, name) in [
            ("INTEGER UNSIGNED", "int unsigned"),
            ("bigint(20) unsigned zerofill", "bigint(20) unsigned zerofill"),
            ("BOOLEAN", "tinyint(1)"),
            ("ENUM('a', 'b''c')", "enum('a','b''c')"),
            ("NATIONAL VARCHAR(3)", "varchar(3)"),
            ("national char varying(3)", "varchar(3)"),
            ("character varying(30) character set utf8mb4 collate utf8mb4_bin", "varchar(30)"),
            ("DATETIME (6)", "datetime(6)"),
            ("double precision", "double"),
            ("serial", "bigint unsigned"),
            ("varchar(10) binary", "varchar(10)"),
        ] {
            assert_eq!(named(Dialect::MySql, text), name, "{text}");
        }
    }

    #[test]
    fn types_of_sqlite_are_as_they_were_written() {
        for (text, name) in [
            ("VARCHAR (20)", "VARCHAR(20)"),
            ("UNSIGNED BIG INT NOT", "UNSIGNED BIG INT"),
            ("DECIMAL(10, 5)", "DECIMAL(10, 5)"),
            ("", ""),
        ] {
            assert_eq!(named(Dialect::Sqlite, text), name, "{text}");
        }
    }
}
