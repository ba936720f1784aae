//! What forms are called in SQL: the types of their columns, and what stands around a placeholder or a column.

use super::blank;
use super::compare::is_text;
use super::quote::{quote, quote_type};
use crate::adapter::{Adapter, Column, Dialect};
use crate::contract::Kind;
use crate::form::{Carrier, Form, Width};

/// The type of a column that is made for a form. What is not said in the form is as wide as can be.
pub(crate) fn column_type(dialect: Dialect, column: &Column<'_>, kind: Kind) -> String {
    if column.via.is_some() {
        return column_type(dialect, &Column::new(column.name, column.own_form()), Kind::Key);
    }
    if column.is_within() {
        let is_json = dialect == Dialect::Postgres && column.sql_type.is_some();
        let document = Column::new(column.name, Form::Json);
        return if is_json { "JSON".into() } else { column_type(dialect, &document, kind) };
    }
    if let Some(name) = column.sql_type {
        return quote_type(dialect, name);
    }
    if let Form::Coded(coded) = column.form {
        let collation = match column.collation {
            Some(name) => format!(" COLLATE {}", quote(dialect, name)),
            None if dialect == Dialect::Postgres => BYTEWISE.to_owned(),
            None => String::new(),
        };
        return blank::column_type(coded, is_in_key(kind)) + &blank::if_text(coded, &collation);
    }
    let own = match dialect {
        Dialect::Postgres => postgres(column),
        Dialect::MySql => mysql(column, kind),
        Dialect::Sqlite => plain_type(Dialect::Sqlite, column.form, false).into(),
    };
    match column.collation.filter(|_| is_text(dialect, column)) {
        Some(name) => {
            let own = own.strip_suffix(BYTEWISE).unwrap_or(&own);
            format!("{own} COLLATE {}", quote(dialect, name))
        }
        None => own,
    }
}

/// Of a decimal of which it isn't said how many it has.
const MOST_DIGITS: u8 = 38;

/// The collation of texts on Postgres.
const BYTEWISE: &str = " COLLATE \"C\"";

/// Text is byte-wise, whatever the locale of the database, so that an index serves the order of lists.
fn postgres(column: &Column<'_>) -> String {
    match column.form {
        Form::Char(length) => format!("CHAR({length}){BYTEWISE}"),
        Form::Decimal(places) => format!("NUMERIC({}, {places})", column.digits.unwrap_or(MOST_DIGITS)),
        Form::DecimalOfCurrency => "NUMERIC(38, 4)".into(),
        Form::Timestamp(digits) | Form::DateTime(digits) => format!("TIMESTAMP({digits})"),
        Form::Array => "TEXT[]".into(),
        plain => {
            let name = plain_type(Dialect::Postgres, plain, false);
            if name == "TEXT" { format!("{name}{BYTEWISE}") } else { name.into() }
        }
    }
}

fn mysql(column: &Column<'_>, kind: Kind) -> String {
    match column.form {
        Form::JsonText | Form::AnyJsonText | Form::Delimited(_) => "LONGTEXT".into(),
        Form::Char(length) => format!("CHAR({length})"),
        Form::Decimal(places) => format!("DECIMAL({}, {places})", column.digits.unwrap_or(MOST_DIGITS)),
        Form::DecimalOfCurrency => "DECIMAL(38, 4)".into(),
        Form::Timestamp(digits) => format!("TIMESTAMP({digits})"),
        Form::DateTime(digits) => format!("DATETIME({digits})"),
        // Numbers and times in text are short, and a key takes 3072 bytes.
        Form::Digits | Form::DecimalText(_) => "VARCHAR(64)".into(),
        Form::TimeText(format) if format.len() <= 32 => "VARCHAR(64)".into(),
        plain => plain_type(Dialect::MySql, plain, is_in_key(kind)).into(),
    }
}

/// Whether a column of such a field is one of a key, which on MySQL needs a length.
pub(super) const fn is_in_key(kind: Kind) -> bool {
    matches!(kind, Kind::Key | Kind::OptionalKey | Kind::Word)
}

/// The type of a form that has nothing in its parentheses, and of those that a codec makes.
#[must_use]
pub const fn plain_type(dialect: Dialect, form: Form<'_>, is_in_key: bool) -> &'static str {
    match dialect {
        Dialect::Postgres => match form {
            Form::Integer(Width::I16 | Width::U8) => "SMALLINT",
            Form::Integer(Width::I32 | Width::U16) => "INTEGER",
            Form::Integer(_) | Form::Seconds | Form::Epoch(_) => "BIGINT",
            Form::Boolean => "BOOLEAN",
            Form::Time => "TIMESTAMPTZ",
            Form::DateTime(_) => "TIMESTAMP(6)",
            Form::Date => "DATE",
            Form::Json | Form::AnyJson => "JSONB",
            Form::Uuid => "UUID",
            Form::UuidBytes | Form::Bytes => "BYTEA",
            Form::Double(_) | Form::Float => "DOUBLE PRECISION",
            _ => "TEXT",
        },
        Dialect::MySql => match form {
            Form::Text if !is_in_key => "LONGTEXT",
            Form::Integer(width) => integer_of_mysql(width),
            Form::Seconds | Form::Epoch(_) => "BIGINT",
            Form::Boolean => "BOOLEAN",
            Form::Time | Form::DateTime(_) => "DATETIME(6)",
            Form::Date => "DATE",
            Form::Json | Form::AnyJson => "JSON",
            Form::Uuid => "CHAR(36)",
            Form::UuidBytes => "BINARY(16)",
            Form::Bytes if is_in_key => "VARBINARY(255)",
            Form::Bytes => "LONGBLOB",
            Form::Double(_) | Form::Float => "DOUBLE",
            _ => "VARCHAR(255)",
        },
        Dialect::Sqlite => match form {
            Form::Integer(_) | Form::Boolean | Form::Seconds | Form::Epoch(_) => "INTEGER",
            Form::UuidBytes | Form::Bytes => "BLOB",
            Form::Decimal(_) | Form::DecimalOfCurrency => "NUMERIC",
            Form::Double(_) | Form::Float => "REAL",
            _ => "TEXT",
        },
    }
}

const fn integer_of_mysql(width: Width) -> &'static str {
    match width {
        Width::I16 => "SMALLINT",
        Width::I32 => "INT",
        Width::I64 => "BIGINT",
        Width::U8 => "TINYINT UNSIGNED",
        Width::U16 => "SMALLINT UNSIGNED",
        Width::U32 => "INT UNSIGNED",
        Width::U64 => "BIGINT UNSIGNED",
    }
}

/// A value on its way in: the placeholder in the type of its column, where the driver doesn't send it in that type.
pub(super) fn sent(dialect: Dialect, column: &Column<'_>, placeholder: String) -> String {
    match (dialect, column.form, column.sql_type) {
        _ if column.is_within() => placeholder,
        (Dialect::Postgres, _, Some(name)) => format!("{placeholder}::{}", quote_type(dialect, name)),
        (Dialect::Postgres, Form::Uuid, _) => format!("{placeholder}::uuid"),
        (Dialect::Postgres, Form::Char(_), _) => format!("{placeholder}::bpchar"),
        (Dialect::Postgres, Form::Decimal(_) | Form::DecimalOfCurrency, _) => {
            format!("{placeholder}::numeric")
        }
        (Dialect::MySql, Form::Decimal(digits), _) => format!("CAST({placeholder} AS DECIMAL(38, {digits}))"),
        (Dialect::MySql, Form::DecimalOfCurrency, _) => format!("CAST({placeholder} AS DECIMAL(38, 4))"),
        _ => placeholder,
    }
}

/// A value on its way out: the column in a type that the driver reads.
pub(super) fn read(adapter: &Adapter<'_>, column: &Column<'_>) -> String {
    out(adapter.dialect, column, quote(adapter.dialect, column.name))
}

/// The same of an expression of a column.
pub(super) fn out(dialect: Dialect, column: &Column<'_>, name: String) -> String {
    if column.is_within() {
        return name;
    }
    if column.without_time().is_some() {
        return format!("{name} IS NULL");
    }
    if dialect == Dialect::Postgres {
        return match (column.sql_type, column.form) {
            // A number of a type that the driver doesn't know may have a fraction, which a cast would drop in silence.
            (Some(_), _) if column.read(dialect) == Carrier::Text => format!("{name}::text"),
            (Some(_), _) => format!("{name}::{}", postgres(column).to_lowercase()),
            // The text of a `char` has no padding.
            (None, Form::Uuid | Form::Char(_) | Form::Decimal(_) | Form::DecimalOfCurrency) => {
                format!("{name}::text")
            }
            _ => name,
        };
    }
    match (dialect, column.form) {
        (Dialect::MySql, Form::Decimal(_) | Form::DecimalOfCurrency) => format!("CAST({name} AS CHAR)"),
        _ => name,
    }
}

/// Whether a form keeps a number that may have a fraction in a type of the database for such numbers.
pub(super) const fn is_decimal(form: Form<'_>) -> bool {
    matches!(form, Form::Decimal(_) | Form::DecimalOfCurrency)
}
