//! Numbers that a column can have in several spellings: 20, 20.0 and 20.00 are one.

use crate::adapter::{Column, Dialect};
use crate::form::Form;

/// Whether a column can have several spellings of a number.
pub(super) fn has_several(dialect: Dialect, column: &Column<'_>) -> bool {
    match (dialect, column.form) {
        (_, Form::DecimalText(_)) => true,
        // A column without a scale keeps the zeros that it is given.
        (Dialect::Postgres, Form::Decimal(_) | Form::DecimalOfCurrency) => true,
        (Dialect::Postgres, Form::Integer(_) | Form::Epoch(_)) => column.sql_type.is_some(),
        _ => false,
    }
}

/// That a stored number is the new one, which has all digits of its form.
pub(super) fn is_same(dialect: Dialect, column: &Column<'_>, stored: &str, new: &str) -> String {
    let Form::DecimalText(digits) = column.form else {
        return format!("{stored} = {new}");
    };
    let pointed = |text: &str| match dialect {
        Dialect::MySql => format!("CONCAT({text}, '.')"),
        _ => format!("{text} || '.'"),
    };
    let trimmed = |text: &str| match dialect {
        Dialect::MySql => format!("BINARY TRIM(TRAILING '0' FROM {text})"),
        _ => format!("RTRIM({text}, '0')"),
    };
    let stored = format!("CASE WHEN {stored} LIKE '%.%' THEN {stored} ELSE {} END", pointed(stored));
    let new = if digits == 0 { pointed(new) } else { trimmed(new) };
    format!("{} = {new}", trimmed(&stored))
}
