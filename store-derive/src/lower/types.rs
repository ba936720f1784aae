//! Types of Postgres that are not written as types, or not by that name: statements put names in quotes, and there an
//! alias, a length or a blank would be part of another name.

use store_model::contract::{Field, Kind};

/// The form to write instead of a type that has one.
pub(super) fn form_of(name: &str, field: Field) -> Option<&'static str> {
    let is_time = field.kind.is_time();
    let is_document = matches!(field.kind, Kind::List | Kind::Numbers | Kind::Texts);
    Some(match base(name).as_str() {
        "integer" | "int" | "int4" | "serial" => "i32",
        "smallint" | "int2" => "i16",
        "bigint" | "int8" | "bigserial" => "i64",
        "varchar" | "character varying" | "text" | "string" if is_time => "text(\"%Y-%m-%d %H:%M:%S\")",
        "varchar" | "character varying" | "text" | "string" if is_document => "text(json)",
        "varchar" | "character varying" | "text" | "string" => "text",
        "char" | "character" | "bpchar" => "char(36)",
        "decimal" => "decimal(2)",
        "numeric" if !is_time => "decimal(2)",
        "uuid" => "uuid",
        "boolean" | "bool" => "boolean",
        "double precision" | "real" | "float" | "float4" | "float8" => "f64(2)",
        "timestamp" | "timestamp without time zone" => "timestamp(6)",
        "timestamptz" | "timestamp with time zone" => TIME,
        "date" => "date",
        "json" | "jsonb" => "json",
        _ => return None,
    })
}

/// The form of times that has no word, since it is the default.
pub(super) const TIME: &str = "timestamptz";

/// The name that a type has in quotes, if it is another.
pub(super) fn in_quotes(name: &str) -> Option<&'static str> {
    Some(match base(name).as_str() {
        "integer" | "int" | "serial" => "int4",
        "smallint" => "int2",
        "bigint" | "bigserial" => "int8",
        "character varying" => "varchar",
        "varchar" if name.contains('(') => "varchar",
        "char" | "character" => "bpchar",
        "decimal" => "numeric",
        "numeric" if name.contains('(') => "numeric",
        "boolean" => "bool",
        "double precision" | "float" => "float8",
        "real" => "float4",
        "timestamp without time zone" => "timestamp",
        "timestamp with time zone" => "timestamptz",
        _ => return None,
    })
}

fn base(name: &str) -> String {
    name.split('(').next().unwrap_or_default().trim().to_ascii_lowercase()
}
