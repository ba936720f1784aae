//! Types of columns that keep ids and numbers as texts or bytes.

use super::{Fit, Type, of};
use crate::adapter::Dialect;
use crate::form::Form;

/// As long as the text of a UUID.
const UUID: u32 = 36;

/// Holds a type against a form of such texts; nothing if the form is another.
pub(super) fn fit(dialect: Dialect, ty: &Type, form: Form<'_>) -> Option<Fit<'static>> {
    let fit = match form {
        Form::Uuid => uuid(dialect, ty),
        Form::UuidBytes => bytes(dialect, ty),
        Form::Char(length) => fixed(dialect, ty, length.into()),
        Form::Digits | Form::DecimalText(_) => digits(dialect, ty),
        _ => return None,
    };
    Some(fit)
}

/// A UUID never looks like a number.
fn uuid(dialect: Dialect, ty: &Type) -> Fit<'static> {
    match (dialect, ty.name.as_str()) {
        (Dialect::Sqlite, _) => of(!ty.sounds_like_a_number()),
        (Dialect::Postgres, "uuid") => Fit::Fits,
        (Dialect::MySql, "uuid") => Fit::Fits,
        (Dialect::MySql, "char" | "varchar") => long(ty.length.unwrap_or(1), UUID),
        (Dialect::MySql, "tinytext" | "text" | "mediumtext" | "longtext") => Fit::Fits,
        _ => Fit::Other,
    }
}

/// A column of a fixed length would fill up what is shorter.
pub(super) fn bytes_of_any_length(dialect: Dialect, ty: &Type) -> Fit<'static> {
    match (dialect, ty.name.as_str()) {
        (Dialect::MySql, "binary") => Fit::Other,
        (Dialect::MySql, "varbinary") => Fit::Fits,
        _ => bytes(dialect, ty),
    }
}

fn bytes(dialect: Dialect, ty: &Type) -> Fit<'static> {
    match (dialect, ty.name.as_str()) {
        (Dialect::Sqlite, _) => Fit::Fits,
        (Dialect::Postgres, "bytea") => Fit::Fits,
        // A longer one would be filled up.
        (Dialect::MySql, "binary") => of(ty.length == Some(16)),
        (Dialect::MySql, "varbinary") => long(ty.length.unwrap_or(0), 16),
        (Dialect::MySql, "tinyblob" | "blob" | "mediumblob" | "longblob") => Fit::Fits,
        _ => Fit::Other,
    }
}

fn fixed(dialect: Dialect, ty: &Type, length: u32) -> Fit<'static> {
    match (dialect, ty.name.as_str()) {
        (Dialect::Sqlite, _) => of(ty.keeps_texts()),
        (Dialect::Postgres, "character" | "char") => long(ty.length.unwrap_or(1), length),
        (Dialect::Postgres, "bpchar") => long(ty.length.unwrap_or(u32::MAX), length),
        (Dialect::MySql, "char") => long(ty.length.unwrap_or(1), length),
        // Shorter ones are not filled up there.
        (Dialect::Postgres, "character varying" | "varchar") | (Dialect::MySql, "varchar") => {
            long(ty.length.unwrap_or(u32::MAX), length)
        }
        (_, "text" | "tinytext" | "mediumtext" | "longtext") => Fit::Fits,
        _ => Fit::Other,
    }
}

fn digits(dialect: Dialect, ty: &Type) -> Fit<'static> {
    match (dialect, ty.name.as_str()) {
        (Dialect::Sqlite, _) => of(ty.keeps_texts()),
        (Dialect::Postgres, "text" | "character varying" | "varchar") => Fit::Fits,
        (Dialect::MySql, "varchar" | "tinytext" | "text" | "mediumtext" | "longtext") => Fit::Fits,
        _ => Fit::Other,
    }
}

fn long(found: u32, needed: u32) -> Fit<'static> {
    if found < needed { Fit::Narrow } else { Fit::Fits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_keeps_the_texts_of_its_form() {
        use Dialect::{MySql, Postgres, Sqlite};
        for (dialect, text, form, expected) in [
            (Postgres, "uuid", Form::Uuid, Fit::Fits),
            (Postgres, "text", Form::Uuid, Fit::Other),
            (Postgres, "bytea", Form::UuidBytes, Fit::Fits),
            (Postgres, "character(36)", Form::Char(36), Fit::Fits),
            (Postgres, "character(35)", Form::Char(36), Fit::Narrow),
            (Postgres, "character varying(36)", Form::Char(36), Fit::Fits),
            (MySql, "varchar(3)", Form::Char(4), Fit::Narrow),
            (Postgres, "text", Form::Digits, Fit::Fits),
            (MySql, "char(36)", Form::Uuid, Fit::Fits),
            (MySql, "varchar(32)", Form::Uuid, Fit::Narrow),
            (MySql, "uuid", Form::Uuid, Fit::Fits),
            (MySql, "binary(16)", Form::UuidBytes, Fit::Fits),
            (MySql, "binary(20)", Form::UuidBytes, Fit::Other),
            (MySql, "varbinary(16)", Form::UuidBytes, Fit::Fits),
            (MySql, "char(5)", Form::Char(4), Fit::Fits),
            (Sqlite, "UUID", Form::Uuid, Fit::Fits),
            (Sqlite, "INTEGER", Form::Uuid, Fit::Other),
            (Sqlite, "BLOB", Form::UuidBytes, Fit::Fits),
            (Sqlite, "NUMERIC", Form::Digits, Fit::Other),
            (Sqlite, "TEXT", Form::DecimalText(2), Fit::Fits),
        ] {
            assert_eq!(fit(dialect, &Type::parse(text), form), Some(expected), "{text} for {form:?}");
        }
    }
}
