//! Types of columns that keep numbers.

use std::ops::RangeInclusive;

use super::{Fit, Type};
use crate::adapter::{Column, Dialect};
use crate::contract::Kind;
use crate::form::{Form, Width};

/// Holds a type against a form of numbers; nothing if the form is another.
pub(super) fn fit(dialect: Dialect, ty: &Type, form: Form<'_>, kind: Kind) -> Option<Fit<'static>> {
    let fit = match form {
        Form::Integer(width) => whole(dialect, ty, needed(dialect, width, kind)),
        // A column of 32 bits has room for 24855 days; what lies beyond is refused.
        Form::Seconds => whole(dialect, ty, Width::I32.range()),
        Form::Decimal(digits) => decimal(dialect, ty, digits),
        // As many as any currency has.
        Form::DecimalOfCurrency => decimal(dialect, ty, 4),
        Form::Double(_) | Form::Float => double(dialect, ty),
        _ => return None,
    };
    Some(fit)
}

/// Zero and one fit into every number.
pub(super) fn truth(dialect: Dialect, ty: &Type) -> Fit<'static> {
    whole(dialect, ty, 0..=1)
}

/// These numbers and no others.
pub(super) fn of_numbers(dialect: Dialect, ty: &Type, numbers: impl Iterator<Item = i64>) -> Fit<'static> {
    let (least, most) = numbers.fold((0, 0), |(least, most), it| (it.min(least), it.max(most)));
    whole(dialect, ty, least.into()..=most.into())
}

/// Whether a decimal has fewer digits before its point than a column is said to have.
pub(super) fn is_shorter(dialect: Dialect, ty: &Type, column: &Column<'_>) -> bool {
    let (Some(digits), Form::Decimal(places), Some(found)) = (column.digits, column.form, ty.length) else {
        return false;
    };
    dialect != Dialect::Sqlite && found - ty.scale.unwrap_or(0) < u32::from(digits - places)
}

/// The numbers that are written.
fn needed(dialect: Dialect, width: Width, kind: Kind) -> RangeInclusive<i128> {
    match (dialect, width) {
        _ if kind == Kind::Count => 0..=(*width.range().end()).min(u32::MAX.into()),
        // It has nothing wider; what lies beyond is refused.
        (Dialect::Postgres, Width::U64) => 0..=i64::MAX.into(),
        _ => width.range(),
    }
}

fn whole(dialect: Dialect, ty: &Type, needed: RangeInclusive<i128>) -> Fit<'static> {
    let found = match dialect {
        Dialect::Sqlite => return super::of(ty.keeps_whole_numbers()),
        Dialect::Postgres => range_of_postgres(ty),
        Dialect::MySql => range_of_mysql(ty),
    };
    match found {
        None => Fit::Other,
        Some(found) if found.start() <= needed.start() && needed.end() <= found.end() => Fit::Fits,
        // Of another kind, and not merely narrower.
        Some(found) if *found.start() == 0 && *needed.start() < 0 => Fit::Other,
        Some(_) => Fit::Narrow,
    }
}

/// Whether a type is one of whole numbers.
pub(super) fn is_whole(dialect: Dialect, ty: &Type) -> bool {
    match dialect {
        Dialect::Sqlite => ty.keeps_whole_numbers(),
        Dialect::Postgres => range_of_postgres(ty).is_some(),
        Dialect::MySql => range_of_mysql(ty).is_some(),
    }
}

fn range_of_postgres(ty: &Type) -> Option<RangeInclusive<i128>> {
    Some(match ty.name.as_str() {
        "bigint" | "int8" | "bigserial" | "serial8" => Width::I64.range(),
        "integer" | "int" | "int4" | "serial" | "serial4" => Width::I32.range(),
        "smallint" | "int2" | "smallserial" | "serial2" => Width::I16.range(),
        _ => return None,
    })
}

fn range_of_mysql(ty: &Type) -> Option<RangeInclusive<i128>> {
    let (name, is_unsigned) =
        ty.name.split_once(" unsigned").map_or((ty.name.as_str(), false), |it| (it.0, true));
    let bits = match name {
        "bigint" => 64,
        "int" | "integer" => 32,
        "mediumint" => 24,
        "smallint" => 16,
        "tinyint" | "boolean" | "bool" => 8,
        _ => return None,
    };
    let all = 1_i128 << bits;
    Some(if is_unsigned { 0..=all - 1 } else { -(all / 2)..=all / 2 - 1 })
}

/// With fewer digits after the point a column rounds, and says nothing of it.
fn decimal(dialect: Dialect, ty: &Type, digits: u8) -> Fit<'static> {
    let found = match (dialect, ty.name.as_str()) {
        (Dialect::Sqlite, _) => return super::of(ty.keeps_numbers()),
        (Dialect::Postgres, "numeric" | "decimal") if ty.length.is_none() => return Fit::Fits,
        (Dialect::Postgres, "numeric" | "decimal") => ty.scale,
        (Dialect::MySql, "decimal" | "numeric" | "decimal unsigned") => ty.scale,
        _ => return Fit::Other,
    };
    if found.unwrap_or(0) < digits.into() { Fit::Narrow } else { Fit::Fits }
}

/// A double with digits after the point rounds to them.
fn double(dialect: Dialect, ty: &Type) -> Fit<'static> {
    match (dialect, ty.name.as_str()) {
        (Dialect::Sqlite, _) => super::of(ty.keeps_numbers()),
        (Dialect::Postgres, "double precision" | "float8") => Fit::Fits,
        (Dialect::MySql, "double" | "double precision") if ty.length.is_none() => Fit::Fits,
        (Dialect::MySql, "double") => Fit::Narrow,
        _ => Fit::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(dialect: Dialect, text: &str, form: Form<'_>) -> Fit<'static> {
        fit(dialect, &Type::parse(text), form, Kind::Integer).expect("a form of numbers")
    }

    const fn width(width: Width) -> Form<'static> {
        Form::Integer(width)
    }

    #[test]
    fn a_column_of_whole_numbers_has_room_for_all_of_its_form() {
        use Dialect::{MySql, Postgres};
        for (dialect, text, form, expected) in [
            (Postgres, "smallint", width(Width::I16), Fit::Fits),
            (Postgres, "smallint", width(Width::U8), Fit::Fits),
            (Postgres, "smallint", width(Width::U16), Fit::Narrow),
            (Postgres, "integer", width(Width::U32), Fit::Narrow),
            (Postgres, "bigint", width(Width::U32), Fit::Fits),
            (Postgres, "bigint", width(Width::U64), Fit::Fits),
            (Postgres, "integer", width(Width::U64), Fit::Narrow),
            (Postgres, "numeric", width(Width::I64), Fit::Other),
            (Postgres, "integer", Form::Seconds, Fit::Fits),
            (Postgres, "smallint", Form::Seconds, Fit::Narrow),
            (MySql, "int(10) unsigned", width(Width::U32), Fit::Fits),
            (MySql, "int(10) unsigned zerofill", width(Width::U32), Fit::Fits),
            (MySql, "int(11)", width(Width::U32), Fit::Narrow),
            (MySql, "bigint(20)", width(Width::U32), Fit::Fits),
            (MySql, "bigint(20) unsigned", width(Width::U64), Fit::Fits),
            (MySql, "bigint(20) unsigned", width(Width::I64), Fit::Other),
            (MySql, "mediumint(9)", width(Width::I16), Fit::Fits),
            (MySql, "tinyint(1)", width(Width::U8), Fit::Narrow),
            (MySql, "varchar(20)", width(Width::I64), Fit::Other),
        ] {
            assert_eq!(fits(dialect, text, form), expected, "{text} for {form:?}");
        }
    }

    #[test]
    fn a_count_is_never_below_zero() {
        for (text, form, expected) in [
            ("int(10) unsigned", Form::INTEGER, Fit::Fits),
            ("bigint(20) unsigned", Form::INTEGER, Fit::Fits),
            ("int(11)", Form::INTEGER, Fit::Narrow),
            ("int(11)", width(Width::I32), Fit::Fits),
            ("smallint(5) unsigned", width(Width::U16), Fit::Fits),
        ] {
            let found = fit(Dialect::MySql, &Type::parse(text), form, Kind::Count);
            assert_eq!(found, Some(expected), "{text} for {form:?}");
        }
    }

    #[test]
    fn a_column_of_decimals_has_all_digits_of_its_form() {
        use Dialect::{MySql, Postgres, Sqlite};
        let of_currency = Form::DecimalOfCurrency;
        for (dialect, text, form, expected) in [
            (Postgres, "numeric", Form::Decimal(2), Fit::Fits),
            (Postgres, "numeric(10,2)", Form::Decimal(2), Fit::Fits),
            (Postgres, "numeric(10,1)", Form::Decimal(2), Fit::Narrow),
            (Postgres, "numeric(10)", Form::Decimal(2), Fit::Narrow),
            (Postgres, "numeric(10)", Form::Decimal(0), Fit::Fits),
            (Postgres, "numeric(12, 2)", of_currency, Fit::Narrow),
            (Postgres, "double precision", Form::Decimal(2), Fit::Other),
            (Postgres, "real", Form::Double(2), Fit::Other),
            (Postgres, "double precision", Form::Double(2), Fit::Fits),
            (MySql, "decimal(12,4)", of_currency, Fit::Fits),
            (MySql, "decimal(8,2) unsigned", Form::Decimal(2), Fit::Fits),
            (MySql, "double", Form::Double(2), Fit::Fits),
            (MySql, "double(8,2)", Form::Double(2), Fit::Narrow),
            (MySql, "float", Form::Double(2), Fit::Other),
            (Sqlite, "DECIMAL(10, 2)", Form::Decimal(2), Fit::Fits),
            (Sqlite, "REAL", Form::Double(2), Fit::Fits),
            (Sqlite, "TEXT", Form::Decimal(2), Fit::Other),
            (Sqlite, "", Form::Decimal(2), Fit::Other),
        ] {
            assert_eq!(fits(dialect, text, form), expected, "{text} for {form:?}");
        }
    }
}
