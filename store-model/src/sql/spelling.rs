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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_at_the_end_make_no_other_number() {
        let text = |digits| Column::new("amount", Form::DecimalText(digits));
        assert_eq!(
            is_same(Dialect::Sqlite, &text(2), "c", "?1"),
            "RTRIM(CASE WHEN c LIKE '%.%' THEN c ELSE c || '.' END, '0') = RTRIM(?1, '0')"
        );
        assert_eq!(
            is_same(Dialect::MySql, &text(0), "c", "?"),
            "BINARY TRIM(TRAILING '0' FROM CASE WHEN c LIKE '%.%' THEN c ELSE CONCAT(c, '.') END) = CONCAT(?, '.')"
        );
        let decimal = Column::new("amount", Form::Decimal(2));
        assert_eq!(is_same(Dialect::Postgres, &decimal, "c", "$1::numeric"), "c = $1::numeric");
        assert!(!has_several(Dialect::MySql, &decimal), "its scale makes the zeros");
    }
}
