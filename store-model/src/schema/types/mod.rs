//! Whether a column's type can hold what is kept in it, as far as its name tells.

mod literal;
mod number;
mod strict;
mod text;

pub use literal::is_truth;

use core::cmp::Ordering;

use super::table;
use crate::adapter::{self, Dialect, Stored};
use crate::contract::Kind;
use crate::form::{Form, Unit};
use crate::sql::{folds_case, parts};

/// Holds the type of a column against what an adapter keeps in it. `words` are those that the contract may write.
pub(super) fn fit_column<'w>(
    dialect: Dialect,
    found: &table::Column,
    column: &adapter::Column<'_>,
    kind: Kind,
    words: &[&'w str],
) -> Fit<'w> {
    if found.is_strict
        && !matches!(column.form, Form::Coded(_))
        && let Some(fit) = strict::fit(&Type::parse(&found.type_name), column.stored(dialect))
    {
        return fit;
    }
    if column.is_within() {
        let is_fit = match (dialect, column.sql_type) {
            // Functions of the one don't take the other.
            (Dialect::Postgres, None) => found.type_name == "jsonb",
            (Dialect::Postgres, Some(_)) => found.type_name == "json",
            _ => return fit(dialect, &found.type_name, Form::Json, Kind::Texts, words),
        };
        return of(is_fit);
    }
    match column.sql_type {
        Some(name) => named(found, name, words),
        None if column.is_coded() => coded(dialect, &found.type_name, column.form),
        None => {
            let ty = Type::parse(&found.type_name);
            let own = || fit(dialect, &found.type_name, column.form, kind, words);
            match labelled(dialect, &ty, column).unwrap_or_else(own) {
                Fit::Fits if number::is_shorter(dialect, &ty, column) => Fit::Narrow,
                fit => fit,
            }
        }
    }
}

/// Whether a column keeps an instant that is never read: of which type of times, and how fine, is nobody's business here.
pub(super) fn marks_time(dialect: Dialect, found: &table::Column, form: Form) -> bool {
    let is_time = matches!(form, Form::Time | Form::Timestamp(_) | Form::DateTime(_) | Form::Date);
    is_time && literal::is_time(dialect, &Type::parse(&found.type_name))
}

/// Whether a column takes a literal, and where it is compared with one, compares. Only what is certainly wrong is refused.
pub(super) fn takes(dialect: Dialect, found: &table::Column, stored: Stored<'_>, is_compared: bool) -> bool {
    let ty = Type::parse(&found.type_name);
    if found.is_strict {
        strict::takes(&ty, stored)
    } else {
        literal::takes(dialect, &ty, stored, is_compared)
    }
}

/// Whether a column takes a text that is bound as one, and is compared with it. On databases that make of it what they can,
/// that is up to the text.
pub(super) fn takes_bound_text(dialect: Dialect, found: &table::Column) -> bool {
    let is_enum = found.lists.iter().any(|list| matches!(list.by, table::ListedBy::Type(_)));
    dialect != Dialect::Postgres
        || (!is_enum && literal::may_be_text(dialect, &Type::parse(&found.type_name)))
}

/// Whether a column keeps the values of another so that the database finds the one by the other. Only what certainly doesn't
/// is refused.
pub(super) fn keeps_those_of(dialect: Dialect, own: &table::Column, other: &table::Column) -> bool {
    let (own, other) = (Type::parse(&own.type_name), Type::parse(&other.type_name));
    match dialect {
        Dialect::Sqlite => !own.sounds_like_a_number() || other.sounds_like_a_number(),
        _ => literal::keeps_those_of(dialect, &own, &other),
    }
}

/// Holds a column against a type that the driver doesn't know. What else its values are the database knows, which prepares
/// the statements; texts take words of any type, as far as they have room.
fn named<'w>(found: &table::Column, name: &str, words: &[&'w str]) -> Fit<'w> {
    let is_it = |other: &str| parts(name).last() == parts(other).last();
    let ty = Type::parse(&found.type_name);
    match (&found.named_type, ty.name.as_str()) {
        // What is written in the type that a domain is made from is taken as one of the domain.
        (Some(named), _) => of(is_it(named) || is_it(&found.type_name)),
        (None, "text" | "character varying") => room(ty.length, words),
        (None, "character") => room(ty.length.or(Some(1)), words),
        (None, other) => of(words.is_empty() || other.is_empty() || is_it(&found.type_name)),
    }
}

/// Holds a type against a closed set of labels, of which it needs to keep no others; nothing where it is none of those that
/// could keep fewer than all values of the form.
fn labelled<'w>(dialect: Dialect, ty: &Type, column: &adapter::Column<'_>) -> Option<Fit<'w>> {
    let labels = column.labels.filter(|labels| !labels.open)?;
    let stored = || labels.list.iter().flat_map(|label| label.stored).copied();
    match column.form {
        Form::Integer(_) => {
            let numbers =
                stored().filter_map(|it| if let Stored::Integer(it) = it { Some(it) } else { None });
            Some(number::of_numbers(dialect, ty, numbers))
        }
        // It makes no number of a text that is none. Who gives a column such a name has numbers in it.
        Form::Text if dialect == Dialect::Sqlite && !ty.sounds_like_a_number() => {
            let mut texts = stored().filter_map(|it| if let Stored::Text(it) = it { Some(it) } else { None });
            texts.all(|text| text.trim().parse::<f64>().is_err()).then_some(Fit::Fits)
        }
        _ => None,
    }
}

/// Holds a type against what a codec makes, which may be less than its own type has: how much, is left to the database. What
/// doesn't fit is what would be changed in silence, or not be read.
fn coded(dialect: Dialect, type_name: &str, form: Form) -> Fit<'static> {
    let ty = Type::parse(type_name);
    match form {
        // The compiler of the user's crate knows it, and verification.
        Form::Coded(_) => Fit::Fits,
        Form::Integer(_) => of(number::is_whole(dialect, &ty)),
        Form::Bytes => text::bytes_of_any_length(dialect, &ty),
        Form::Text if dialect == Dialect::MySql && ty.name == "enum" => Fit::Fits,
        form => fit(dialect, type_name, form, Kind::Text, &[]),
    }
}

/// What a type does to the values of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit<'w> {
    Fits,
    /// It is another kind of value.
    Other,
    /// It has no room for every number.
    Narrow,
    /// It cuts times.
    Coarse,
    /// It has no room for this word.
    Short(&'w str),
}

/// A type's name in parts: `timestamp(0) with time zone`, `bigint(20) unsigned`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Type {
    /// In lower case and without what stands in parentheses.
    name: String,
    /// The first number in parentheses.
    length: Option<u32>,
    /// The second.
    scale: Option<u32>,
}

impl Type {
    fn parse(text: &str) -> Self {
        let lower = text.to_lowercase();
        let Some((before, rest)) = lower.split_once('(') else {
            return Self { name: lower.trim().to_owned(), length: None, scale: None };
        };
        let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
        let mut numbers = inside.split(',').map(|number| number.trim().parse().ok());
        let (length, scale) = (numbers.next().flatten(), numbers.next().flatten());
        Self { name: format!("{}{after}", before.trim_end()), length, scale }
    }

    fn sounds_like(&self, parts: &[&str]) -> bool {
        parts.iter().any(|part| self.name.contains(part))
    }

    /// Whether its name is one of numbers for SQLite, which makes a number of each text that looks like one there
    /// (<https://sqlite.org/datatype3.html#determination_of_column_affinity>).
    fn sounds_like_a_number(&self) -> bool {
        self.sounds_like(&["int"]) || (!self.keeps_texts() && self.sounds_like(&["real", "floa", "doub"]))
    }

    /// Whether SQLite makes a text of each number in it.
    fn keeps_texts_only(&self) -> bool {
        !self.sounds_like(&["int"]) && self.sounds_like(&["char", "clob", "text"])
    }

    /// Whether SQLite keeps each value in it as it is.
    fn keeps_anything(&self) -> bool {
        !self.sounds_like(&["int"])
            && !self.keeps_texts_only()
            && (self.name.is_empty() || self.sounds_like(&["blob"]))
    }

    /// Whether SQLite keeps each text in it as it is.
    fn keeps_texts(&self) -> bool {
        self.keeps_texts_only() || self.keeps_anything()
    }

    /// Whether SQLite keeps each whole number in it as one.
    fn keeps_whole_numbers(&self) -> bool {
        let is_real = self.sounds_like_a_number() && !self.sounds_like(&["int"]);
        !self.keeps_texts_only() && !is_real
    }

    /// Whether SQLite makes a number of each value in it that is one.
    fn keeps_numbers(&self) -> bool {
        !self.keeps_texts()
    }
}

/// Holds a type against the form and the field that are kept in it.
fn fit<'w>(dialect: Dialect, type_name: &str, form: Form, kind: Kind, words: &[&'w str]) -> Fit<'w> {
    let ty = Type::parse(type_name);
    if kind == Kind::Boolean && matches!(form, Form::Integer(_)) {
        return number::truth(dialect, &ty);
    }
    let of_form = number::fit(dialect, &ty, form, kind).or_else(|| text::fit(dialect, &ty, form));
    of_form.unwrap_or_else(|| match dialect {
        Dialect::Sqlite => sqlite(&ty, form),
        Dialect::Postgres => postgres(&ty, form, words),
        Dialect::MySql => mysql(&ty, form, kind, words),
    })
}

/// Times and JSON never look like a number, and `DATETIME` and `JSON` sound like nothing.
fn sqlite(ty: &Type, form: Form) -> Fit<'static> {
    let fits = match form {
        Form::Text | Form::Delimited(_) | Form::Iso8601 | Form::Code => ty.keeps_texts(),
        Form::TimeText(format) if looks_like_a_number(format) => ty.keeps_texts(),
        Form::Time | Form::Timestamp(_) | Form::DateTime(_) | Form::Date | Form::TimeText(_) => {
            !ty.sounds_like_a_number()
        }
        Form::Json | Form::JsonText | Form::AnyJson | Form::AnyJsonText => !ty.sounds_like_a_number(),
        Form::Epoch(_) | Form::Boolean => ty.keeps_whole_numbers(),
        _ => true,
    };
    of(fits)
}

/// Whether a format writes nothing but digits.
fn looks_like_a_number(format: &str) -> bool {
    !format.contains(['-', ':', '/', ' ', 'T', 'F', 'R', 'Z'])
}

fn postgres<'w>(ty: &Type, form: Form, words: &[&'w str]) -> Fit<'w> {
    let name = if folds_case(&ty.name) { "text" } else { ty.name.as_str() };
    match (form, name) {
        (Form::Text, "character varying" | "varchar") => room(ty.length, words),
        (Form::Text, "text") => Fit::Fits,
        (Form::Boolean, "boolean" | "bool") => Fit::Fits,
        (Form::Time, "timestamp with time zone" | "timestamptz") => precise(ty.length.unwrap_or(6)),
        (Form::Json | Form::AnyJson, "jsonb" | "json") => Fit::Fits,
        (Form::Timestamp(digits) | Form::DateTime(digits), "timestamp without time zone" | "timestamp") => {
            keeps(ty.length.unwrap_or(6), digits)
        }
        (Form::Date, "date") => Fit::Fits,
        (Form::Epoch(_), "bigint" | "int8" | "bigserial") => Fit::Fits,
        // Seconds have room until 2038; what lies after it is refused.
        (Form::Epoch(Unit::Seconds), "integer" | "int" | "int4") => Fit::Fits,
        (Form::Epoch(_), "integer" | "int" | "int4" | "smallint" | "int2") => Fit::Narrow,
        (Form::Array, "text[]" | "character varying[]" | "varchar[]") => Fit::Fits,
        (form, "text" | "character varying" | "varchar") => of(is_text(form)),
        _ => Fit::Other,
    }
}

/// Whether a form is one of times or documents that is text on every database.
fn is_text(form: Form) -> bool {
    matches!(
        form,
        Form::TimeText(_)
            | Form::JsonText
            | Form::AnyJsonText
            | Form::Delimited(_)
            | Form::Iso8601
            | Form::Code
    )
}

/// `CHAR` loses spaces at the end, and `TIMESTAMP` ends in 2038.
fn mysql<'w>(ty: &Type, form: Form, kind: Kind, words: &[&'w str]) -> Fit<'w> {
    match (form, ty.name.as_str()) {
        (Form::Text, "varchar") => room(ty.length, words),
        (Form::Text, "tinytext" | "text" | "mediumtext" | "longtext") => Fit::Fits,
        (Form::Text, "enum") if kind == Kind::Word => Fit::Fits,
        (Form::Boolean, "tinyint" | "smallint" | "mediumint" | "int" | "bigint" | "boolean" | "bool") => {
            Fit::Fits
        }
        (Form::Time, "datetime") => precise(ty.length.unwrap_or(0)),
        (Form::Json | Form::AnyJson, "json" | "longtext" | "mediumtext" | "text" | "varchar" | "char") => {
            Fit::Fits
        }
        (Form::Timestamp(digits), "timestamp" | "datetime") | (Form::DateTime(digits), "datetime") => {
            keeps(ty.length.unwrap_or(0), digits)
        }
        (Form::Date, "date") => Fit::Fits,
        (Form::Epoch(_), "bigint" | "bigint unsigned") => Fit::Fits,
        // Seconds have room until 2038 at least; what lies after it is refused.
        (Form::Epoch(Unit::Seconds), "int" | "int unsigned") => Fit::Fits,
        (Form::Epoch(_), "int" | "int unsigned" | "mediumint" | "smallint" | "tinyint") => Fit::Narrow,
        (form, "varchar" | "tinytext" | "text" | "mediumtext" | "longtext") => of(is_text(form)),
        _ => Fit::Other,
    }
}

fn of(fits: bool) -> Fit<'static> {
    if fits { Fit::Fits } else { Fit::Other }
}

fn precise(digits: u32) -> Fit<'static> {
    if digits < 6 { Fit::Coarse } else { Fit::Fits }
}

/// With fewer digits a column cuts; with more it has times of others that the form does not.
fn keeps(found: u32, needed: u8) -> Fit<'static> {
    match found.cmp(&needed.into()) {
        Ordering::Less => Fit::Coarse,
        Ordering::Equal => Fit::Fits,
        Ordering::Greater => Fit::Other,
    }
}

fn room<'w>(length: Option<u32>, words: &[&'w str]) -> Fit<'w> {
    let length = length.map_or(usize::MAX, |length| usize::try_from(length).unwrap_or(usize::MAX));
    let short = words.iter().find(|word| word.chars().count() > length);
    short.map_or(Fit::Fits, |word| Fit::Short(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_parts() {
        for (text, name, length) in [
            ("TEXT", "text", None),
            ("timestamp(0) with time zone", "timestamp with time zone", Some(0)),
            ("bigint(20) unsigned", "bigint unsigned", Some(20)),
            ("numeric(10,2)", "numeric", Some(10)),
            ("VARCHAR (30)", "varchar", Some(30)),
            ("enum('a','b')", "enum", None),
        ] {
            let ty = Type::parse(text);
            assert_eq!((ty.name.as_str(), ty.length), (name, length), "{text}");
        }
    }

    fn fits(dialect: Dialect, text: &str, form: Form) -> Fit<'static> {
        fit(dialect, text, form, Kind::Word, &["active", "trialing"])
    }

    #[test]
    fn a_closed_set_of_labels_needs_room_for_itself_alone() {
        use adapter::{Label, Meaning};
        let numbers = [
            Label::new(Meaning::Word("active"), &[Stored::Integer(1)]),
            Label::new(Meaning::Word("canceled"), &[Stored::Integer(200)]),
        ];
        let texts = [Label::new(Meaning::Word("active"), &[Stored::Text("on")])];
        let like_numbers = [Label::new(Meaning::Word("active"), &[Stored::Text("007")])];
        for (dialect, type_name, form, labels, is_open, expected) in [
            (Dialect::Postgres, "smallint", Form::INTEGER, &numbers[..], false, Fit::Fits),
            (Dialect::Postgres, "smallint", Form::INTEGER, &numbers, true, Fit::Narrow),
            (Dialect::MySql, "tinyint(4)", Form::INTEGER, &numbers, false, Fit::Narrow),
            (Dialect::MySql, "tinyint(3) unsigned", Form::INTEGER, &numbers, false, Fit::Fits),
            (Dialect::Sqlite, "STRING", Form::Text, &texts, false, Fit::Fits),
            (Dialect::Sqlite, "STRING", Form::Text, &texts, true, Fit::Other),
            (Dialect::Sqlite, "INTEGER", Form::Text, &texts, false, Fit::Other),
            (Dialect::Sqlite, "STRING", Form::Text, &like_numbers, false, Fit::Other),
        ] {
            let column = adapter::Column::new("status", form).labelled(labels, is_open);
            let found = table::Column { type_name: type_name.into(), ..table::Column::default() };
            assert_eq!(
                fit_column(dialect, &found, &column, Kind::Word, &[]),
                expected,
                "{type_name} {is_open}"
            );
        }
    }

    #[test]
    fn texts_take_the_words_of_a_type_of_the_database() {
        let column =
            adapter::Column { sql_type: Some("public.\"State\""), ..adapter::Column::new("s", Form::Text) };
        for (type_name, named_type, expected) in [
            ("\"State\"", Some("\"State\""), Fit::Fits),
            ("\"Other\"", Some("\"Other\""), Fit::Other),
            ("\"State\"", None, Fit::Fits),
            ("text", None, Fit::Fits),
            ("character varying(7)", None, Fit::Short("trialing")),
            ("character(9)", None, Fit::Fits),
            ("character", None, Fit::Short("active")),
            ("bytea", None, Fit::Other),
        ] {
            let named_type = named_type.map(str::to_owned);
            let found = table::Column { type_name: type_name.into(), named_type, ..table::Column::default() };
            let words = ["active", "trialing"];
            assert_eq!(
                fit_column(Dialect::Postgres, &found, &column, Kind::Word, &words),
                expected,
                "{type_name}"
            );
        }
    }

    #[test]
    fn sqlite_types_are_judged_by_their_sound() {
        let fits = |text, form| fits(Dialect::Sqlite, text, form);
        for (text, form) in [
            ("VARCHAR(3)", Form::Text),
            ("", Form::Text),
            ("DATETIME", Form::Time),
            ("JSON", Form::Json),
            ("BOOLEAN", Form::Boolean),
            ("BIGINT", Form::INTEGER),
        ] {
            assert_eq!(fits(text, form), Fit::Fits, "{text}");
        }
        for (text, form) in [
            ("NUMERIC", Form::Text),
            ("STRING", Form::Text),
            ("REAL", Form::INTEGER),
            ("TEXT", Form::Boolean),
            ("INTEGER", Form::Time),
        ] {
            assert_eq!(fits(text, form), Fit::Other, "{text}");
        }
    }

    #[test]
    fn short_and_coarse_and_narrow_are_told_apart() {
        let postgres = |text, form| fits(Dialect::Postgres, text, form);
        assert_eq!(postgres("character varying(7)", Form::Text), Fit::Short("trialing"));
        assert_eq!(postgres("character varying(8)", Form::Text), Fit::Fits);
        assert_eq!(postgres("integer", Form::INTEGER), Fit::Narrow);
        assert_eq!(postgres("timestamp(3) with time zone", Form::Time), Fit::Coarse);
        assert_eq!(postgres("timestamp without time zone", Form::Time), Fit::Other);
        let mysql = |text, form| fits(Dialect::MySql, text, form);
        assert_eq!(mysql("datetime", Form::Time), Fit::Coarse);
        assert_eq!(mysql("timestamp(6)", Form::Time), Fit::Other);
        assert_eq!(mysql("bigint(20) unsigned", Form::INTEGER), Fit::Other);
        assert_eq!(mysql("int(11)", Form::INTEGER), Fit::Narrow);
        assert_eq!(mysql("char(9)", Form::Text), Fit::Other);
        assert_eq!(mysql("enum('active')", Form::Text), Fit::Fits);
    }
    #[test]
    fn times_and_documents_have_types_of_their_own() {
        use Dialect::{MySql, Postgres, Sqlite};
        let seconds = Form::TimeText("%Y-%m-%d %H:%M:%S");
        for (dialect, text, form, fit) in [
            (Postgres, "timestamp without time zone", Form::Timestamp(6), Fit::Fits),
            (Postgres, "timestamp(0) without time zone", Form::DateTime(0), Fit::Fits),
            (Postgres, "timestamp(3) without time zone", Form::Timestamp(6), Fit::Coarse),
            (Postgres, "timestamp without time zone", Form::Timestamp(0), Fit::Other),
            (Postgres, "timestamp with time zone", Form::Timestamp(6), Fit::Other),
            (Postgres, "date", Form::Date, Fit::Fits),
            (Postgres, "integer", Form::Epoch(Unit::Seconds), Fit::Fits),
            (Postgres, "integer", Form::Epoch(Unit::Millis), Fit::Narrow),
            (Postgres, "bigint", Form::Epoch(Unit::Micros), Fit::Fits),
            (Postgres, "text", seconds, Fit::Fits),
            (Postgres, "date", seconds, Fit::Other),
            (Postgres, "extensions.citext", Form::Text, Fit::Fits),
            (Postgres, "text[]", Form::Array, Fit::Fits),
            (Postgres, "character varying(9)[]", Form::Array, Fit::Fits),
            (Postgres, "integer[]", Form::Array, Fit::Other),
            (Postgres, "text", Form::Array, Fit::Other),
            (Postgres, "text", Form::JsonText, Fit::Fits),
            (Postgres, "jsonb", Form::JsonText, Fit::Other),
            (Postgres, "jsonb", Form::AnyJson, Fit::Fits),
            (MySql, "timestamp", Form::Timestamp(0), Fit::Fits),
            (MySql, "datetime", Form::Timestamp(0), Fit::Fits),
            (MySql, "timestamp", Form::DateTime(0), Fit::Other),
            (MySql, "datetime(3)", Form::DateTime(3), Fit::Fits),
            (MySql, "datetime", Form::DateTime(3), Fit::Coarse),
            (MySql, "int(10) unsigned", Form::Epoch(Unit::Seconds), Fit::Fits),
            (MySql, "varchar(255)", Form::Iso8601, Fit::Fits),
            (MySql, "longtext", Form::JsonText, Fit::Fits),
            (Sqlite, "DATETIME", Form::Timestamp(0), Fit::Fits),
            (Sqlite, "DATETIME", seconds, Fit::Fits),
            (Sqlite, "DATETIME", Form::TimeText("%Y%m%d"), Fit::Other),
            (Sqlite, "TEXT", Form::TimeText("%Y%m%d"), Fit::Fits),
            (Sqlite, "DATETIME", Form::Epoch(Unit::Seconds), Fit::Fits),
            (Sqlite, "TEXT", Form::Epoch(Unit::Seconds), Fit::Other),
            (Sqlite, "REAL", Form::Epoch(Unit::Millis), Fit::Other),
            (Sqlite, "NUMERIC", Form::Delimited(","), Fit::Other),
            (Sqlite, "JSON", Form::JsonText, Fit::Fits),
        ] {
            assert_eq!(fits(dialect, text, form), fit, "{text} for {form:?}");
        }
    }
}
