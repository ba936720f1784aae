//! What is written where a column stays as it is: a form that its type has.

use store_model::adapter::Dialect;
use store_model::contract::{Field, Kind};

/// The form of a field in a column that the files make of this type, where one is sure.
pub(super) fn form(dialect: Dialect, field: Field, found: &str, needed: &str) -> Option<String> {
    if dialect == Dialect::Sqlite {
        return None;
    }
    let column = Type::of(found);
    match field.kind {
        Kind::Key | Kind::OptionalKey | Kind::Text => key(&column),
        Kind::Word => Some(format!("{}, labels(..)", column.width()?)),
        Kind::Integer | Kind::Count => number(field, &column, needed),
        Kind::Boolean => column.width().map(Into::into),
        Kind::Time | Kind::OptionalTime => time(&column),
        Kind::List if found.ends_with("[]") => Some("array".into()),
        Kind::List | Kind::Numbers | Kind::Texts => column.is_text().then(|| "text(json)".into()),
    }
}

/// The Rust type of a whole number that a column holds.
pub(super) fn integer(found: &str) -> Option<&'static str> {
    Type::of(found).width()
}

fn key(column: &Type<'_>) -> Option<String> {
    match (column.name, column.size) {
        ("uuid", _) => Some("uuid".into()),
        ("binary", Some("16")) => Some("uuid(bytes)".into()),
        ("character", Some(size)) => Some(format!("char({size})")),
        _ => column.width().map(Into::into),
    }
}

fn number(field: Field, column: &Type<'_>, needed: &str) -> Option<String> {
    match column.name {
        // Money has cents; a fraction of anything else can't be read.
        "numeric" | "decimal" if field.name == "amount" => column.decimal(Type::of(needed).scale()),
        "numeric" | "decimal" => column.decimal(Some(Type::of(needed).scale().unwrap_or(0))),
        "double" | "double precision" if field.name == "amount" => Some("f64(2)".into()),
        "double" | "double precision" => Some("f64(0)".into()),
        _ if column.is_text() => Some("text".into()),
        _ => column.width().map(Into::into),
    }
}

fn time(column: &Type<'_>) -> Option<String> {
    match column.name {
        // A time with a zone has no word.
        "timestamp" if column.rest.ends_with("with time zone") => None,
        "timestamp" if column.rest.ends_with("without time zone") => {
            Some(format!("timestamp({})", column.size.unwrap_or("6")))
        }
        name @ ("timestamp" | "datetime") => Some(format!("{name}({})", column.size.unwrap_or("0"))),
        "date" => Some("date".into()),
        "bigint" | "int" | "integer" => Some("epoch(s)".into()),
        _ if column.is_text() => Some("text(\"%Y-%m-%d %H:%M:%S\")".into()),
        _ => None,
    }
}

/// `decimal(10,2) unsigned`, in its parts.
struct Type<'a> {
    name: &'a str,
    size: Option<&'a str>,
    rest: &'a str,
}

impl<'a> Type<'a> {
    fn of(text: &'a str) -> Self {
        if let Some((name, (size, rest))) =
            text.split_once('(').and_then(|(name, rest)| Some((name, rest.split_once(')')?)))
        {
            return Self { name, size: Some(size), rest };
        }
        let words = ["double precision", "character varying"];
        let name = words.into_iter().find(|name| text.starts_with(name));
        let name = name.unwrap_or_else(|| text.split(' ').next().unwrap_or_default());
        Self { name: &text[..name.len()], size: None, rest: &text[name.len()..] }
    }

    fn width(&self) -> Option<&'static str> {
        let is_unsigned = self.rest.contains("unsigned");
        Some(match (self.name, is_unsigned) {
            ("tinyint", true) => "u8",
            ("tinyint" | "smallint", false) => "i16",
            ("smallint", true) => "u16",
            ("int" | "integer" | "mediumint", false) => "i32",
            ("int" | "mediumint", true) => "u32",
            ("bigint", false) => "i64",
            ("bigint", true) => "u64",
            _ => return None,
        })
    }

    fn is_text(&self) -> bool {
        let texts = ["text", "varchar", "character varying", "tinytext", "mediumtext", "longtext"];
        texts.contains(&self.name)
    }

    /// How many digits are after the point.
    fn scale(&self) -> Option<u32> {
        let (_, scale) = self.size?.split_once(',')?;
        scale.trim().parse().ok()
    }

    /// As many digits before the point as it has, and so many after it: its own, where nothing is said.
    fn decimal(&self, scale: Option<u32>) -> Option<String> {
        let (digits, own) = (self.size?.split(',').next()?.parse::<u32>().ok()?, self.scale().unwrap_or(0));
        let scale = scale.unwrap_or(own).min(own);
        Some(format!("decimal({}, {scale})", digits.checked_sub(own)? + scale))
    }
}

#[cfg(test)]
mod tests {
    use store_model::contract::Entity;

    use super::*;

    fn of(name: &str, found: &str, needed: &str) -> Option<String> {
        let entities = [Entity::Subscription, Entity::Plan, Entity::Usage];
        let field = entities.into_iter().flat_map(Entity::fields).find(|it| it.name == name);
        form(Dialect::MySql, *field.expect("a field"), found, needed)
    }

    #[test]
    fn a_column_has_a_form() {
        for (field, found, form) in [
            ("id", "bigint(20) unsigned", Some("u64")),
            ("id", "integer", Some("i32")),
            ("id", "uuid", Some("uuid")),
            ("id", "character(26)", Some("char(26)")),
            ("id", "binary(16)", Some("uuid(bytes)")),
            ("id", "jsonb", None),
            ("status", "smallint", Some("i16, labels(..)")),
            ("amount", "numeric(10,2)", Some("decimal(10, 2)")),
            ("amount", "double(18,2)", Some("f64(2)")),
            ("amount", "int", Some("i32")),
            ("trial_days", "double precision", Some("f64(0)")),
            ("quantity", "character varying(20)", Some("text")),
            ("active", "smallint", Some("i16")),
            ("created_at", "timestamp without time zone", Some("timestamp(6)")),
            ("created_at", "timestamp(0) without time zone", Some("timestamp(0)")),
            ("created_at", "timestamp(0) with time zone", None),
            ("created_at", "datetime", Some("datetime(0)")),
            ("canceled_at", "timestamp(6)", Some("timestamp(6)")),
            ("canceled_at", "bigint", Some("epoch(s)")),
            ("canceled_at", "varchar(30)", Some("text(\"%Y-%m-%d %H:%M:%S\")")),
            ("features", "character varying(255)[]", Some("array")),
            ("metadata", "longtext", Some("text(json)")),
        ] {
            assert_eq!(of(field, found, "BIGINT").as_deref(), form, "{field} {found}");
        }
        for needed in ["DECIMAL(18, 0)", "BIGINT"] {
            assert_eq!(of("quantity", "decimal(18,9)", needed).as_deref(), Some("decimal(9, 0)"));
        }
    }
}
