//! Families of types: what columns take of the literals of annotations, and which columns are compared with each other.

use super::Type;
use crate::adapter::{Dialect, Stored};

/// What a type keeps, as far as its name tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Number,
    Truth,
    Text,
    Time,
    Uuid,
    Bytes,
    Json,
    Array,
    Unknown,
}

/// Whether a column of a type takes a literal; where it is compared with one, also whether the database compares the two.
pub(super) fn takes(dialect: Dialect, ty: &Type, stored: Stored<'_>, is_compared: bool) -> bool {
    // SQLite takes and compares anything.
    if dialect == Dialect::Sqlite {
        return true;
    }
    let family = family(dialect, ty);
    match (stored, family) {
        (Stored::Null | Stored::Tuple(_), _) | (_, Family::Unknown) => true,
        (Stored::Text(text), Family::Bytes) => takes_bytes(ty, text.len(), is_compared),
        (Stored::Text(text), _) => takes_text(dialect, ty, family, text),
        (Stored::Integer(_), Family::Number) | (Stored::Boolean(_), Family::Truth) => true,
        // Truth is a number on MySQL, and a number can be a text.
        (Stored::Boolean(_) | Stored::Integer(_), Family::Number | Family::Truth | Family::Text) => {
            dialect == Dialect::MySql || (family == Family::Text && !is_compared)
        }
        (Stored::Boolean(_) | Stored::Integer(_), Family::Json) => dialect == Dialect::MySql,
        (Stored::Boolean(_) | Stored::Integer(_), _) => false,
    }
}

/// Whether a type is one of times.
pub(super) fn is_time(dialect: Dialect, ty: &Type) -> bool {
    dialect != Dialect::Sqlite && family(dialect, ty) == Family::Time
}

/// Whether a type is one of texts, or of which nothing is known.
pub(super) fn may_be_text(dialect: Dialect, ty: &Type) -> bool {
    matches!(family(dialect, ty), Family::Text | Family::Unknown)
}

/// Whether a type keeps all values of another as they are told from those, as far as their names tell; one that pads them
/// keeps others.
pub(super) fn keeps_those_of(dialect: Dialect, own: &Type, other: &Type) -> bool {
    match (family(dialect, own), family(dialect, other)) {
        (Family::Unknown, _) | (_, Family::Unknown) => true,
        // A number is compared with its text there, as a number.
        (Family::Text, Family::Number | Family::Uuid) if dialect != Dialect::Postgres => true,
        (of_own, of_other) => of_own == of_other && pads(own) == pads(other),
    }
}

/// What a type fills up is another value to what it is compared with.
fn takes_bytes(ty: &Type, bytes: usize, is_compared: bool) -> bool {
    let length = ty.length.map_or(bytes, |length| length as usize);
    !pads(ty) || bytes == length || (bytes < length && !is_compared)
}

/// Whether a type fills up what is shorter.
fn pads(ty: &Type) -> bool {
    matches!(ty.name.as_str(), "character" | "char" | "binary")
}

/// Whether a text is one that Postgres reads as true or false.
#[must_use]
pub fn is_truth(text: &str) -> bool {
    let words = ["t", "true", "y", "yes", "on", "1", "f", "false", "n", "no", "off", "0"];
    words.contains(&text.trim().to_lowercase().as_str())
}

/// A literal of text is of no type yet: it is read as one of the column's.
fn takes_text(dialect: Dialect, ty: &Type, family: Family, text: &str) -> bool {
    let has_room = || ty.length.is_none_or(|length| text.chars().count() <= length as usize);
    match family {
        Family::Text => ty.name == "enum" || has_room(),
        Family::Number => text.trim().parse::<f64>().is_ok(),
        Family::Truth => dialect == Dialect::Postgres && is_truth(text),
        Family::Uuid => text.chars().filter(char::is_ascii_hexdigit).count() == 32,
        Family::Time => {
            let words = ["infinity", "-infinity", "epoch"];
            let is_word = words.contains(&text.trim().to_lowercase().as_str());
            text.contains(|it: char| it.is_ascii_digit()) || (dialect == Dialect::Postgres && is_word)
        }
        Family::Json => {
            text.trim_start().starts_with(['{', '[', '"', '-', 't', 'f', 'n']) || starts_with_digit(text)
        }
        Family::Array => text.trim_start().starts_with(['{', '[']),
        Family::Bytes | Family::Unknown => true,
    }
}

fn starts_with_digit(text: &str) -> bool {
    text.trim_start().starts_with(|it: char| it.is_ascii_digit())
}

fn family(dialect: Dialect, ty: &Type) -> Family {
    if ty.name.ends_with(']') {
        return Family::Array;
    }
    match (dialect, ty.name.split(' ').next().unwrap_or_default()) {
        (Dialect::MySql, "tinyint" | "mediumint" | "int") => Family::Number,
        (_, "smallint" | "integer" | "bigint" | "numeric" | "decimal" | "real" | "double" | "float") => {
            Family::Number
        }
        (_, "boolean") => Family::Truth,
        (_, "text" | "character" | "varchar" | "char" | "enum" | "tinytext" | "mediumtext" | "longtext") => {
            Family::Text
        }
        (_, "timestamp" | "date" | "datetime") => Family::Time,
        (_, "uuid") => Family::Uuid,
        (Dialect::Postgres, "bytea") | (Dialect::MySql, "binary") => Family::Bytes,
        (_, "json" | "jsonb") => Family::Json,
        _ => Family::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::table;

    #[test]
    fn a_literal_is_of_the_type_of_its_column() {
        use Dialect::{MySql, Postgres, Sqlite};
        for (dialect, name, stored, taken, compared) in [
            (Postgres, "text", Stored::Text("user"), true, true),
            (Postgres, "character varying(3)", Stored::Text("user"), false, false),
            (Postgres, "integer", Stored::Text("user"), false, false),
            (Postgres, "integer", Stored::Text("7"), true, true),
            (Postgres, "integer", Stored::Integer(7), true, true),
            (Postgres, "text", Stored::Integer(7), true, false),
            (Postgres, "timestamp with time zone", Stored::Text("infinity"), true, true),
            (Postgres, "boolean", Stored::Integer(1), false, false),
            (Postgres, "boolean", Stored::Boolean(true), true, true),
            (Postgres, "smallint", Stored::Boolean(true), false, false),
            (Postgres, "boolean", Stored::Text("user"), false, false),
            (Postgres, "uuid", Stored::Text("user"), false, false),
            (Postgres, "timestamp with time zone", Stored::Text("user"), false, false),
            (Postgres, "timestamp with time zone", Stored::Integer(0), false, false),
            (Postgres, "jsonb", Stored::Text("{}"), true, true),
            (Postgres, "text[]", Stored::Text("{}"), true, true),
            (Postgres, "text[]", Stored::Text("user"), false, false),
            (Postgres, "boolean[]", Stored::Boolean(true), false, false),
            (Postgres, "kind", Stored::Text("user"), true, true),
            (Postgres, "bigint", Stored::Null, true, true),
            (MySql, "tinyint(1)", Stored::Boolean(true), true, true),
            (MySql, "varchar(20)", Stored::Integer(7), true, true),
            (MySql, "datetime", Stored::Text("user"), false, false),
            (MySql, "enum('user')", Stored::Text("user"), true, true),
            (MySql, "binary(4)", Stored::Text("user"), true, true),
            (MySql, "binary(16)", Stored::Text("user"), true, false),
            (MySql, "binary(3)", Stored::Text("user"), false, false),
            (Sqlite, "INTEGER", Stored::Text("user"), true, true),
        ] {
            let ty = Type::parse(name);
            assert_eq!(takes(dialect, &ty, stored, false), taken, "{name}, {stored:?}");
            assert_eq!(takes(dialect, &ty, stored, true), compared, "{name}, {stored:?}");
        }
    }

    #[test]
    fn a_column_that_leads_to_another_keeps_its_values() {
        use Dialect::{MySql, Postgres, Sqlite};
        for (dialect, one, other, kept) in [
            (Postgres, "text", "character varying(3)", [true, true]),
            (Postgres, "text", "character(9)", [false, false]),
            (Postgres, "integer", "bigint", [true, true]),
            (Postgres, "uuid", "text", [false, false]),
            (Postgres, "text", "bigint", [false, false]),
            (Postgres, "text[]", "text", [false, false]),
            (Postgres, "citext", "text", [true, true]),
            (MySql, "bigint unsigned", "int", [true, true]),
            (MySql, "varchar(9)", "bigint", [true, false]),
            (MySql, "char(36)", "uuid", [true, false]),
            (Sqlite, "INTEGER", "TEXT", [false, true]),
            (Sqlite, "", "TEXT", [true, true]),
        ] {
            let column = |name: &str| table::Column { type_name: name.into(), ..Default::default() };
            let seen = [(one, other), (other, one)]
                .map(|(own, other)| super::super::keeps_those_of(dialect, &column(own), &column(other)));
            assert_eq!(seen, kept, "{one}, {other}");
        }
    }
}
